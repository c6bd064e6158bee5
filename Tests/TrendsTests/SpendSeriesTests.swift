import Testing

@testable import Trends

struct SpendSeriesTests {
  @Test func `a missing hour inside the range is 0, and what comes after is unknown`() {
    func at(_ hour: Int64) -> Int64 { june + hour * hourMilliseconds }
    let sums: [(start: Int64, nanos: Int64)] = [
      (at(3), 30), (at(0), 10), (at(0), 1), (at(5), 50), (at(-1), 99),
    ]
    let series = SpendSeries(sums, from: june, completeUntil: at(4) + 1)
    #expect(series.buckets.map(\.nanos) == [11, 0, 0, 30])
    #expect(series.buckets.map(\.hour) == [0, 1, 2, 3])
    #expect(series.buckets.allSatisfy { $0.weekday == 0 && !$0.isWeekend && $0.isComplete })
  }

  @Test func `only whole buckets count, and a range may be empty`() {
    let half = hourMilliseconds / 2
    let nothing: [(start: Int64, nanos: Int64)] = []
    #expect(hours([]).buckets.isEmpty)
    let none = SpendSeries(nothing, from: june + half, completeUntil: june + 3 * half)
    #expect(none.buckets.isEmpty)
    let one = SpendSeries(nothing, from: june + half, completeUntil: june + 4 * half)
    #expect(one.buckets.map(\.start) == [june + hourMilliseconds])
    #expect(SpendSeries(nothing, from: june, completeUntil: june - 1).buckets.isEmpty)
  }

  @Test func `a sum too large for 64 bits stays at its end`() {
    let sums: [(start: Int64, nanos: Int64)] = [(june, .max), (june, 1)]
    let series = SpendSeries(sums, from: june, completeUntil: june + hourMilliseconds)
    #expect(series.buckets[0].nanos == .max)
  }

  @Test func `days of which hours are missing are incomplete`() {
    let series = hours(Array(repeating: 1, count: 60), from: june + 6 * hourMilliseconds)
    let days = series.folded(to: .day).buckets
    #expect(days.map(\.nanos) == [dollars(18), dollars(24), dollars(18)])
    #expect(days.map(\.isComplete) == [false, true, false])
    let quarters = series.folded(to: .quarterDay).buckets
    #expect(quarters.count == 10)
    #expect(quarters.allSatisfy { $0.isComplete && $0.nanos == dollars(6) })
  }

  @Test func `the day on which clocks go back has 25 hours`() {
    // Berlin, Sunday 25 October 2026: from 01:00 UTC on one hour ahead of UTC, before it two.
    let change: Int64 = 1_792_890_000_000
    let berlin = LocalClock { $0 < change ? 7_200_000 : 3_600_000 }
    let midnight = change - 3 * hourMilliseconds
    let series = hours(Array(repeating: 1, count: 25 + 24), from: midnight, clock: berlin)
    #expect(series.buckets.prefix(5).map(\.hour) == [0, 1, 2, 2, 3])
    let days = series.folded(to: .day).buckets
    #expect(days.map(\.nanos) == [dollars(25), dollars(24)])
    #expect(days.map(\.weekday) == [6, 0])
    #expect(days.allSatisfy { $0.isComplete })
  }

  @Test func `dates before 1970 have their weekday`() {
    // Wednesday, 31 December 1969.
    let (day, hour) = LocalClock.utc.time(at: -1)
    #expect((day, hour) == (-1, 23))
    #expect(LocalClock.weekday(ofDay: -1) == 2)
    #expect(LocalClock.weekday(ofDay: -4) == 6)
  }

  @Test func `buckets are as wide as they must be to have spend`() {
    func share(_ isEmpty: (Int) -> Bool) -> SpendSeries.Width {
      hours((0..<28 * 24).map { isEmpty($0) ? 0 : 1 }).denseEnough.width
    }
    #expect(share { $0 % 11 == 0 } == .hour)
    #expect(share { $0 % 7 == 0 } == .quarterDay)
    #expect(share { $0 % 168 == 30 || $0 % 24 < 8 } == .hour)
    #expect(share { $0 % 13 != 12 } == .day)
    #expect(share { _ in true } == .day)
  }
}
