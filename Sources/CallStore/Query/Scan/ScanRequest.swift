/// What is to be added up over calls: the part of `selected_usage` that no sum answers.
struct ScanRequest {
  /// Half-open spans of UTC milliseconds, in order; each makes rows of its own, dated with its start.
  var spans: [Range<Int64>]
  /// Each bucket of a span makes rows of its own, too, dated with its start.
  var bucket: UsageBucketing?
  var filters: [Filter]
  var keys: [ScanKey]
  var amounts: [UsageAmount]
  var percentiles: [UsagePercentile] = []
  var sequence: CallSequence?
  var top: Top?
  var least: Least?

  struct Filter: Equatable {
    var dimension: Dimension
    /// Alternatives, as in `Selection.filters`.
    var values: [String]
  }

  static func filters(of selection: Selection) -> [Filter] {
    selection.sortedFilters.map { Filter(dimension: $0.dimension, values: $0.values) }
  }

  /// Only the groups with the largest sums of one amount are wanted, ties included, and the group of what was
  /// not logged.
  struct Top: Equatable {
    var count: Int
    var amount: UsageAmount
  }

  /// Groups that have less of an amount are not wanted.
  struct Least: Equatable {
    var amount: UsageAmount
    var value: Int64
  }
}
