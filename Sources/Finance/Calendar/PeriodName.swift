/// A period as finance names it: `2026-W46`, `2026-10`, `2026-Q4`, `FY2027-P07`, `FY2027-Q3`, `FY2027`.
///
/// Weeks are ISO 8601; what begins with FY is counted in the company's fiscal year, named by the year it ends in.
package enum PeriodName: Hashable, Sendable {
  case week(year: Int, week: Int)
  case month(year: Int, month: Int)
  case quarter(year: Int, quarter: Int)
  case fiscalMonth(year: Int, period: Int)
  case fiscalQuarter(year: Int, quarter: Int)
  case fiscalYear(Int)

  /// nil for what names no period, a 53rd week of a year that has 52 included.
  package init?(_ text: String) {
    let isFiscal = text.hasPrefix("FY")
    let parts = text.dropFirst(isFiscal ? 2 : 0).split(
      separator: "-", omittingEmptySubsequences: false)
    guard let year = parts.first.flatMap({ Self.number($0, digits: 4) }), year >= 1970 else {
      return nil
    }
    if parts.count == 1, isFiscal {
      self = .fiscalYear(year)
      return
    }
    guard parts.count == 2, let name = Self.part(of: year, parts[1], isFiscal: isFiscal) else {
      return nil
    }
    self = name
  }

  private static func part(of year: Int, _ text: Substring, isFiscal: Bool) -> PeriodName? {
    if !isFiscal, let month = number(text, digits: 2) {
      return (1...12).contains(month) ? .month(year: year, month: month) : nil
    }
    let rest = text.dropFirst()
    switch text.first {
    case "W" where !isFiscal:
      guard let week = number(rest, digits: 2), (1...weeks(in: year)).contains(week) else {
        return nil
      }
      return .week(year: year, week: week)
    case "Q":
      guard let quarter = number(rest, digits: 1), (1...4).contains(quarter) else { return nil }
      return isFiscal
        ? .fiscalQuarter(year: year, quarter: quarter) : .quarter(year: year, quarter: quarter)
    case "P" where isFiscal:
      guard let period = number(rest, digits: 2), (1...12).contains(period) else { return nil }
      return .fiscalMonth(year: year, period: period)
    default: return nil
    }
  }

  package var text: String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return switch self {
    case .week(let year, let week): "\(year)-W\(two(week))"
    case .month(let year, let month): "\(year)-\(two(month))"
    case .quarter(let year, let quarter): "\(year)-Q\(quarter)"
    case .fiscalMonth(let year, let period): "FY\(year)-P\(two(period))"
    case .fiscalQuarter(let year, let quarter): "FY\(year)-Q\(quarter)"
    case .fiscalYear(let year): "FY\(year)"
    }
  }

  /// 53 where the year begins on a Thursday, or is a leap year that begins on a Wednesday.
  static func weeks(in year: Int) -> Int {
    let first = CivilDate(year: year, month: 1, day: 1).weekday
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return first == 4 || (first == 3 && isLeap) ? 53 : 52
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}
