/// A model as a person names it, found among those that have a price.
///
/// `id` is what its maker publishes, an alias' snapshot; channel and region are what the written form
/// told besides (`us.anthropic.claude-opus-5`).
package struct ModelName: Hashable, Sendable {
  package let id: String
  package let channel: String?
  package let region: String?

  /// Finds `claude-sonnet-4-6`, `sonnet-4-6`, `sonnet 4.6`, `Claude Sonnet 4.6`, `gpt-4o` or a cloud's form.
  ///
  /// The version must be whole: `opus-5` is never `claude-opus-5-5`, and `opus` is nothing.
  package init(_ text: String, in catalogue: PriceCatalogue) throws(UnknownModelName) {
    let written = canonicalModel(text.lowercased())
    let known = Self.known(catalogue)
    let words = text.lowercased().split { " -_.".contains($0) }
    let spoken = (words.contains("claude") ? words : ["claude"] + words).joined(separator: " ")
    guard
      let id = known[written.canonical] ?? known["claude-" + written.canonical]
        ?? modelID(displayed: spoken)
    else { throw UnknownModelName(text, known: known) }
    self.id = id
    channel = written.channel
    region =
      switch written.scope {
      case .unknown: nil
      case .global: "global"
      case .regional: "us"
      case .government: "us-gov"
      }
  }

  /// Every name that has a price, with the id it stands for.
  static func known(_ catalogue: PriceCatalogue) -> [String: String] {
    var known: [String: String] = [:]
    for row in catalogue.rows {
      let name = canonicalModel(row.model).canonical
      known[name] = row.provider == "anthropic" ? row.aliasOf ?? name : known[name] ?? name
    }
    return known
  }
}

/// A name that is no model's, or more than one's.
package struct UnknownModelName: Error, CustomStringConvertible {
  package let name: String
  /// The nearest known names, best first; what else it may mean where it is ambiguous.
  package let near: [String]
  package let isAmbiguous: Bool

  init(_ name: String, known: [String: String]) {
    let typed = name.lowercased()
    self.name = name
    let dated = Set(known.values).filter { id in
      [typed, "claude-" + typed].contains { id.hasPrefix($0 + "-") && id.count == $0.count + 9 }
    }
    isAmbiguous = dated.count > 1
    near = isAmbiguous ? dated.sorted() : Self.near(typed, in: known.keys.sorted())
  }

  package var description: String {
    if isAmbiguous { return "'\(name)' may mean \(near.joined(separator: " or ")); say which" }
    let hint = near.isEmpty ? "" : " near names are \(near.joined(separator: ", "));"
    return "no model with a price is called '\(name)';\(hint) all of them: --compare all"
  }

  /// Names that share a word with it, the fewest changes first; where none does, the three nearest.
  private static func near(_ typed: String, in names: [String]) -> [String] {
    let words = typed.split { !$0.isLetter }.filter { $0.count > 2 && $0 != "claude" }
    let sharing = names.filter { name in words.contains { name.contains($0) } }
    let distances = (sharing.isEmpty ? names : sharing).map { name in
      (name, min(changes(typed, name), changes("claude-" + typed, name)))
    }
    let sorted = distances.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    return Array(sorted.prefix(sharing.isEmpty ? 3 : 6))
  }

  /// Levenshtein's distance.
  private static func changes(_ one: String, _ other: String) -> Int {
    let other = Array(other)
    var row = Array(0...other.count)
    for (line, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for (column, otherLetter) in other.enumerated() {
        let change = diagonal + (letter == otherLetter ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, diagonal + 1, row[column] + 1)
      }
    }
    return row[other.count]
  }
}
