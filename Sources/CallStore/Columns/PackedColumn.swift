/// One column of a part, packed: as few bytes a call as its values need.
///
/// Layout, little-endian: `width` (1 byte: 0, 1, 2, 4 or 8; its highest bit is set if some call is NULL), then
/// - numbers: `base` (8 bytes), then for each call `width` bytes: 0 is NULL, else value - base + 1;
///   with width 0 every value is the base;
/// - codes: `count` (4 bytes), `count` codes (8 bytes each), then for each call `width` bytes: 0 is NULL,
///   else the code's position counted from 1; with width 0 every call has the one code.
///
/// A column that is NULL throughout packs to nothing. Source: docs/decisions/0005.
enum PackedColumn {
  static let numbersHeader = 9
  static let codesHeader = 5
  static let nullFlag: UInt8 = 0x80

  /// - Parameter values: `CodedCalls.null` is NULL.
  static func pack(numbers values: UnsafeBufferPointer<Int64>) -> [UInt8]? {
    var low = Int64.max
    var high = Int64.min
    var nulls = 0
    for value in values {
      if value == CodedCalls.null {
        nulls += 1
      } else {
        low = min(low, value)
        high = max(high, value)
      }
    }
    guard nulls < values.count else { return nil }
    if nulls == 0, low == high { return header(width: 0, low, hasNull: false) }
    let span = UInt64(bitPattern: high &- low)
    let width = span == .max ? 8 : Self.width(of: span + 1)
    var packed = header(width: width, low, hasNull: nulls > 0)
    packed.reserveCapacity(packed.count + values.count * width)
    append(
      values.lazy.map { $0 == CodedCalls.null ? 0 : UInt64(bitPattern: $0 &- low &+ 1) }, width,
      to: &packed)
    return packed
  }

  /// - Parameter values: `CodedCalls.null` is NULL.
  static func pack(
    codes values: UnsafeBufferPointer<Int64>, with dictionary: inout CodeSlots
  ) -> [UInt8]? {
    dictionary.removeAll()
    var hasNull = false
    let positions = [UInt32](unsafeUninitializedCapacity: values.count) { positions, count in
      for (row, value) in values.enumerated() {
        if value == CodedCalls.null {
          hasNull = true
          positions.initializeElement(at: row, to: 0)
        } else {
          positions.initializeElement(at: row, to: UInt32(dictionary.slot(of: value) + 1))
        }
      }
      count = values.count
    }
    let codes = dictionary.codes
    guard !codes.isEmpty else { return nil }
    let width = codes.count == 1 && !hasNull ? 0 : Self.width(of: UInt64(codes.count))
    var packed: [UInt8] = [UInt8(width) | (hasNull ? nullFlag : 0)]
    packed.reserveCapacity(codesHeader + codes.count * 8 + values.count * width)
    append(CollectionOfOne(UInt64(codes.count)), 4, to: &packed)
    append(codes.lazy.map { UInt64(bitPattern: $0) }, 8, to: &packed)
    append(positions.lazy.map { UInt64($0) }, width, to: &packed)
    return packed
  }

  private static func width(of largest: UInt64) -> Int {
    switch largest {
    case ...0xFF: 1
    case ...0xFFFF: 2
    case ...0xFFFF_FFFF: 4
    default: 8
    }
  }

  private static func header(width: Int, _ base: Int64, hasNull: Bool) -> [UInt8] {
    var packed = [UInt8(width) | (hasNull ? nullFlag : 0)]
    append(CollectionOfOne(UInt64(bitPattern: base)), 8, to: &packed)
    return packed
  }

  @inline(__always)
  private static func append(
    _ values: some Collection<UInt64>, _ width: Int, to packed: inout [UInt8]
  ) {
    switch width {
    case 0: break
    case 1: for value in values { packed.append(UInt8(truncatingIfNeeded: value)) }
    case 2: append(values, as: UInt16.self, to: &packed)
    case 4: append(values, as: UInt32.self, to: &packed)
    default: append(values, as: UInt64.self, to: &packed)
    }
  }

  @inline(__always)
  private static func append<Word: FixedWidthInteger>(
    _ values: some Collection<UInt64>, as _: Word.Type, to packed: inout [UInt8]
  ) {
    for value in values {
      withUnsafeBytes(of: Word(truncatingIfNeeded: value).littleEndian) {
        packed.append(contentsOf: $0)
      }
    }
  }
}
