/// JSON inside the strings of a record: `metadata` columns, wrapped log lines, bodies kept as text.
///
/// Values are valid until the next record is begun.
package final class EmbeddedJSON {
  private var readers: [JSONReader] = []
  private var texts: [UnsafeMutablePointer<UInt8>] = []
  private var used = 0

  package init() {}

  deinit { forget() }

  /// Forgets the values of the record before.
  package func begin() {
    guard !texts.isEmpty else { return }
    forget()
    used = 0
  }

  /// The value that a string holds as text; an object or array that is one already is returned as it is.
  ///
  /// - Returns: nil for anything else, a string that is no whole JSON included.
  package func value(_ value: JSONValue?) -> JSONValue? {
    guard let value else { return nil }
    if value.isObject || value.isArray { return value }
    return value.isString ? value.text.flatMap { parse($0) } : nil
  }

  /// The string members of an object; nil where the text is none.
  package static func object(_ json: String) -> [String: String]? {
    var json = json
    return json.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return nil }
      let embedded = EmbeddedJSON()
      guard let object = embedded.parse(Text(start: start, count: bytes.count)) else { return nil }
      var members: [String: String] = [:]
      for member in object.children { members[member.key.string] = member.text?.string }
      return withExtendedLifetime(embedded) { members }
    }
  }

  /// The object or array that a text holds, with nothing but white space around it.
  package func parse(_ text: Text) -> JSONValue? {
    let text = text.trimmed
    guard !text.isEmpty, text[0] == UInt8(ascii: "{") || text[0] == UInt8(ascii: "[") else {
      return nil
    }
    let copy = keep(text)
    var at = 0
    guard let value = try? read(copy, at: &at), at == copy.count else { return nil }
    return value
  }

  /// A copy that lives as long as the values, and with what readers need behind it.
  func keep(_ text: Text) -> Text {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count + JSONReader.padding)
    copy.update(from: text.start, count: text.count)
    (copy + text.count).initialize(repeating: 0, count: JSONReader.padding)
    texts.append(copy)
    return Text(start: copy, count: text.count)
  }

  /// The value that starts at `position` of a text that is kept here; moves behind it.
  func read(_ text: Text, at position: inout Int) throws(JSONFault) -> JSONValue {
    if used == readers.count { readers.append(JSONReader()) }
    let reader = readers[used]
    let value = try reader.read(text.start, count: text.count, at: &position)
    used += 1
    return value
  }

  private func forget() {
    for text in texts { text.deallocate() }
    texts.removeAll(keepingCapacity: true)
  }
}
