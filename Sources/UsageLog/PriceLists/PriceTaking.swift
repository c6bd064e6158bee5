/// What of another list can be taken into the catalogue, piece of time by piece of time.
///
/// Nothing that has a price loses it: a list says something only for the time of its own rows, an
/// observation only for the day it was seen, and from there on until the catalogue's next price. A
/// row without a rate that the catalogue has is left.
package struct PriceTaking: Sendable {
  package enum Choice: String, CaseIterable, Sendable {
    /// Prices of what has none.
    case new
    /// Also those that differ, and those that the catalogue says have ended.
    case all
  }

  /// A row for a time in which the catalogue has no price, or another one.
  package struct Piece: Sendable {
    package let row: PriceRow
    /// The catalogue's price for that time; nil where there is none.
    package let listed: PriceRow?
    /// Where the two differ.
    package let changes: [PriceListDiff.Change]
    /// The catalogue had a price, and says when it ended.
    package let hasEnded: Bool

    package var isNew: Bool { listed == nil && !hasEnded }
  }

  /// In the order of the list.
  package private(set) var pieces: [Piece] = []
  /// Rows that say what the catalogue says.
  package private(set) var equal = 0
  /// Rows that would take a rate away from calls that have one, with what they lack.
  package private(set) var lacking: [(row: PriceRow, columns: [PriceColumn])] = []
  /// Rows that another list decides, which counts more.
  package private(set) var outranked = 0

  /// - Parameters:
  ///   - observed: the first instant of the day on which the list was seen.
  ///   - start: the first instant of new prices of a list without dates; nil is the day it was seen.
  ///   - outranking: names of lists that count more, whatever is taken.
  ///   - isWanted: leaves out other rows.
  /// - Throws: `PriceTakingError` for rows that contradict each other.
  package init(
    _ file: PriceFile, into catalogue: PriceCatalogue, observed: Int64, newFrom start: Int64? = nil,
    outranking: Set<String> = [], where isWanted: (PriceRow) -> Bool = { _ in true }
  ) throws(PriceTakingError) {
    try Self.refuseOverlaps(file)
    for row in file.rows where isWanted(row) {
      let listed = catalogue.rows(of: PricedModel(row))
      let isDated = file.kind == .catalogue
      let spans =
        isDated
        ? row.spans(beside: listed, from: row.validFrom)
        : row.spans(beside: listed, from: min(start ?? observed, observed))
          .filter { $0.from <= observed && observed < $0.to }
      var saysTheSame = true
      for span in spans {
        var piece = row.completed(from: span.listed, in: file)
        // What was paid before an observation is not for it to say.
        piece.validFrom = span.listed == nil || isDated ? span.from : observed
        piece.validTo = span.to
        guard let price = span.listed else {
          let hasEnded = !isDated && listed.contains { $0.validTo <= observed }
          if hasEnded { piece.validFrom = observed }
          pieces.append(Piece(row: piece, listed: nil, changes: [], hasEnded: hasEnded))
          saysTheSame = false
          continue
        }
        let changes = PriceListDiff.changes(from: price, to: piece, unstated: file.unstated)
        if changes.isEmpty { continue }
        saysTheSame = false
        let missing = PriceColumn.rates.filter { price.text($0) != nil && piece.text($0) == nil }
        if outranking.contains(price.list) {
          outranked += 1
        } else if !isDated, !missing.isEmpty {
          lacking.append((piece, missing))
        } else {
          pieces.append(Piece(row: piece, listed: price, changes: changes, hasEnded: false))
        }
      }
      if saysTheSame { equal += 1 }
    }
  }

  /// The pieces that a choice takes.
  package func chosen(_ choice: Choice) -> [Piece] {
    choice == .all ? pieces : pieces.filter(\.isNew)
  }

  /// The list that is kept.
  ///
  /// - Throws: never for pieces of this type; a list is checked whenever it is read.
  package func list(_ choice: Choice, named name: String) throws(PriceCatalogueError) -> PriceList {
    let lines = [PriceColumn.header] + chosen(choice).map(\.row.csv)
    return try PriceList(name: name, csv: Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  private static func refuseOverlaps(_ file: PriceFile) throws(PriceTakingError) {
    for (model, rows) in Dictionary(grouping: file.rows, by: PricedModel.init) {
      let rows = rows.sorted { ($0.validFrom, $0.line) < ($1.validFrom, $1.line) }
      for (earlier, later) in zip(rows, rows.dropFirst()) where earlier.overlaps(later) {
        throw PriceTakingError(file: file.name, line: later.line, other: earlier.line, model: model)
      }
    }
  }
}

/// Two rows of a list that both hold for a time.
package struct PriceTakingError: Error, CustomStringConvertible {
  let file: String
  let line: Int
  let other: Int
  let model: PricedModel

  package var description: String {
    "\(file):\(line): \(model) has another price for the same time in line \(other); give one of them "
      + "a valid_to"
  }
}

extension PriceCatalogue {
  /// All prices of a model, oldest first.
  package func rows(of model: PricedModel) -> [PriceRow] {
    positions(provider: model.provider, model: model.canonical).map { rows[$0] }
  }
}

extension PriceRow {
  fileprivate struct Span {
    let from: Int64
    let to: Int64
    let listed: PriceRow?
  }

  /// The time from an instant to the row's end, cut where the listed prices change.
  fileprivate func spans(beside listed: [PriceRow], from start: Int64) -> [Span] {
    let end = validTo
    let cuts = Set(
      [start, end]
        + listed.flatMap { [$0.validFrom, $0.validTo] }.filter { start < $0 && $0 < end }
    ).sorted()
    return zip(cuts, cuts.dropFirst()).map { from, to in
      Span(from: from, to: to, listed: listed.first { $0.validFrom <= from && from < $0.validTo })
    }
  }

  /// What the list has no place for, or often leaves out, is kept as the catalogue has it: multipliers
  /// and searches always, cache rates while the input costs the same.
  fileprivate func completed(from listed: PriceRow?, in file: PriceFile) -> PriceRow {
    guard let listed else { return self }
    var values: [PriceColumn: String] = [:]
    for column in PriceColumn.allCases { values[column] = text(column) }
    var kept: [PriceColumn] = [.batch, .usResidency, .webSearch, .aliasOf]
    if rates.input == listed.rates.input { kept += [.cacheWrite5m, .cacheWrite1h, .cacheRead] }
    for column in kept where values[column] == nil {
      // An empty field of a column that is there says that there is none.
      if file.kind == .catalogue, !file.unstated.contains(column) { continue }
      values[column] = listed.text(column)
    }
    // What does not go together exactly stays as the list has it.
    return (try? PriceRow(PriceRowText(values, line: line))) ?? self
  }
}
