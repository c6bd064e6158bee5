/// A model as a person names it, found among those that have a price.
///
/// Channel and region are what the written form told besides (`us.anthropic.claude-opus-5`).
package struct ModelName: Hashable, Sendable {
  /// What its maker publishes; of an alias its snapshot.
  package let id: String
  /// As it is listed, an alias too.
  package let listed: String
  package let channel: String?
  package let region: String?

  /// Finds `claude-sonnet-4-6`, `sonnet-4-6`, `sonnet 4.6`, `Claude Sonnet 4.6`, `gpt-4o` or a cloud's form.
  ///
  /// The version must be whole: `opus-5` is never `claude-opus-5-5`, and `opus` is nothing.
  ///
  /// - Parameter more: ids that are known beside those of the catalogue.
  package init(
    _ text: String, in catalogue: PriceCatalogue, also more: [String] = []
  ) throws(UnknownModelName) {
    let known = Self.known(catalogue, also: more)
    let written = [text, text.lowercased()].map(canonicalModel)
    let words = text.lowercased().split { " -_.".contains($0) }
    let spoken = (words.contains("claude") ? words : ["claude"] + words).joined(separator: " ")
    let ids =
      written.flatMap { [$0.canonical, "claude-" + $0.canonical] }
      + [modelID(displayed: spoken) ?? "", spoken.replacing(" ", with: "-")]
      + [words.joined(separator: "-")]
    guard let listed = ids.first(where: { known[$0] != nil }) else {
      throw UnknownModelName(text, known: known)
    }
    self.listed = listed
    id = known[listed] ?? listed
    channel = written[1].channel
    region =
      switch written[1].scope {
      case .unknown: nil
      case .global: "global"
      case .regional: "us"
      case .government: "us-gov"
      }
  }

  /// Every name that has a price, with the id it stands for.
  private static func known(
    _ catalogue: PriceCatalogue, also more: [String]
  ) -> [String: String] {
    var known: [String: String] = [:]
    for row in catalogue.rows {
      let name = PricedModel(row).canonical
      known[name] = catalogue.snapshot(of: name)
    }
    for model in more {
      let name = canonicalModel(model).canonical
      known[name] = known[name] ?? name
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
    let typed = canonicalModel(name.lowercased().replacing(" ", with: "-")).canonical
    self.name = name
    let dated = Set(known.values).filter { id in
      [typed, "claude-" + typed].contains { id.hasPrefix($0 + "-") && id.count == $0.count + 9 }
    }
    isAmbiguous = dated.count > 1
    near = isAmbiguous ? dated.sorted() : names(near: typed, in: Set(known.keys))
  }

  package var description: String {
    if isAmbiguous { return "'\(name)' may mean \(near.joined(separator: " or ")); say which" }
    let hint =
      near.isEmpty
      ? "'forensics prices list --all' has all ids" : "near are " + near.joined(separator: ", ")
    return "the catalogue has no model '\(name)'; \(hint)"
  }
}

/// Up to six names that hold what was typed or are a few letters from it, the nearest first.
private func names(near typed: String, in names: Set<String>) -> [String] {
  let meant = [typed, "claude-" + typed]
  let near = names.compactMap { name -> (distance: Int, difference: Int, name: String)? in
    let distance = meant.map { editDistance($0, name) }.min() ?? 0
    let isPart = typed.count >= 3 && name.contains(typed)
    guard isPart || distance <= max(2, typed.count / 4) else { return nil }
    // Of equally near ones, the one that differs last: opus-5-5 rather than opus-4-6.
    let same = meant.map { zip($0.utf8, name.utf8).prefix { $0 == $1 }.count }.max() ?? 0
    return (distance, -same, name)
  }
  return near.sorted { $0 < $1 }.prefix(6).map(\.name)
}

/// How many letters must be put in, taken out or replaced to make one text of the other.
private func editDistance(_ left: String, _ right: String) -> Int {
  let right = Array(right.utf8)
  var row = Array(0...right.count)
  for (index, letter) in left.utf8.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for (place, other) in right.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[place + 1]
      row[place + 1] = min(replaced, row[place] + 1, row[place + 1] + 1)
    }
  }
  return row[right.count]
}
