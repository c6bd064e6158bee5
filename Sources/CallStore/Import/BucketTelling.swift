import UsageLog

/// What one report says about one span of time: rows that count only together.
struct BucketTelling {
  private(set) var rows: [ImportBatch.Bucket]
  /// Its rows came one to a record, so others of the same log may belong to it too.
  let isFlattened: Bool

  var first: ImportBatch.Bucket { rows[0] }

  /// The dimensions it tells apart.
  var grouping: Set<String> { Set(rows.flatMap { $0.bucket.groupedBy.map(\.rawValue) }) }

  /// The tellings of a batch, in its order.
  static func all(in batch: ImportBatch) -> [BucketTelling] {
    let sizes = batch.buckets.reduce(into: [Place: Int]()) {
      $0[Place($1, $1.line), default: 0] += 1
    }
    var tellings: [BucketTelling] = []
    var positions: [Place: Int] = [:]
    for row in batch.buckets {
      // Somebody's flattened rows stand on a line each and are one telling all the same.
      let isFlattened = sizes[Place(row, row.line)] == 1
      let place = Place(row, isFlattened ? nil : row.line)
      if let position = positions[place] {
        tellings[position].rows.append(row)
      } else {
        positions[place] = tellings.count
        tellings.append(BucketTelling(rows: [row], isFlattened: isFlattened))
      }
    }
    return tellings
  }

  private struct Place: Hashable {
    let report: UsageBucket.Report
    let startingAt: Int64
    let endingAt: Int64
    let source: Int64
    let line: Int64?

    init(_ row: ImportBatch.Bucket, _ line: Int64?) {
      report = row.bucket.report
      startingAt = row.bucket.startingAt
      endingAt = row.bucket.endingAt
      source = row.source
      self.line = line
    }
  }
}
