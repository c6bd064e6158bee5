import Yams

/// A value of the configuration, with its name and its place.
struct ConfigurationNode {
  let file: String
  /// As in messages: `import.map`.
  let name: String
  let node: Node
  /// Of the key it stands under.
  let line: Int?

  struct Member {
    let key: String
    let value: ConfigurationNode
  }

  /// The members of a mapping, in order; each key once.
  func members() throws -> [Member] {
    guard let mapping = node.mapping else { throw mustBe("a mapping of settings") }
    return try mapping.map { key, value in
      let line = key.mark?.line ?? self.line
      guard let text = key.scalar?.string, !text.isEmpty else {
        throw SettingsError.invalid(file, line: line, "a key of '\(name)' is no text")
      }
      let path = name.isEmpty ? text : "\(name).\(text)"
      return Member(
        key: text, value: ConfigurationNode(file: file, name: path, node: value, line: line))
    }
  }

  /// The text as it was written: a deploy of 0123456 is no number.
  func text() throws -> String {
    guard let text = node.scalar?.string, !text.isEmpty else { throw mustBe("a text") }
    return text
  }

  var isMapping: Bool { node.mapping != nil }

  /// Nothing stands behind the colon.
  var isLeftOpen: Bool { node.scalar?.string.isEmpty ?? false }

  /// The items of a list; of anything else itself.
  var items: [ConfigurationNode] {
    guard let list = node.sequence else { return [self] }
    return list.map { item in
      ConfigurationNode(file: file, name: name, node: item, line: item.mark?.line ?? line)
    }
  }

  /// A mapping of texts.
  func assignments() throws -> [String: String] {
    var texts: [String: String] = [:]
    for member in try members() { texts[member.key] = try member.value.text() }
    return texts
  }

  /// Every text in it, with its name and place; lists in one line.
  func leaves() throws -> [ConfigurationNode] {
    isMapping ? try members().flatMap { try $0.value.leaves() } : [self]
  }

  /// As it stands in a list of settings.
  var shown: String { items.map { $0.node.scalar?.string ?? "" }.joined(separator: ", ") }

  /// `FILE:LINE`.
  var place: String { SettingsError.place(file, line) }

  func error(_ what: String) -> SettingsError { .invalid(file, line: line, what) }

  func mustBe(_ what: String) -> SettingsError { error("'\(name)' must be \(what)") }

  func unknown(known: [String]) -> SettingsError {
    error("there is no setting '\(name)'; known here are \(known.joined(separator: ", "))")
  }
}
