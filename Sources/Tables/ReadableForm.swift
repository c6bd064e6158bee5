/// How people read a column's values: one form for all of them, so that decimals stand in line.
package struct ReadableForm {
  private let unit: Unit
  package let decimals: Int
  private let omitsYear: Bool
  private let isSpelled: Bool
  private let display: Display

  /// Finds the form that fits all values; `year` is the one that instants need not mention.
  package init(of values: [Value], in column: Column, on display: Display, year: Int64?) {
    let unit = column.unit
    self.unit = unit
    self.display = display
    isSpelled = unit == .ms && column.spelled
    decimals =
      switch unit {
      case .usd where column.exact, .money where column.exact:
        values.compactMap { $0.nanos?.neededDecimals }.max() ?? 0
      case .real where column.exact:
        values.compactMap { $0.billionths?.neededDecimals }.max() ?? 0
      case .usd, .money: Billionths.decimals(showing: values.compactMap(\.nanos))
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

  /// The column's name, without a unit that its values do not have here: `waited` of `waited_ms`.
  func header(of column: Column) -> String {
    isSpelled && column.name.hasSuffix("_ms") ? String(column.name.dropLast(3)) : column.name
  }

  /// The text of a value that is not text itself.
  package func text(_ value: Value) -> String {
    guard let quantity = value.quantity(in: unit) else { return unit == .text ? "(none)" : "–" }
    let form: String? =
      switch unit {
      case .text: nil
      case .usd, .money: value.nanos?.rounded(to: decimals)
      case .ms where isSpelled: value.whole.map(\.spelledLength)
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

extension Int64 {
  /// Milliseconds in the two largest units that say them: `850ms`, `5.6s`, `56s`, `12m 05s`, `3h 12m`, `2d 03h`.
  var spelledLength: String {
    if self < 0 { return "\(grouped)ms" }
    let seconds = (self + 500) / 1000
    func two(_ large: Int64, _ unit: String, _ small: Int64, _ rest: String) -> String {
      "\(large.grouped)\(unit) \(small < 10 ? "0" : "")\(small)\(rest)"
    }
    return switch self {
    case 0: "0s"
    case ..<1000: "\(self)ms"
    case ..<9950: "\((self + 50) / 100 / 10).\((self + 50) / 100 % 10)s"
    case ..<59_500: "\(seconds)s"
    case ..<3_599_500: two(seconds / 60, "m", seconds % 60, "s")
    case ..<86_370_000: two((seconds + 30) / 3600, "h", (seconds + 30) / 60 % 60, "m")
    default: two((seconds + 1800) / 86_400, "d", (seconds + 1800) / 3600 % 24, "h")
    }
  }
}
