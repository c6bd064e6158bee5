/// What a list says otherwise than the catalogue does, at one instant.
package struct PriceListDiff: Sendable {
  /// One column of one model in which the two differ.
  package struct Change: Hashable, Sendable {
    package let column: PriceColumn
    /// The catalogue's, as it is written there; nil where it has none.
    package let catalogue: String?
    package let list: String?

    /// How many times the catalogue's amount the list's is, in ten-thousandths; nil where one is missing.
    package var ratio: Int64? {
      guard let old = catalogue.flatMap({ fixedPoint($0[...], decimals: 9) }), old > 0,
        let new = list.flatMap({ fixedPoint($0[...], decimals: 9) })
      else { return nil }
      return Int64(exactly: (Int128(new) * 10_000 + Int128(old) / 2) / Int128(old))
    }
  }

  package enum Entry: Sendable {
    /// The catalogue has no price of it then.
    case new(PriceRow)
    /// The list's row, the catalogue's, and where they differ.
    case changed(PriceRow, from: PriceRow, [Change])
  }

  /// In the order of the list, those that changed first.
  package private(set) var entries: [Entry] = []
  /// Rows that cost the same in both.
  package private(set) var equal = 0
  /// Rows of the list that do not hold at the instant.
  package private(set) var notHolding = 0
  /// Rows of the catalogue that hold at the instant and are not in the list.
  package private(set) var onlyInCatalogue = 0

  /// - Parameter instant: the day in question, in milliseconds since 1970. A list without dates is
  ///   held against the catalogue of that day whenever it was seen.
  package init(_ file: PriceFile, against catalogue: PriceCatalogue, at instant: Int64) {
    var met: Set<PricedModel> = []
    var new: [Entry] = []
    for row in file.rows {
      guard file.kind == .liteLLM || row.holds(at: instant) else {
        notHolding += 1
        continue
      }
      let model = PricedModel(row)
      met.insert(model)
      guard let listed = catalogue.row(of: model, at: instant) else {
        new.append(.new(row))
        continue
      }
      let changes = Self.changes(from: listed, to: row, unstated: file.unstated)
      if changes.isEmpty {
        equal += 1
      } else {
        entries.append(.changed(row, from: listed, changes))
      }
    }
    entries += new
    onlyInCatalogue = catalogue.rows.count {
      $0.holds(at: instant) && !met.contains(PricedModel($0))
    }
  }

  /// What decides a price; names, days and sources are no difference.
  private static let compared: [PriceColumn] =
    PriceColumn.rates + [
      .longThreshold, .longInput, .longOutput, .batch, .usResidency, .webSearch,
    ]

  static func changes(
    from old: PriceRow, to new: PriceRow, unstated: Set<PriceColumn>
  ) -> [Change] {
    compared.compactMap { column in
      let (before, after) = (old.text(column), new.text(column))
      if before == after || (after == nil && unstated.contains(column)) { return nil }
      return Change(column: column, catalogue: before, list: after)
    }
  }
}
