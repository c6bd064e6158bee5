import Tables

extension Fold {
  /// One row a day of its hours and sources, with the hours and the sources that were missing.
  static let dataQuality = Fold("data-quality") { input in
    let days = LoggedDay.all(input)
    let habits = [false, true].map { isWeekend in
      LoggingHabit(days.filter { $0.isWeekend == isWeekend }, busy: input.number("busy") ?? 1)
    }
    let gaps = days.map { habits[$0.isWeekend ? 1 : 0].missingHours(of: $0) }
    let silent = days.map { habits[$0.isWeekend ? 1 : 0].missingSources(of: $0) }
    let notes = [
      (gaps.reduce(0, +), "hours without a call where there are calls on other days"),
      (silent.count { !$0.isEmpty }, "days on which a source fell silent"),
      (days.count { $0.isWhole && $0.hours.isEmpty }, "days without any call"),
    ]
    return FoldedRows(
      names: ["day_at", "spend_usd_nanos"] + LoggedDay.shownCounts + [
        "n_gap_hours", "n_sources", "silent",
      ],
      rows: days.indices.map { place in
        [.integer(days[place].start), days[place].spend] + days[place].counts + [
          .integer(Int64(gaps[place])), .integer(Int64(days[place].sources.count)),
          .text(silent[place].joined(separator: ", ")),
        ]
      }, notes: notes.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" })
  }
}
