/// A delimited row as the JSON object it would be: a string under each column's name, null for an empty field.
///
/// Nothing is escaped and parsed again: the nodes are written as a `JSONReader` would have left them. Values are
/// valid until the next row.
final class RowObject {
  private let nodes: UnsafeMutablePointer<JSONNode>
  private let columns: Int
  /// The names, then the fields of the row.
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private let namesEnd: Int
  private let scratch = JSONScratch()

  init(columns names: [String]) {
    let text = names.flatMap { Array($0.utf8) }
    columns = names.count
    nodes = .allocate(capacity: names.count + 1)
    nodes.initialize(repeating: JSONNode(kind: .null, start: 0), count: names.count + 1)
    nodes[0].kind = .object
    nodes[0].next = UInt32(names.count + 1)
    // The first byte is no name's: behind it, every string has room for the quote it never had.
    namesEnd = text.count + 1
    capacity = namesEnd + 4096
    bytes = .allocate(capacity: capacity)
    bytes.initialize(repeating: 0x20, count: capacity)
    var at = 1
    for (index, name) in names.enumerated() {
      nodes[index + 1].keyStart = UInt32(at)
      nodes[index + 1].keyCount = UInt32(name.utf8.count)
      nodes[index + 1].next = UInt32(index + 2)
      at += name.utf8.count
    }
    for (index, byte) in text.enumerated() { bytes[index + 1] = byte }
  }

  deinit {
    nodes.deallocate()
    bytes.deallocate()
  }

  /// The object of a row with as many fields as there are columns.
  func value(of row: DelimitedRow) -> JSONValue {
    reserve(namesEnd + row.fields.reduce(0) { $0 + $1.count } + JSONReader.padding)
    var at = namesEnd
    for (index, field) in zip(0..<columns, row.fields) {
      let holdsNothing = field.isEmpty || field.matches("null")
      nodes[index + 1].kind = holdsNothing ? .null : .string
      nodes[index + 1].start = UInt32(at)
      nodes[index + 1].count = UInt32(field.count)
      (bytes + at).update(from: field.start, count: field.count)
      at += field.count
    }
    nodes[0].count = UInt32(at)
    return JSONValue(nodes: nodes, bytes: bytes, index: 0, scratch: scratch)
  }

  private func reserve(_ count: Int) {
    guard count > capacity else { return }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: count * 2)
    larger.initialize(repeating: 0x20, count: count * 2)
    larger.update(from: bytes, count: namesEnd)
    bytes.deallocate()
    bytes = larger
    capacity = count * 2
  }
}
