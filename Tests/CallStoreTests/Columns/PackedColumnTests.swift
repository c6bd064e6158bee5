import Testing

@testable import CallStore

/// Columns come out of their bytes as they went in.
@Suite struct PackedColumnTests {
  private let null = CodedCalls.null

  private func numbers(_ values: [Int64], _ rows: [Int32]? = nil) -> [Int64]? {
    guard let packed = values.withUnsafeBufferPointer({ PackedColumn.pack(numbers: $0) }) else {
      return nil
    }
    var read = [Int64](repeating: -7, count: rows?.count ?? values.count)
    packed.withUnsafeBytes { bytes in
      guard let column = UnpackedNumbers(bytes, count: values.count) else { return }
      var list = rows ?? []
      list.withUnsafeMutableBufferPointer { list in
        read.withUnsafeMutableBufferPointer { read in
          guard let out = read.baseAddress else { return }
          column.read(
            ScanRows(list: rows == nil ? nil : list.baseAddress, count: read.count), into: out)
        }
      }
    }
    return read
  }

  private func codes(_ values: [Int64]) -> [Int64]? {
    var dictionary = CodeSlots()
    let packed = values.withUnsafeBufferPointer {
      PackedColumn.pack(codes: $0, with: &dictionary)
    }
    return packed?.withUnsafeBytes { bytes in
      guard let column = UnpackedCodes(bytes, count: values.count) else { return [] }
      var places = [Int32](repeating: -1, count: values.count)
      places.withUnsafeMutableBufferPointer {
        if let start = $0.baseAddress {
          column.read(ScanRows(list: nil, count: values.count), into: start)
        }
      }
      return places.map { $0 == 0 ? null : column.code(Int($0)) }
    }
  }

  @Test(
    arguments: [
      [0], [7, 7, 7], [0, 254], [0, 255], [-3, 65_000], [1, 65_536], [5, 5_000_000_000],
      [Int64.min + 1, Int64.max], [Int64.max], [-1, 0, 1],
    ] as [[Int64]]) func `numbers of any span come back`(values: [Int64])
  {
    #expect(numbers(values) == values)
    let withNull = values + [CodedCalls.null] + values
    #expect(numbers(withNull) == withNull)
    #expect(codes(values) == values)
    #expect(codes(withNull) == withNull)
  }

  @Test func `a column without any value takes no room`() {
    #expect(numbers([null, null]) == nil)
    #expect(codes([null]) == nil)
  }

  @Test(arguments: runs(60)) func `random columns come back, whole and row by row`(seed: UInt64) {
    var dice = Dice(seed)
    let bits = Int.random(in: 1...63, using: &dice)
    let values = (0..<Int.random(in: 1...700, using: &dice)).map { _ in
      Int.random(in: 0..<9, using: &dice) == 0
        ? null : Int64(truncatingIfNeeded: UInt64.random(in: 0..<1 << bits, using: &dice))
    }
    guard values.contains(where: { $0 != null }) else { return }
    #expect(numbers(values) == values)
    #expect(codes(values) == values)
    let rows = values.indices.filter { _ in Bool.random(using: &dice) }
    #expect(numbers(values, rows.map { Int32($0) }) == rows.map { values[$0] })
  }

  @Test(arguments: runs(200)) func `damaged bytes are refused or read within their bounds`(
    seed: UInt64
  ) {
    var dice = Dice(seed)
    let values = (0..<300).map { _ in Int64.random(in: 0...400, using: &dice) }
    var dictionary = CodeSlots()
    guard
      var bytes = values.withUnsafeBufferPointer({
        PackedColumn.pack(codes: $0, with: &dictionary)
      })
    else { return }
    for _ in 0..<Int.random(in: 1...4, using: &dice) {
      bytes[Int.random(in: 0..<bytes.count, using: &dice)] = .random(in: 0...255, using: &dice)
    }
    if Bool.random(using: &dice) { bytes.removeLast(Int.random(in: 1...bytes.count, using: &dice)) }
    bytes.withUnsafeBytes { raw in
      _ = UnpackedNumbers(raw, count: 300)
      guard let column = UnpackedCodes(raw, count: 300) else { return }
      var places = [Int32](repeating: -1, count: 300)
      places.withUnsafeMutableBufferPointer {
        if let start = $0.baseAddress { column.read(ScanRows(list: nil, count: 300), into: start) }
      }
      #expect(places.allSatisfy { $0 >= 0 && $0 <= column.count })
    }
  }
}
