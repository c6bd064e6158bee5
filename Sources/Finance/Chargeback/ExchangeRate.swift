package import UsageLog

/// What a dollar is worth, as stated by someone: it is never looked up.
package struct ExchangeRate: Equatable, Sendable {
  /// ISO 4217.
  package var currency: String
  /// As it was written: units of the currency for one US dollar.
  package var text: String
  package var rate: Ratio
  /// Who says so, and of when.
  package var source: String
  package var date: String?

  /// nil for what is no currency, or no number above 0 of at most six decimals.
  package init?(_ currency: String, _ text: String, source: String, date: String? = nil) {
    guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }),
      let millionths = exactDecimal(text, decimals: 6), millionths > 0,
      millionths < 1_000_000_000_000
    else { return nil }
    self.currency = currency
    self.text = text
    rate = Ratio(millionths, over: 1_000_000).reduced
    self.source = source
    self.date = date
  }

  /// The currency's smallest unit, in billionths (ISO 4217, minor units).
  package var step: Int64 {
    if Self.withoutMinorUnit.contains(currency) { return 1_000_000_000 }
    return Self.withThreeDecimals.contains(currency) ? 1_000_000 : 10_000_000
  }

  package var described: String {
    "1 USD = \(text) \(currency) (\(source)\(date.map { ", " + $0 } ?? ""))"
  }

  private static let withoutMinorUnit: Set<String> = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
  ]
  private static let withThreeDecimals: Set<String> = [
    "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND",
  ]
}
