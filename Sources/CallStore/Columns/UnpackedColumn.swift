/// A packed column's bytes as `PackedColumn` lays them out, ready to be read at any position.
///
/// Bytes come from the database, so they are checked before they are followed.
struct UnpackedNumbers {
  private let words: UnsafeRawPointer
  private let width: Int
  private let base: Int64

  /// nil if these are not the numbers of so many calls.
  init?(_ bytes: UnsafeRawBufferPointer, count: Int) {
    guard let start = bytes.baseAddress, bytes.count >= PackedColumn.numbersHeader else {
      return nil
    }
    width = Int(bytes[0] & ~PackedColumn.nullFlag)
    base = Int64(littleEndian: start.loadUnaligned(fromByteOffset: 1, as: Int64.self))
    words = start + PackedColumn.numbersHeader
    guard [0, 1, 2, 4, 8].contains(width),
      bytes.count == PackedColumn.numbersHeader + count * width
    else { return nil }
  }

  /// Writes the values of the rows asked for; NULL is `CodedCalls.null`.
  func read(_ rows: ScanRows, into values: UnsafeMutablePointer<Int64>) {
    switch width {
    case 0: for row in 0..<rows.count { values[row] = base }
    case 1: read(rows, UInt8.self, into: values)
    case 2: read(rows, UInt16.self, into: values)
    case 4: read(rows, UInt32.self, into: values)
    default: read(rows, UInt64.self, into: values)
    }
  }

  @inline(__always)
  private func read<Word: FixedWidthInteger & UnsignedInteger>(
    _ rows: ScanRows, _: Word.Type, into values: UnsafeMutablePointer<Int64>
  ) {
    let base = base &- 1
    eachWord(words, rows, Word.self) { row, word in
      values[row] = word == 0 ? CodedCalls.null : base &+ Int64(truncatingIfNeeded: word)
    }
  }
}

/// The same for codes: each call's place in the part's dictionary.
struct UnpackedCodes {
  /// How many codes the dictionary holds.
  let count: Int
  /// Whether some call has none of them.
  let hasNull: Bool
  private let dictionary: UnsafeRawPointer
  private let words: UnsafeRawPointer
  private let width: Int

  init?(_ bytes: UnsafeRawBufferPointer, count calls: Int) {
    guard let start = bytes.baseAddress, bytes.count >= PackedColumn.codesHeader else { return nil }
    width = Int(bytes[0] & ~PackedColumn.nullFlag)
    hasNull = bytes[0] & PackedColumn.nullFlag != 0
    count = Int(UInt32(littleEndian: start.loadUnaligned(fromByteOffset: 1, as: UInt32.self)))
    dictionary = start + PackedColumn.codesHeader
    words = dictionary + count * 8
    guard [0, 1, 2, 4].contains(width), count > 0,
      bytes.count == PackedColumn.codesHeader + count * 8 + calls * width
    else { return nil }
  }

  /// The code at a place, counted from 1; 0 is NULL.
  @inline(__always)
  func code(_ place: Int) -> Int64 {
    Int64(littleEndian: dictionary.loadUnaligned(fromByteOffset: (place &- 1) &* 8, as: Int64.self))
  }

  /// Writes the places of the rows asked for; never beyond `count`.
  func read(_ rows: ScanRows, into places: UnsafeMutablePointer<Int32>) {
    switch width {
    case 0: for row in 0..<rows.count { places[row] = 1 }
    case 1: read(rows, UInt8.self, into: places)
    case 2: read(rows, UInt16.self, into: places)
    default: read(rows, UInt32.self, into: places)
    }
  }

  @inline(__always)
  private func read<Word: FixedWidthInteger & UnsignedInteger>(
    _ rows: ScanRows, _: Word.Type, into places: UnsafeMutablePointer<Int32>
  ) {
    let count = count
    eachWord(words, rows, Word.self) { row, word in
      places[row] = Int32(truncatingIfNeeded: min(Int(truncatingIfNeeded: word), count))
    }
  }
}

@inline(__always)
private func eachWord<Word: FixedWidthInteger & UnsignedInteger>(
  _ words: UnsafeRawPointer, _ rows: ScanRows, _: Word.Type, _ body: (Int, Word) -> Void
) {
  let size = MemoryLayout<Word>.size
  if let list = rows.list {
    for row in 0..<rows.count {
      body(
        row,
        Word(
          littleEndian: words.loadUnaligned(fromByteOffset: Int(list[row]) &* size, as: Word.self)))
    }
  } else {
    for row in 0..<rows.count {
      body(row, Word(littleEndian: words.loadUnaligned(fromByteOffset: row &* size, as: Word.self)))
    }
  }
}

extension PackedColumn {
  /// All values of a column; `CodedCalls.null` is NULL.
  ///
  /// - Throws: `StoreError.damagedColumns` if the bytes are not a column of so many calls.
  static func unpack(
    _ bytes: UnsafeRawBufferPointer, count: Int, isCode: Bool
  ) throws -> [Int64] {
    let all = ScanRows(list: nil, count: count)
    let values = ScanBuffer<Int64>()
    let places = ScanBuffer<Int32>()
    values.reserve(count)
    places.reserve(count)
    if isCode {
      guard let codes = UnpackedCodes(bytes, count: count) else { throw StoreError.damagedColumns }
      codes.read(all, into: places.start)
      return (0..<count).map {
        places.start[$0] == 0 ? CodedCalls.null : codes.code(Int(places.start[$0]))
      }
    }
    guard let numbers = UnpackedNumbers(bytes, count: count) else {
      throw StoreError.damagedColumns
    }
    numbers.read(all, into: values.start)
    return (0..<count).map { values.start[$0] }
  }
}
