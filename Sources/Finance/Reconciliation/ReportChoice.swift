import CallStore
import UsageLog

/// The rows of a report that count: one width of buckets and one grouping for each UTC day, never two.
///
/// What was fetched last is right; of the tellings that agree with it in total, the finest is taken.
struct ReportChoice {
  private(set) var days: [CivilDate: [ReportedBucket]] = [:]
  /// Buckets that reach over a day's end.
  private(set) var longBuckets = 0

  init(_ buckets: [ReportedBucket]) {
    var byDay: [CivilDate: [ReportedBucket]] = [:]
    for bucket in buckets {
      let day = CivilDate(ofUTC: bucket.startingAt)
      if bucket.endingAt <= day.endOfUTC {
        byDay[day, default: []].append(bucket)
      } else {
        longBuckets += 1
      }
    }
    for (day, buckets) in byDay { days[day] = Self.best(of: Self.widths(buckets))?.rows ?? [] }
  }

  /// One telling by the width of its buckets, spans with several groupings decided first.
  private static func widths(_ buckets: [ReportedBucket]) -> [Telling] {
    let spans = Dictionary(grouping: buckets) { $0.startingAt..<$0.endingAt }
    var widths: [Int64: Telling] = [:]
    for (span, rows) in spans.sorted(by: { $0.key.lowerBound < $1.key.lowerBound }) {
      guard let telling = best(of: groupings(rows)) else { continue }
      widths[span.upperBound - span.lowerBound, default: Telling()].add(telling)
    }
    return widths.sorted { $0.key > $1.key }.map(\.value)
  }

  private static func groupings(_ rows: [ReportedBucket]) -> [Telling] {
    // Rows of the Analytics API come one by one: what one log tells of a span belongs together.
    let tellings = Dictionary(grouping: rows) { row in
      [.analyticsUsage, .analyticsCost].contains(row.report)
        ? "\(row.source)" : row.groupedBy.map(\.rawValue).sorted().joined(separator: ",")
    }
    return tellings.sorted { $0.key < $1.key }.map { Telling(rows: $0.value) }
  }

  private static func best(of tellings: [Telling]) -> Telling? {
    guard
      let newest = tellings.max(by: {
        ($0.isWholeDay ? 1 : 0, $0.fetchedAt, $0.fineness)
          < ($1.isWholeDay ? 1 : 0, $1.fetchedAt, $1.fineness)
      })
    else { return nil }
    return tellings.filter { $0.total == newest.total }
      .max { ($0.fineness, $0.fetchedAt) < ($1.fineness, $1.fetchedAt) } ?? newest
  }

  private struct Telling {
    var rows: [ReportedBucket] = []
    var grouping: Set<UsageBucket.Dimension> = []
    var total: [Int128] = []
    var fetchedAt: Int64 = .min
    private var covered: Int64 = 0

    init() {}

    init(rows: [ReportedBucket]) {
      self.rows = rows
      grouping = rows.reduce(into: []) { $0.formUnion($1.groupedBy) }
      for place in rows.indices { self.rows[place].groupedBy = grouping }
      total = rows.reduce(into: Array(repeating: Int128(0), count: 7)) { total, row in
        let usage = row.usage
        for (place, count) in [
          usage.input, usage.cacheWrite5m, usage.cacheWrite1h, usage.cacheRead, usage.output,
          usage.webSearches,
        ].enumerated() { total[place] += Int128(count) }
        total[6] += row.dollars?.attos ?? 0
      }
      fetchedAt = rows.map(\.fetchedAt).max() ?? .min
      covered = rows.first.map { $0.endingAt - $0.startingAt } ?? 0
    }

    /// Takes in the telling of another span.
    mutating func add(_ other: Telling) {
      grouping = rows.isEmpty ? other.grouping : grouping.intersection(other.grouping)
      total = total.isEmpty ? other.total : zip(total, other.total).map { $0 + $1 }
      fetchedAt = max(fetchedAt, other.fetchedAt)
      covered += other.covered
      rows += other.rows
    }

    /// Hours without usage have no row, so hours seldom prove that they are all.
    var isWholeDay: Bool { covered >= 86_400_000 }

    /// How many of the dimensions that reconciling asks for it tells apart.
    var fineness: Int {
      let asked: [UsageBucket.Dimension] = [
        .model, .workspaceID, .workspace, .tokenType, .costType, .description, .serviceTier,
        .inferenceGeo, .speed, .contextWindow,
      ]
      return asked.filter { grouping.contains($0) }.count
    }
  }
}

extension ReportedBucket {
  /// nil where it tells no amount, or one that cannot be read.
  var dollars: ExactDollars? { amount.flatMap { ExactDollars($0, shift: -2) } }
}

extension CivilDate {
  /// The UTC day of an instant.
  init(ofUTC instant: Int64) {
    let rest = (instant % 86_400_000 + 86_400_000) % 86_400_000
    self.init(dayNumber: Int((instant - rest) / 86_400_000))
  }

  var startOfUTC: Int64 { Int64(dayNumber) * 86_400_000 }
  var endOfUTC: Int64 { startOfUTC + 86_400_000 }
}
