/// Models by what people call them, never by a part of a name or by a family.
extension PriceCatalogue {
  /// The canonical id of a model of this catalogue: by an id as some log has it, by the name that
  /// people are shown, or by its id without `claude-`.
  package func model(named name: String) -> String? {
    let known = Set(rows.map { PricedModel($0).canonical })
    if isDisplayName(name) {
      return modelID(displayed: name).flatMap { known.contains($0) ? $0 : nil }
    }
    let id = canonicalModel(name).canonical
    return [id, "claude-" + id].first { known.contains($0) }
  }

  /// Up to five ids that a name may have been meant for, the nearest first.
  package func models(near name: String) -> [String] {
    let name = canonicalModel(name.lowercased().replacing(" ", with: "-")).canonical
    let ids = Set(rows.map { PricedModel($0).canonical })
    let meant = [name, "claude-" + name]
    let near = ids.compactMap { id -> (distance: Int, difference: Int, id: String)? in
      let distance = meant.map { editDistance($0, id) }.min() ?? 0
      let isPart = name.count >= 3 && id.contains(name)
      guard isPart || distance <= max(2, name.count / 4) else { return nil }
      // Of equally near ones, the one that differs last: opus-5-5 rather than opus-4-6.
      let same = meant.map { zip($0.utf8, id.utf8).prefix { $0 == $1 }.count }.max() ?? 0
      return (distance, -same, id)
    }
    return near.sorted { $0 < $1 }.prefix(5).map(\.id)
  }

  /// The ids that stand for this one on their maker's own API, in order.
  package func aliases(of canonical: String) -> [String] {
    let aliases = rows.filter { $0.aliasOf == canonical }.map { PricedModel($0).canonical }
    return Set(aliases).subtracting([canonical]).sorted()
  }

  /// What an alias stands for; nil of any other id.
  package func target(of alias: String) -> String? {
    rows.lazy.filter { PricedModel($0).canonical == alias }.compactMap(\.aliasOf)
      .first { $0 != alias }
  }
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
