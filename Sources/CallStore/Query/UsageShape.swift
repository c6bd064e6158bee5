/// What the rows of `selected_usage` are: groups of calls by some columns and buckets of time, with amounts.
struct UsageShape {
  /// Columns of `llm_call`, those a sequence gives (`storm`, `reuse`), or `scope`.
  let columns: [String]
  let amounts: [UsageAmount]
  let percentiles: [UsagePercentile]
  let bucket: UsageBucketing?
  let sequence: CallSequence?

  init(
    by columns: [String], _ amounts: [UsageAmount], percentiles: [UsagePercentile] = [],
    bucket: UsageBucketing? = nil, sequence: CallSequence? = nil
  ) {
    self.columns = columns
    self.amounts = amounts.isEmpty && percentiles.isEmpty ? [.calls] : amounts
    self.percentiles = percentiles
    self.bucket = bucket
    self.sequence = sequence
  }

  /// The amounts' columns.
  var names: [String] { amounts.map(\.rawValue) + percentiles.map(\.column) }

  /// The sums that carry the grouping, every filter and every amount; nil if none do.
  func sums(for selection: Selection) -> SumDimension? {
    guard amounts.allSatisfy(UsageAmount.isSummed.contains), percentiles.isEmpty else { return nil }
    if let bucket, bucket.grain == nil { return nil }
    var dimensions = Set(selection.filters.keys)
    for column in columns where column != UsageSQL.scope {
      guard let grouped = Dimension(column: column) else { return nil }
      dimensions.insert(grouped)
    }
    guard let only = dimensions.first else { return .total }
    return dimensions.count == 1 ? only.sum : nil
  }

  /// The columns as the packed ones know them; nil if one of them is not packed.
  ///
  /// Other columns of `llm_call` can be grouped by, too; only their rows tell them.
  var scanKeys: [ScanKey]? {
    let wanted = columns.filter { $0 != UsageSQL.scope }
    let keys = wanted.compactMap(ScanKey.init(column:))
    return keys.count == wanted.count ? keys : nil
  }
}
