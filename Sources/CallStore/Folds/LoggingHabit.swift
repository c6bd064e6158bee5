/// What usually comes on days of one kind, workdays or weekends, counted once for all of them.
struct LoggingHabit {
  /// Calls from which on an hour, or a source, is missed.
  private let busy: Int64
  private var wholeDays = 0
  /// On how many whole days an hour has so many.
  private var hours: [Int: Int] = [:]
  /// By a day's start, the sources that fell silent.
  private var silent: [Int64: [String]] = [:]

  /// - Parameter days: of one kind, in order.
  init(_ days: [LoggedDay], busy: Int64) {
    self.busy = busy
    let whole = days.filter(\.isWhole)
    wholeDays = whole.count
    for day in whole {
      for (hour, calls) in day.hours where calls >= busy { hours[hour, default: 0] += 1 }
    }
    for name in Set(whole.flatMap(\.names.keys)).sorted() {
      for place in silentDays(whole.map { $0.names[name] ?? 0 }) {
        silent[whole[place].start, default: []].append(name)
      }
    }
  }

  /// Whether what one day lacks is there on the others often enough to be missed.
  private func isHabit(_ days: Int) -> Bool { days >= 3 && days * 5 >= (wholeDays - 1) * 4 }

  /// How many of the clock's hours are empty on a day that has calls.
  func missingHours(of day: LoggedDay) -> Int {
    guard day.isWhole, !day.hours.isEmpty else { return 0 }
    return day.clockHours.count { day.hours[$0] == nil && isHabit(hours[$0] ?? 0) }
  }

  func missingSources(of day: LoggedDay) -> [String] { silent[day.start] ?? [] }

  /// The days of a source's silences that are a finding.
  ///
  /// - Parameter calls: its calls, day by day.
  private func silentDays(_ calls: [Int64]) -> [Int] {
    // Before its first day it was not silent but not there.
    guard let first = calls.firstIndex(where: { $0 > 0 }),
      let usual = Spread(calls.filter { $0 > 0 })
    else { return [] }
    var found: [Int] = []
    var start = first
    while let silence = calls[start...].firstIndex(of: 0) {
      let end = calls[silence...].firstIndex { $0 > 0 } ?? calls.count
      // What began within the window, and did not last, was perhaps never meant to.
      let lived = calls.count - first - (end - silence)
      if lived >= (first == 0 ? 3 : 10), usual.count * 5 >= Int64(lived) * 4,
        usual.median * Int64(end - silence) >= busy
      {
        found += silence..<end
      }
      start = end
    }
    return found
  }
}
