/// What a telling said, packed: for each column that is not NULL its number and its value.
///
/// Columns are numbered by their place in the table, which only grows at its end. Integers are
/// zigzag varints, texts a length and their bytes.
enum RecordBlob {
  static func pack(_ rows: CodedCalls, _ row: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for column in CallColumn.told {
      let value = rows[row, column]
      guard value != CodedCalls.null else { continue }
      append(UInt64(column.rawValue), to: &bytes)
      if let text = rows.bytes(row, column) {
        append(UInt64(text.count), to: &bytes)
        bytes += text
      } else {
        append(UInt64(bitPattern: (value << 1) ^ (value >> 63)), to: &bytes)
      }
    }
    return bytes
  }

  /// Adds the row that was packed; its provenance is left for the caller to fill in.
  ///
  /// - Throws: `StoreError.sqlite` where the bytes are not what `pack` makes.
  static func unpack(_ bytes: UnsafeRawBufferPointer, into rows: inout CodedCalls) throws -> Int {
    let row = rows.append()
    var at = 0
    while at < bytes.count {
      guard let number = next(bytes, &at), let column = CallColumn(rawValue: Int(number)),
        let value = next(bytes, &at)
      else { throw StoreError.sqlite("a telling is damaged") }
      guard column.isText else {
        rows[row, column] = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
        continue
      }
      guard value <= UInt64(bytes.count - at) else {
        throw StoreError.sqlite("a telling is damaged")
      }
      let end = at + Int(value)
      let text = UnsafeRawBufferPointer(rebasing: bytes[at..<end])
      rows.set(row, column, bytes: text.bindMemory(to: UInt8.self))
      at = end
    }
    return row
  }

  private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func next(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while at < bytes.count, shift < 64 {
      let byte = bytes[at]
      at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    return nil
  }
}

extension CodedCalls {
  /// Whether two rows say the same of their call, wherever each came from.
  func saysTheSame(_ one: Int, _ other: Int) -> Bool {
    for column in CallColumn.told where self[one, column] != self[other, column] {
      // Texts lie apart, but may say the same.
      guard column.isText, bytes(one, column) == bytes(other, column) else { return false }
    }
    return true
  }
}

extension CodedCalls {
  /// Whether two rows are billed alike: everything that pricing looks at is the same.
  func isBilledTheSame(_ one: Int, _ other: Int) -> Bool {
    CallColumn.pricedBy.allSatisfy { $0 == .rowVersion || self[one, $0] == self[other, $0] }
  }

  /// It has no price, and no commitment covers it.
  func isUnpriced(_ row: Int) -> Bool {
    self[row, .costNanos] == CodedCalls.null && self[row, .listCostNanos] == CodedCalls.null
  }

  /// What a call that a commitment covers would cost at list prices; nil for every other call.
  func coveredListNanos(_ row: Int) -> Int64? {
    let listNanos = self[row, .listCostNanos]
    return self[row, .costNanos] == CodedCalls.null && listNanos != CodedCalls.null
      ? listNanos : nil
  }
}
