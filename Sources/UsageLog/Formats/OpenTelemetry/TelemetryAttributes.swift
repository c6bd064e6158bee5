/// The attributes of a span, a log record or a resource, by name.
///
/// Read from OTLP's list of keys and typed values, and from the plain objects that other exporters make of
/// it.
struct TelemetryAttributes {
  private var entries: [(key: Text, value: JSONValue)] = []

  init(_ attributes: JSONValue? = nil) {
    guard let attributes else { return }
    if attributes.isArray {
      for entry in attributes.children {
        if let key = entry["key"]?.text, let value = entry["value"].map(Self.content) {
          entries.append((key, value))
        }
      }
    } else {
      for member in attributes.children { entries.append((member.key, Self.content(member))) }
    }
  }

  subscript(name: StaticString) -> JSONValue? {
    for entry in entries where entry.key == name { return entry.value }
    return nil
  }

  func attribute(named name: String) -> JSONValue? {
    entries.first { $0.key.bytes.elementsEqual(name.utf8) }?.value
  }

  func text(_ name: StaticString) -> Text? {
    guard let text = self[name]?.text?.trimmed, !text.isEmpty else { return nil }
    return text
  }

  /// The first of the names that has a value.
  func text(_ names: [StaticString]) -> Text? {
    for name in names { if let text = text(name) { return text } }
    return nil
  }

  /// Every attribute but one, in an order that does not depend on the exporter's.
  func listed(without names: [StaticString]) -> [String] {
    entries.filter { entry in !names.contains { entry.key == $0 } }
      .map { "\($0.key.string)=\($0.value.source.string)" }.sorted()
  }

  /// What a typed value holds; the elements of a list or map.
  static func content(_ value: JSONValue) -> JSONValue {
    guard value.isObject else { return value }
    for member in value.children {
      switch member.key.string {
      case "stringValue", "intValue", "doubleValue", "boolValue", "bytesValue": return member
      case "arrayValue", "kvlistValue": return member["values"] ?? member
      default: break
      }
    }
    return value
  }
}
