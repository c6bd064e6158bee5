import Foundation
import Tables
package import Trends

extension Fold {
  /// Scores hours and days of spend against what is usual: `spend-anomalies`.
  static let spendAnomalies = Fold("spend-anomalies") { input in
    let parts = SpendParts(input)
    guard let total = parts.total else { return FoldedRows(names: SpendAnomalies.names, rows: []) }
    return SpendAnomalies(input, parts, total).rows
  }
}

/// Hourly spend of each part, and of all together, on one spine.
struct SpendParts {
  /// By name, nil was not logged: the hours and nano-dollars.
  private(set) var sums: [String?: [(start: Int64, nanos: Int64)]] = [:]
  private let span: Range<Int64>?
  private let clock: LocalClock

  init(_ input: FoldInput) {
    clock = LocalClock.zone(input.timezone)
    for row in input.rows {
      guard case .integer(let start) = row[0], case .integer(let nanos) = row[2] else { continue }
      let name: String? = if case .text(let text) = row[1] { text } else { nil }
      sums[name, default: []].append((start, nanos))
    }
    let starts = sums.values.joined().map(\.start)
    guard let first = starts.min(), let last = starts.max(), let until = input.number("until"),
      let asOf = input.number("as_of")
    else {
      span = nil
      return
    }
    // What is behind the newest call is not known to be zero; the hour still running is no hour yet.
    let end = min(until, asOf, (last / hourLength + 1) * hourLength)
    span = first / hourLength * hourLength..<max(end, first)
  }

  var total: SpendSeries? { series(of: sums.values.joined().map { $0 }) }

  func series(of sums: [(start: Int64, nanos: Int64)]) -> SpendSeries? {
    span.map {
      SpendSeries(sums, from: $0.lowerBound, completeUntil: $0.upperBound, clock: clock)
    }
  }
}

extension LocalClock {
  /// The clock of an IANA zone.
  package static func zone(_ name: String) -> LocalClock {
    guard name != "UTC", let zone = TimeZone(identifier: name) else { return .utc }
    return LocalClock { instant in
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant) / 1000))) * 1000
    }
  }
}

/// The buckets of a window that are dearer than usual.
struct SpendAnomalies {
  static let names = [
    "started_at", "bucket", "spent_usd_nanos", "expected_usd_nanos", "excess_usd_nanos", "score",
    "top_excess",
  ]

  private let parts: SpendParts
  private let since: Int64
  private let method: String
  private let gate: ImpactGate
  private let series: [SpendSeries]

  init(_ input: FoldInput, _ parts: SpendParts, _ total: SpendSeries) {
    self.parts = parts
    since = input.number("since") ?? 0
    method = input.text("method") ?? "ewma"
    gate = ImpactGate(minimum: input.number("minimum") ?? 0)
    let fine = method == "zscore" ? total : total.denseEnough
    let days = total.folded(to: .day)
    series =
      switch input.text("bucket") {
      case "hour": [fine]
      case "day": [days]
      default: fine.width == .day ? [fine] : [fine, days]
      }
  }

  var rows: FoldedRows {
    var rows: [[Value]] = []
    var notes: [String] = []
    for series in series {
      let scores = self.scores(series).filter { $0.bucket.start >= since }
      rows += scores.filter { $0.verdict == .anomaly }.map { row($0, series) }
      if let note = gap(in: scores, series.width) { notes.append(note) }
    }
    // In order of time; a day before its hours.
    rows.sort { CallStore.precedes([$0[0], $0[1]], [$1[0], $1[1]]) }
    return FoldedRows(names: Self.names, rows: rows, notes: notes)
  }

  private func scores(_ series: SpendSeries) -> [BucketScore] {
    method == "zscore"
      ? RollingZScore(window: 14 * series.width.perDay, impact: gate).scores(series)
      : AnomalyDetector(impact: gate).scores(series)
  }

  private func row(_ score: BucketScore, _ series: SpendSeries) -> [Value] {
    [
      .integer(score.bucket.start), .text(series.width.name), .integer(score.actual),
      .integer(score.expected ?? 0), .integer(score.excess ?? 0), .real(score.z ?? 0),
      .text(contributors(to: score.bucket, series.width)),
    ]
  }

  /// Buckets that could not be judged are said, with the reason that most of them have.
  private func gap(in scores: [BucketScore], _ width: SpendSeries.Width) -> String? {
    let reasons = scores.compactMap { score -> String? in
      if case .insufficientHistory(let gap) = score.verdict { "\(gap)" } else { nil }
    }
    guard let reason = reasons.last, !scores.isEmpty else { return nil }
    return "\(reasons.count) of \(scores.count) \(width.name)s could not be judged: \(reason)"
  }

  // MARK: - Whose excess it is

  private func contributors(to bucket: SpendSeries.Bucket, _ width: SpendSeries.Width) -> String {
    let excesses = parts.sums.compactMap { name, sums -> (name: String, nanos: Int64)? in
      guard let series = parts.series(of: sums)?.folded(to: width),
        let own = series.buckets.first(where: { $0.start == bucket.start })
      else { return nil }
      let excess = own.nanos - usual(own, in: series)
      return excess > 0 ? (name ?? Selection.none, excess) : nil
    }
    return excesses.sorted { ($1.nanos, $0.name) < ($0.nanos, $1.name) }.prefix(3)
      .map { "\($0.name) +\(dollars($0.nanos))" }.joined(separator: ", ")
  }

  /// The median of the same hour and kind of day in the four weeks before.
  private func usual(_ bucket: SpendSeries.Bucket, in series: SpendSeries) -> Int64 {
    let alike = series.buckets.filter {
      $0.start < bucket.start && $0.start >= bucket.start - 28 * dayLength && $0.hour == bucket.hour
        && $0.isWeekend == bucket.isWeekend
    }.map(\.nanos).sorted()
    return alike.isEmpty ? 0 : alike[alike.count / 2]
  }
}

extension SpendSeries.Width {
  fileprivate var name: String {
    switch self {
    case .hour: "hour"
    case .day: "day"
    default: "\(rawValue) hour"
    }
  }
}
