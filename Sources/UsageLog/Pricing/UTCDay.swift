/// The first millisecond of a UTC day, `2026-03-13`; nil if it is none from 1970 on.
package func utcDay(_ text: some StringProtocol) -> Int64? {
  let parts = Substring(text).split(separator: "-", omittingEmptySubsequences: false)
  guard parts.map(\.utf8.count) == [4, 2, 2], let year = fixedPoint(parts[0], decimals: 0),
    let month = fixedPoint(parts[1], decimals: 0), let day = fixedPoint(parts[2], decimals: 0),
    year >= 1970, (1...12).contains(month), day >= 1, day <= daysInMonth(year: year, month: month)
  else { return nil }
  return daysSinceEpoch(year: year, month: month, day: day) * 86_400_000
}

/// The UTC day of an instant: `2026-03-13`.
///
/// - Parameter instant: milliseconds since 1970, not before.
package func dayText(_ instant: Int64) -> String {
  let days = instant / 86_400_000
  // A year has 365.2425 days; what the guess is off by is mended by asking the calendar.
  var year = 1970 + days * 400 / 146_097
  if daysSinceEpoch(year: year + 1, month: 1, day: 1) <= days { year += 1 }
  if daysSinceEpoch(year: year, month: 1, day: 1) > days { year -= 1 }
  var month: Int64 = 12
  while daysSinceEpoch(year: year, month: month, day: 1) > days { month -= 1 }
  let day = days - daysSinceEpoch(year: year, month: month, day: 1) + 1
  func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(year)-\(two(month))-\(two(day))"
}
