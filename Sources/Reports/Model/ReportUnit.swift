package import Tables

/// What a number counts; of money also the currency, in billionths of which it is given.
package struct ReportUnit: Equatable, Sendable {
  package let unit: Unit
  /// ISO 4217, of money only.
  package let currency: String?

  private init(_ unit: Unit, currency: String? = nil) {
    self.unit = unit
    self.currency = currency
  }

  package static let text = ReportUnit(.text)
  package static let count = ReportUnit(.count)
  package static let tokens = ReportUnit(.tokens)
  package static let usd = money("USD")
  /// Milliseconds of duration.
  package static let ms = ReportUnit(.ms)
  /// Per cent: 12.5 is 12.5 %.
  package static let pct = ReportUnit(.pct)
  package static let instant = ReportUnit(.instant)
  package static let flag = ReportUnit(.flag)
  package static let real = ReportUnit(.real)

  /// Whole billionths of any currency.
  package static func money(_ currency: String) -> ReportUnit { .init(.usd, currency: currency) }

  /// What stands behind a title whose numbers would not say it themselves: `USD`, `ms`.
  package var label: String? {
    switch unit {
    case .usd, .money: currency
    case .ms: "ms"
    case .pct: "%"
    case .text, .count, .tokens, .instant, .flag, .real: nil
    }
  }

  /// How many of what is stored are one of what is printed.
  var scale: Int128 { currency == nil ? 1 : 1_000_000_000 }

  package var isNumber: Bool { unit != .text && unit != .flag && unit != .instant }

  /// - Parameter values: those that are shown together, in one number of decimals.
  package func form(
    of values: [Value], exact: Bool = false, on display: Display
  ) -> ReadableForm {
    ReadableForm(
      of: values, in: Column(name: "", unit: unit, exact: exact), on: display, year: nil)
  }
}
