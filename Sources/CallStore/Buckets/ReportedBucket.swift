import GRDB
package import UsageLog

/// A row of a provider's report, as far as reconciling needs it.
package struct ReportedBucket: Sendable {
  package var report: UsageBucket.Report
  /// UTC milliseconds, the end exclusive.
  package var startingAt: Int64
  package var endingAt: Int64
  /// When the vendor made the figures, as far as is known.
  package var fetchedAt: Int64
  /// The log that told it.
  package var source: Int64 = 0
  /// The dimensions its report tells apart.
  package var groupedBy: Set<UsageBucket.Dimension> = []
  package var dimensions: [UsageBucket.Dimension: String] = [:]
  package var usage = TokenUsage()
  package var currency: String?
  /// Decimal text in cents.
  package var amount: String?

  package init(
    report: UsageBucket.Report, startingAt: Int64, endingAt: Int64, fetchedAt: Int64
  ) {
    self.report = report
    self.startingAt = startingAt
    self.endingAt = endingAt
    self.fetchedAt = fetchedAt
  }
}

extension CallDatabase {
  /// Every bucket that counts of these reports, and has some time in common with the window.
  ///
  /// Several groupings and widths may tell of the same time: they are not to be added up.
  package func reportedBuckets(
    of reports: [UsageBucket.Report], in window: Range<Int64>
  ) throws -> [ReportedBucket] {
    try reading { reader in
      try reader.outside { db in
        try reports.flatMap { try ReportedBucket.all(of: $0, in: window, db) }
      }
    }
  }
}

extension ReportedBucket {
  fileprivate static func all(
    of report: UsageBucket.Report, in window: Range<Int64>, _ db: Database
  ) throws -> [ReportedBucket] {
    let names = UsageBucket.Dimension.columns
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT starting_at, ending_at, fetched_at, grouped_by, input_tokens, cache_create_tokens,
          cache_create_1h_tokens, cache_read_tokens, output_tokens, web_search_requests, currency,
          amount, source, \(names.map(\.rawValue).joined(separator: ", "))
        FROM usage_bucket WHERE report = ? AND starting_at < ? AND ending_at > ?
        ORDER BY starting_at, ending_at, key
        """, arguments: [report.rawValue, window.upperBound, window.lowerBound])
    return rows.map { row in
      var bucket = ReportedBucket(
        report: report, startingAt: row[0], endingAt: row[1], fetchedAt: row[2])
      let grouped: String = row[3]
      bucket.groupedBy = Set(
        grouped.split(separator: ",").map { UsageBucket.Dimension(rawValue: String($0)) })
      func count(_ place: Int) -> Int64 { row[place] as Int64? ?? 0 }
      bucket.usage = TokenUsage(
        input: count(4), cacheWrite5m: count(5) - count(6), cacheWrite1h: count(6),
        cacheRead: count(7), output: count(8), webSearches: count(9))
      bucket.currency = row[10]
      bucket.amount = row[11]
      bucket.source = row[12]
      for (place, name) in names.enumerated() {
        bucket.dimensions[name] = row[13 + place] as String?
      }
      return bucket
    }
  }
}
