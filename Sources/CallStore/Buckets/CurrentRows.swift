import GRDB
import UsageLog

extension StoredBuckets {
  /// Every bucket that counts.
  static func current(_ db: Database) throws -> [ImportBatch.Bucket] {
    let columns = dimensions.map(\.rawValue) + figures
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT report, starting_at, ending_at, source, source_line, fetched_at, grouped_by, told_as,
          amount_usd_nanos, list_amount_usd_nanos, other_dimensions, \(columns.joined(separator: ", "))
        FROM bucket_telling WHERE is_current = 1
        """)
    return rows.compactMap { row in
      guard let report = UsageBucket.Report(rawValue: row[0]) else { return nil }
      var bucket = UsageBucket(report: report, startingAt: row[1], endingAt: row[2])
      let grouped: String = row[6]
      bucket.groupedBy = grouped.split(separator: ",").map {
        UsageBucket.Dimension(rawValue: String($0))
      }
      switch BucketRow.ToldAs(rawValue: row[7]) ?? .span {
      case .span: break
      case .part: bucket.mayGoOn = true
      case .single: bucket.telling = .single
      case .total: bucket.telling = .runningTotal
      }
      bucket.amountNanos = row[8]
      bucket.listAmountNanos = row[9]
      bucket.readOtherDimensions(row[10])
      for (place, dimension) in dimensions.enumerated() {
        bucket.dimensions[dimension] = row[11 + place] as String?
      }
      let first = 11 + dimensions.count
      bucket.amount = row[first]
      bucket.listAmount = row[first + 1]
      bucket.currency = row[first + 2]
      bucket.usage.input = row[first + 3]
      bucket.usage.cacheCreate = row[first + 4]
      bucket.usage.cacheCreate1h = row[first + 5]
      bucket.usage.cacheRead = row[first + 6]
      bucket.usage.output = row[first + 7]
      bucket.usage.webSearches = row[first + 8]
      bucket.requests = row[first + 9]
      return ImportBatch.Bucket(bucket: bucket, fetchedAt: row[5], source: row[3], line: row[4])
    }
  }
}
