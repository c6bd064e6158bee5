/// Days and hours as a clock on the wall shows them.
///
/// The zone is a function, so that summer time is right and this target needs no time-zone
/// database.
package struct LocalClock: Sendable {
  private let offset: @Sendable (Int64) -> Int64

  /// A clock that is ahead of UTC by `offset` milliseconds at an instant (UTC milliseconds).
  package init(offset: @escaping @Sendable (Int64) -> Int64) {
    self.offset = offset
  }

  package static let utc = LocalClock { _ in 0 }

  /// The date as days since 1970-01-01, and the hour of the day (0…23).
  package func time(at instant: Int64) -> (day: Int, hour: Int) {
    let hours = (instant + offset(instant)).flooredQuotient(by: hourMilliseconds)
    let day = hours.flooredQuotient(by: 24)
    return (Int(day), Int(hours - day * 24))
  }

  /// The date as days since 1970-01-01.
  package func day(at instant: Int64) -> Int { time(at: instant).day }

  /// The day of the week of a date, 0 for Monday to 6 for Sunday.
  package static func weekday(ofDay day: Int) -> Int {
    // 1970-01-01 was a Thursday.
    let weekday = (day + 3) % 7
    return weekday < 0 ? weekday + 7 : weekday
  }
}
