/// Why some bytes are not one JSON value.
///
/// Says where, never what stood there.
package enum JSONFault: Error, Equatable {
  case truncated
  case unexpected(at: Int)
  case badNumber(at: Int)
  case badEscape(at: Int)
  case controlCharacter(at: Int)
  case invalidUTF8(at: Int)
  case tooDeep
}

/// Reads JSON values out of raw bytes, strictly by RFC 8259, without allocating for each.
///
/// The bytes must be followed by eight readable ones (`padding`): strings are scanned eight bytes at a
/// time with ordinary 64-bit arithmetic. Values refer to the bytes and stay valid until the next call.
package final class JSONReader {
  package static let padding = 8
  package static let maximumDepth = 512

  private var nodes: UnsafeMutablePointer<JSONNode>
  private var capacity = 1024
  private var count = 0
  private var open: [Int] = []
  private let scratch = JSONScratch()

  package init() {
    nodes = .allocate(capacity: capacity)
    open.reserveCapacity(Self.maximumDepth)
  }

  deinit { nodes.deallocate() }

  /// Reads the value that starts at `position` (after white space) and moves `position` behind it.
  ///
  /// - Throws: what is wrong and where; `truncated` when the bytes end inside the value.
  package func read(
    _ bytes: UnsafePointer<UInt8>, count end: Int, at position: inout Int
  ) throws(JSONFault) -> JSONValue {
    count = 0
    open.removeAll(keepingCapacity: true)
    scratch.clear()
    var at = position
    var keyStart = 0
    var keyCount = 0
    var keyEscaped = false

    value: while true {
      skipSpace(bytes, end, &at)
      guard at < end else { throw .truncated }
      let index = append()
      nodes[index].keyStart = UInt32(truncatingIfNeeded: keyStart)
      nodes[index].keyCount = UInt32(truncatingIfNeeded: keyCount)
      nodes[index].keyEscaped = keyEscaped
      var closed = true
      switch bytes[at] {
      case UInt8(ascii: "\""):
        nodes[index].kind = .string
        nodes[index].start = UInt32(truncatingIfNeeded: at + 1)
        nodes[index].escaped = try scanString(bytes, end, &at)
        nodes[index].count = UInt32(truncatingIfNeeded: at - 1) - nodes[index].start
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let isObject = bytes[at] == UInt8(ascii: "{")
        nodes[index].kind = isObject ? .object : .array
        nodes[index].start = UInt32(truncatingIfNeeded: at)
        guard open.count < Self.maximumDepth else { throw .tooDeep }
        at += 1
        skipSpace(bytes, end, &at)
        guard at < end else { throw .truncated }
        if bytes[at] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          at += 1
          nodes[index].count = UInt32(truncatingIfNeeded: at) - nodes[index].start
        } else {
          open.append(index)
          closed = false
        }
      case UInt8(ascii: "t"):
        nodes[index].kind = .true
        try scanWord("true", bytes, end, &at, index)
      case UInt8(ascii: "f"):
        nodes[index].kind = .false
        try scanWord("false", bytes, end, &at, index)
      case UInt8(ascii: "n"):
        nodes[index].kind = .null
        try scanWord("null", bytes, end, &at, index)
      default:
        nodes[index].kind = .number
        nodes[index].start = UInt32(truncatingIfNeeded: at)
        try scanNumber(bytes, end, &at)
        nodes[index].count = UInt32(truncatingIfNeeded: at) - nodes[index].start
      }
      if closed { nodes[index].next = UInt32(truncatingIfNeeded: count) }

      // Behind a value: close what ends here, then find where the next one starts.
      while closed {
        guard let parent = open.last else {
          position = at
          return JSONValue(nodes: nodes, bytes: bytes, index: 0, scratch: scratch)
        }
        skipSpace(bytes, end, &at)
        guard at < end else { throw .truncated }
        let isObject = nodes[parent].kind == .object
        if bytes[at] == UInt8(ascii: ",") {
          at += 1
          closed = false
        } else if bytes[at] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          at += 1
          nodes[parent].count = UInt32(truncatingIfNeeded: at) - nodes[parent].start
          nodes[parent].next = UInt32(truncatingIfNeeded: count)
          open.removeLast()
        } else {
          throw .unexpected(at: at)
        }
      }

      keyCount = 0
      keyEscaped = false
      guard let parent = open.last, nodes[parent].kind == .object else { continue value }
      skipSpace(bytes, end, &at)
      guard at < end else { throw .truncated }
      guard bytes[at] == UInt8(ascii: "\"") else { throw .unexpected(at: at) }
      keyStart = at + 1
      keyEscaped = try scanString(bytes, end, &at)
      keyCount = at - 1 - keyStart
      skipSpace(bytes, end, &at)
      guard at < end else { throw .truncated }
      guard bytes[at] == UInt8(ascii: ":") else { throw .unexpected(at: at) }
      at += 1
    }
  }

  @inline(__always)
  private func append() -> Int {
    if count == capacity {
      let larger = UnsafeMutablePointer<JSONNode>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: nodes, count: count)
      nodes.deallocate()
      nodes = larger
      capacity *= 2
    }
    nodes[count] = JSONNode(kind: .null, start: 0)
    count += 1
    return count - 1
  }
}

@inline(__always)
private func skipSpace(_ bytes: UnsafePointer<UInt8>, _ end: Int, _ at: inout Int) {
  while at < end, bytes[at] <= 0x20,
    bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09
  {
    at += 1
  }
}

extension JSONReader {
  @inline(__always)
  private func scanWord(
    _ word: StaticString, _ bytes: UnsafePointer<UInt8>, _ end: Int, _ at: inout Int, _ index: Int
  ) throws(JSONFault) {
    nodes[index].start = UInt32(truncatingIfNeeded: at)
    let length = word.utf8CodeUnitCount
    for offset in 0..<length {
      guard at + offset < end else { throw .truncated }
      guard bytes[at + offset] == word.utf8Start[offset] else { throw .unexpected(at: at + offset) }
    }
    at += length
    nodes[index].count = UInt32(truncatingIfNeeded: length)
  }
}
