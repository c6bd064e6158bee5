/// How rows stand to those of other models and endpoints that they should resemble.
struct RelationCheck {
  private(set) var findings: [PriceFinding] = []
  private let models: [PricedModel: [PriceRow]]

  private static let makers = ["anthropic", "openai", "gemini"]

  init(_ rows: [PriceRow], _ models: [PricedModel: [PriceRow]]) {
    self.models = models
    for row in rows {
      checkAlias(row)
      checkRegion(row)
      checkMaker(row)
    }
  }

  /// An alias costs what it stands for, as long as both have a price.
  private mutating func checkAlias(_ row: PriceRow) {
    guard let target = row.aliasOf else { return }
    let model = PricedModel(provider: row.provider, canonical: target)
    guard model != PricedModel(row) else { return }
    for other in models[model, default: []] where row.meets(other) {
      let columns: [PriceColumn] =
        PriceColumn.rates + [.longThreshold, .longInput, .longOutput, .batch, .usResidency]
      for column in columns where row.text(column) != other.text(column) {
        findings.append(
          PriceFinding(
            .warning, "alias", row,
            "\(column.name) is \(row.text(column) ?? "none"), of \(target) (line \(other.line)) "
              + (other.text(column) ?? "none")))
      }
    }
  }

  /// Clouds charge a tenth more for regional endpoints, of every class.
  private mutating func checkRegion(_ row: PriceRow) {
    let regional = "-regional"
    guard row.provider.contains(regional) else { return }
    let global = row.provider.replacing(regional, with: "-global")
    let model = PricedModel(provider: global, canonical: PricedModel(row).canonical)
    let columns = PriceColumn.rates + [.longInput, .longOutput]
    for other in models[model, default: []] where row.meets(other) {
      for column in columns {
        let (dear, cheap) = (row.picodollars(column), other.picodollars(column))
        guard dear.map({ $0 * 10 }) != cheap.map({ $0 * 11 }) else { continue }
        findings.append(
          PriceFinding(
            .warning, "region", row,
            "\(column.name) is \(row.text(column) ?? "none"), on the global endpoint "
              + "\(other.text(column) ?? "none") (line \(other.line)): not a tenth more"))
      }
    }
  }

  /// A channel that charges fifty times what the maker does has mistaken a unit.
  private mutating func checkMaker(_ row: PriceRow) {
    guard !Self.makers.contains(row.provider) else { return }
    let canonical = PricedModel(row).canonical
    for maker in Self.makers {
      let model = PricedModel(provider: maker, canonical: canonical)
      for other in models[model, default: []] where row.meets(other) {
        let (mine, its) = (row.rates.input, other.rates.input)
        guard max(mine, its) / 50 >= min(mine, its) else { continue }
        findings.append(
          PriceFinding(
            .warning, "outlier", row, "input is \(usd(mine)), at \(maker) \(usd(its))"))
      }
    }
  }
}

extension PriceRow {
  /// Whether both hold at some moment.
  fileprivate func meets(_ other: PriceRow) -> Bool {
    validFrom < other.validTo && other.validFrom < validTo
  }

  fileprivate func picodollars(_ column: PriceColumn) -> Int64? {
    text(column).flatMap { fixedPoint($0[...], decimals: 6) }
  }
}
