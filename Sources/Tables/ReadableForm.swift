/// How people read a column's values: one form for all of them, so that decimals stand in line.
struct ReadableForm {
  private let unit: Unit
  private let decimals: Int
  private let omitsYear: Bool
  private let display: Display

  /// Finds the form that fits all values; `year` is the one that instants need not mention.
  init(of values: [Value], in column: Column, on display: Display, year: Int64?) {
    let unit = column.unit
    self.unit = unit
    self.display = display
    decimals =
      switch unit {
      case .usd where column.exact: values.compactMap { $0.nanos?.neededDecimals }.max() ?? 0
      case .real where column.exact:
        values.compactMap { $0.billionths?.neededDecimals }.max() ?? 0
      case .usd: Billionths.decimals(showing: values.compactMap(\.nanos))
      case .real: Billionths.decimals(showing: values.compactMap(\.billionths))
      // An average of calls or tokens is a fraction; whole ones need no decimals.
      case .count, .tokens:
        values.contains(where: \.isFraction)
          ? Billionths.decimals(showing: values.compactMap(\.billionths)) : 0
      case .pct: 1
      case .text, .ms, .instant, .flag: 0
      }
    omitsYear =
      unit == .instant
      && values.compactMap(\.whole).allSatisfy { display.clock(at: $0).year == year }
  }

  /// The text of a value that is not text itself.
  func text(_ value: Value) -> String {
    guard let quantity = value.quantity(in: unit) else { return unit == .text ? "(none)" : "–" }
    let form: String? =
      switch unit {
      case .text: nil
      case .usd: value.nanos?.rounded(to: decimals)
      case .count, .tokens, .ms, .pct, .real:
        decimals > 0 ? value.billionths?.rounded(to: decimals) : value.whole?.grouped
      case .instant: value.whole.map(time)
      case .flag: quantity == 0 ? "" : "yes"
      }
    // Ids have no form, and neither has what is out of all bounds.
    if case .integer(let number) = value { return form ?? String(number) }
    return form ?? quantity.description
  }

  private func time(at instant: Int64) -> String {
    let time = display.clock(at: instant)
    return omitsYear ? time.withoutYear : time.toTheSecond
  }
}

extension Value {
  fileprivate var nanos: Billionths? { whole.map(Billionths.init) }
  fileprivate var billionths: Billionths? {
    quantity(in: .real).flatMap(Billionths.init(nearest:))
  }
}
