import Tables
import UsageLog

/// Columns and cells of price tables.
enum PriceCells {
  /// A column of rates: USD per million tokens.
  static func rate(_ name: String) -> Tables.Column {
    Tables.Column(name: name, unit: .usd, exact: true)
  }

  /// Picodollars a token as nanodollars a million tokens.
  static func usd(_ picodollars: Int64?) -> Value {
    picodollars.map { .integer($0 * 1000) } ?? .null
  }

  /// Five cells, in the order of the catalogue.
  static func rates(_ rates: Rates) -> [Value] {
    [rates.input, rates.output, rates.cacheWrite5m, rates.cacheWrite1h, rates.cacheRead]
      .map { usd($0) }
  }

  static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }

  /// For people: empty where the catalogue is.
  static func shown(_ text: String?) -> Value { .text(text ?? "") }
}
