/// Members that sources write in more than one way.
extension JSONValue {
  /// The first of the members that holds anything; null and an empty text hold nothing.
  func first(_ keys: StaticString...) -> JSONValue? {
    for key in keys {
      if let value = self[key], value.holdsAnything { return value }
    }
    return nil
  }

  /// A member that is an object.
  func object(_ key: StaticString) -> JSONValue? {
    self[key].flatMap { $0.isObject ? $0 : nil }
  }

  /// True, or the word for it in a cell.
  var isTrue: Bool { node.kind == .true || text.map { $0.trimmed.matches("true") } ?? false }

  /// A number, or a text that is one; nil for anything else.
  var wholeCount: Int64? { text.flatMap { wholeNumber($0.trimmed) } }

  private var holdsAnything: Bool {
    node.kind != .null && text.map { !$0.trimmed.isEmpty } ?? true
  }
}

/// The rows of an answer that pages through them: `{"data": [row, …], …}`.
enum RowPage {
  static func holds(_ value: JSONValue, _ isRow: (JSONValue) -> Bool) -> Bool {
    guard let data = value["data"], data.isArray else { return false }
    return data.children.contains { $0.isObject && isRow($0) }
  }

  static func rows(of value: JSONValue, _ isRow: (JSONValue) -> Bool) -> [JSONValue]? {
    holds(value, isRow) ? value["data"].map { Array($0.children) } : nil
  }
}
