/// One value of a parsed record, as positions in the record's bytes.
///
/// Nodes lie in reading order; `next` skips a container's children.
struct JSONNode {
  enum Kind: UInt8 { case null, `true`, `false`, number, string, object, array }

  var kind: Kind
  /// The content holds a backslash.
  var escaped = false
  var keyEscaped = false
  var start: UInt32  // of the content: inside the quotes of a string
  var count: UInt32 = 0
  var keyStart: UInt32 = 0
  var keyCount: UInt32 = 0
  var next: UInt32 = 0
}

/// A value inside the record last read by a `JSONReader`; valid until it reads the next one.
package struct JSONValue {
  let nodes: UnsafePointer<JSONNode>
  let bytes: UnsafePointer<UInt8>
  let index: Int
  /// The reader's own, which outlives its values; counting references would double the cost of a look.
  unowned(unsafe) let scratch: JSONScratch

  @inline(__always)
  var node: JSONNode { nodes[index] }

  package var isObject: Bool { node.kind == .object }
  package var isArray: Bool { node.kind == .array }
  package var isString: Bool { node.kind == .string }
  package var isNumber: Bool { node.kind == .number }

  /// The bytes of a number, or of a string with its escapes resolved; nil for anything else.
  package var text: Text? {
    let node = self.node
    switch node.kind {
    case .number:
      return Text(start: bytes + Int(node.start), count: Int(node.count))
    case .string:
      let raw = Text(start: bytes + Int(node.start), count: Int(node.count))
      return node.escaped ? scratch.unescape(raw) : raw
    default:
      return nil
    }
  }

  /// The key under which this value stands in its object, escapes resolved.
  package var key: Text {
    let node = self.node
    let raw = Text(start: bytes + Int(node.keyStart), count: Int(node.keyCount))
    return node.keyEscaped ? scratch.unescape(raw) : raw
  }

  /// The key as it stands in the log, between its quotes.
  var keySource: Text {
    Text(start: bytes + Int(node.keyStart), count: Int(node.keyCount))
  }

  var isNull: Bool { node.kind == .null }

  /// Bytes of the value as they stand in the log, brackets and quotes included.
  package var source: Text {
    let node = self.node
    let quotes = node.kind == .string ? 1 : 0
    return Text(start: bytes + Int(node.start) - quotes, count: Int(node.count) + 2 * quotes)
  }

  /// The member of an object, or nil; of equal keys the first.
  package subscript(key: StaticString) -> JSONValue? {
    guard isObject else { return nil }
    for child in children where child.key == key { return child }
    return nil
  }

  package var children: JSONChildren { JSONChildren(parent: self) }

  package var isEmptyContainer: Bool { Int(node.next) == index + 1 }
}

/// The members of an object or elements of an array, in order.
package struct JSONChildren: Sequence, IteratorProtocol {
  private let parent: JSONValue
  private var index: Int
  private let end: Int

  init(parent: JSONValue) {
    self.parent = parent
    index = parent.index + 1
    end = parent.isObject || parent.isArray ? Int(parent.node.next) : index
  }

  @inline(__always)
  package mutating func next() -> JSONValue? {
    guard index < end else { return nil }
    let child = JSONValue(
      nodes: parent.nodes, bytes: parent.bytes, index: index, scratch: parent.scratch)
    index = Int(parent.nodes[index].next)
    return child
  }
}
