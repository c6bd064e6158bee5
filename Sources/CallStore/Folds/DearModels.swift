import UsageLog

/// Which models are dear: by what a million tokens of output cost at their maker's list price.
struct DearModels {
  private let catalogue: PriceCatalogue
  private let instant: Int64
  /// Picodollars a token.
  private let least: Int64

  /// - Parameters:
  ///   - instant: when the prices are those of, in UTC milliseconds.
  ///   - nanos: from so many nano-dollars a million tokens of output on, a model is dear.
  init(at instant: Int64, from nanos: Int64) throws {
    catalogue = try PriceCatalogue.shipped()
    self.instant = instant
    least = nanos / 1000
  }

  /// nil of a model that the shipped list does not price.
  func isDear(_ model: String?) -> Bool? {
    guard let model else { return nil }
    for provider in ["anthropic"] + catalogue.providers.sorted() {
      let row = catalogue.positions(provider: provider, model: model).map { catalogue.rows[$0] }
        .first { $0.holds(at: instant) }
      if let row { return row.rates.output >= least }
    }
    return nil
  }
}
