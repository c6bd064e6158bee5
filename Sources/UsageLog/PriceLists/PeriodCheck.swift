/// How the dated prices of one model follow each other.
struct PeriodCheck {
  private(set) var findings: [PriceFinding] = []

  /// Prices have fallen to a fifth from one day to the next, never further.
  private static let jump: Int64 = 5

  /// - Parameter rows: all of one provider and model.
  init(_ rows: [PriceRow], now: Int64) {
    let rows = rows.sorted { ($0.validFrom, $0.line) < ($1.validFrom, $1.line) }
    for (earlier, later) in zip(rows, rows.dropFirst()) { compare(earlier, later) }
    for row in rows where row.validFrom > now {
      findings.append(
        PriceFinding(
          .note, "scheduled", row, "from \(dayText(row.validFrom)); planned, and may be cancelled"))
    }
    guard let last = rows.max(by: { $0.validTo < $1.validTo }), last.validTo != .max,
      last.validTo > now
    else { return }
    findings.append(
      PriceFinding(.note, "ends", last, "no price from \(dayText(last.validTo)) on"))
  }

  private mutating func compare(_ earlier: PriceRow, _ later: PriceRow) {
    if later.validFrom < earlier.validTo {
      let until = min(earlier.validTo, later.validTo)
      let end = until == .max ? "on" : "to \(dayText(until))"
      let start = later.validFrom == .min ? "the beginning" : dayText(later.validFrom)
      findings.append(
        PriceFinding(
          .error, "overlap", later, "line \(earlier.line) has another price from \(start) \(end)"))
      return
    }
    if later.validFrom > earlier.validTo {
      findings.append(
        PriceFinding(
          .warning, "gap", later,
          "no price from \(dayText(earlier.validTo)) to \(dayText(later.validFrom))"))
    }
    let classes: [(PriceColumn, Int64?, Int64?)] = [
      (.input, earlier.rates.input, later.rates.input),
      (.output, earlier.rates.output, later.rates.output),
      (.cacheWrite5m, earlier.rates.cacheWrite5m, later.rates.cacheWrite5m),
      (.cacheWrite1h, earlier.rates.cacheWrite1h, later.rates.cacheWrite1h),
      (.cacheRead, earlier.rates.cacheRead, later.rates.cacheRead),
    ]
    for (column, before, after) in classes {
      guard let before, let after, max(before, after) > Self.jump * min(before, after) else {
        continue
      }
      findings.append(
        PriceFinding(
          .warning, "jump", later,
          "\(column.name) went from \(usd(before)) to \(usd(after)) on \(dayText(later.validFrom))")
      )
    }
  }
}
