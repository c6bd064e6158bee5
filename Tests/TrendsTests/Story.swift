@testable import Trends

/// Monday, 1 June 2026, 00:00 UTC; June has 30 days, 22 of them weekdays.
let june: Int64 = 1_780_272_000_000
let dayMilliseconds: Int64 = 86_400_000
let juneFirst = Int(june / dayMilliseconds)
let monthOfJune = june..<june + 30 * dayMilliseconds

/// Dollars as nano-dollars.
func dollars(_ amount: Double) -> Int64 { Int64((amount * 1e9).rounded()) }

/// Hours from `start` on, each with what it cost in dollars.
func hours(_ spend: [Double], from start: Int64 = june, clock: LocalClock = .utc) -> SpendSeries {
  SpendSeries(
    spend.enumerated().map { (start: start + Int64($0) * hourMilliseconds, nanos: dollars($1)) },
    from: start, completeUntil: start + Int64(spend.count) * hourMilliseconds, clock: clock)
}

/// Days in UTC that end before `end`, each with what it cost in dollars.
func days(_ spend: [Double], until end: Int64) -> SpendSeries {
  let start = end - Int64(spend.count) * dayMilliseconds
  return SpendSeries(
    spend.enumerated().map { (start: start + Int64($0) * dayMilliseconds, nanos: dollars($1)) },
    width: .day, from: start, completeUntil: end)
}
