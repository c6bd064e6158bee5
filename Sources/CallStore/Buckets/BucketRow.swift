import UsageLog

extension BucketRow.ToldAs {
  init(_ bucket: UsageBucket) {
    self =
      switch bucket.telling {
      case .wholeSpan: bucket.mayGoOn ? .part : .span
      case .single: .single
      case .runningTotal: .total
      }
  }
}

extension BucketRow {
  func isLater(than other: BucketRow) -> Bool {
    (span.endingAt, fetchedAt, importID, source, line)
      > (other.span.endingAt, other.fetchedAt, other.importID, other.source, other.line)
  }

  func isSameTelling(as other: BucketRow) -> Bool {
    importID == other.importID && source == other.source && line == other.line
  }

  func saysTheSame(as other: BucketRow) -> Bool {
    source == other.source && line == other.line && key == other.key && figures == other.figures
      && fetchedAt == other.fetchedAt && grouping == other.grouping
  }

  init(_ entry: ImportBatch.Bucket, importID: Int64, position: Int) {
    let bucket = entry.bucket
    let usage = bucket.usage
    self.init(
      span: Span(bucket), key: Int64(bitPattern: bucket.key),
      grouping: Set(bucket.groupedBy.map(\.rawValue)), fetchedAt: entry.fetchedAt,
      source: entry.source, line: entry.line, importID: importID,
      figures: Figures(
        amounts: [bucket.amount, bucket.listAmount, bucket.currency],
        counts: [
          usage.input, usage.cacheCreate, usage.cacheCreate1h, usage.cacheRead, usage.output,
          usage.webSearches, bucket.requests,
        ]), toldAs: BucketRow.ToldAs(bucket), position: position)
  }
}

extension BucketRow.Span {
  init(_ bucket: UsageBucket) {
    self.init(
      report: bucket.report.rawValue, startingAt: bucket.startingAt, endingAt: bucket.endingAt)
  }
}
