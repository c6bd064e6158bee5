/// What a price is looked up by: at most one row of it holds at a time.
package struct PricedModel: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let provider: String
  package let canonical: String

  package init(provider: String, canonical: String) {
    self.provider = provider
    self.canonical = canonical
  }

  package init(_ row: PriceRow) {
    self.init(provider: row.provider, canonical: canonicalModel(row.model).canonical)
  }

  package static func < (left: PricedModel, right: PricedModel) -> Bool {
    (left.provider, left.canonical) < (right.provider, right.canonical)
  }

  package var description: String { "\(canonical) at \(provider)" }
}

extension PriceRow {
  /// Whether it is the price at an instant, in milliseconds since 1970.
  package func holds(at instant: Int64) -> Bool { validFrom <= instant && instant < validTo }
}

extension PriceCatalogue {
  /// The row that holds for a model at an instant.
  func row(of model: PricedModel, at instant: Int64) -> PriceRow? {
    positions(provider: model.provider, model: model.canonical).map { rows[$0] }
      .first { $0.holds(at: instant) }
  }
}

/// Aliases and what they stand for.
extension PriceCatalogue {
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

  /// All ids of the model that this is an id of: its own, and its aliases'.
  package func ids(of canonical: String) -> [String] {
    let target = target(of: canonical) ?? canonical
    return [target] + aliases(of: target)
  }
}
