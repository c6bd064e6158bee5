/// Follows paths through a record.
///
/// Three things are seen through on the way: JSON kept as text inside a string, lists of `{key, value}`
/// pairs (a key steps to the pair's value), and OTLP's typed values (`{"stringValue": …}`).
final class PathLookup {
  private let embedded = EmbeddedJSON()
  /// JSON inside strings, by where it stands: several paths lead through the same one.
  private var parsed: [UnsafePointer<UInt8>: JSONValue?] = [:]

  /// Forgets the record before.
  func begin() {
    guard !parsed.isEmpty else { return }
    parsed.removeAll(keepingCapacity: true)
    embedded.begin()
  }

  /// What stands at the path; of OTLP's records also the attribute of that name.
  func value(at path: FieldPath, in record: JSONValue) -> JSONValue? {
    follow(path.steps[...], from: record) ?? attribute(path.name, of: record)
  }

  func follow(_ steps: ArraySlice<FieldPath.Step>, from start: JSONValue) -> JSONValue? {
    var value = start
    for step in steps {
      guard let place = opened(value), let next = place.value(at: step) else { return nil }
      value = next
    }
    return value
  }

  /// The value that a text holds as JSON, and from there on.
  func follow(_ steps: ArraySlice<FieldPath.Step>, in text: Text) -> JSONValue? {
    parse(text).flatMap { follow(steps, from: $0) }
  }

  /// The elements of a list, also of one that is kept as text.
  func list(in value: JSONValue) -> [JSONValue]? {
    if value.isArray { return value.children.map(\.untyped) }
    guard value.isString, let text = value.text, text.trimmed.hasPrefix("[") else { return nil }
    return parse(text, at: value.source.start).flatMap { $0.isArray ? Array($0.children) : nil }
  }

  /// The list that a column's text holds.
  func list(in text: Text) -> JSONValue? {
    guard text.trimmed.hasPrefix("[") else { return nil }
    return parse(text).flatMap { $0.isArray ? $0 : nil }
  }

  /// An attribute of a span or log record, or of the resource or scope that stands beside it.
  private func attribute(_ name: [UInt8], of record: JSONValue) -> JSONValue? {
    for owner in [record, record["resource"], record["scope"]] {
      if let value = owner?["attributes"]?.value(at: .key(name)) { return value }
    }
    return nil
  }

  private func opened(_ value: JSONValue) -> JSONValue? {
    value.isString ? value.text.flatMap { parse($0, at: value.source.start) } : value
  }

  private func parse(_ text: Text, at place: UnsafePointer<UInt8>? = nil) -> JSONValue? {
    let place = place ?? text.start
    if let known = parsed[place] { return known }
    let value = embedded.parse(text)
    parsed[place] = .some(value)
    return value
  }
}

extension JSONValue {
  fileprivate func value(at step: FieldPath.Step) -> JSONValue? {
    switch step {
    case .key(let key): isArray ? pair(key) : member(key)
    case .element(let number): isArray ? element(number) : nil
    }
  }

  private func member(_ key: [UInt8]) -> JSONValue? {
    guard isObject else { return nil }
    return children.first { $0.key.equals(key) }
  }

  private func element(_ number: Int) -> JSONValue? {
    var rest = number
    for child in children {
      if rest == 0 { return child }
      rest -= 1
    }
    return nil
  }

  /// The value of the first `{key, value}` of that key.
  private func pair(_ key: [UInt8]) -> JSONValue? {
    children.first { $0["key"]?.text?.equals(key) == true }?["value"]?.untyped
  }

  /// What an OTLP value holds.
  fileprivate var untyped: JSONValue {
    guard isObject, let content = children.first(where: { _ in true }) else { return self }
    switch content.key.string {
    case "stringValue", "intValue", "doubleValue", "boolValue": return content
    case "arrayValue", "kvlistValue": return content["values"] ?? content
    default: return self
    }
  }
}

extension Text {
  fileprivate func equals(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { other in
      guard count == other.count, let base = other.baseAddress else { return count == other.count }
      return equalBytes(start, base, count)
    }
  }
}
