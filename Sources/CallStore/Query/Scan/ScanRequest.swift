/// What is to be added up over calls: the part of `selected_usage` that no sum answers.
struct ScanRequest: Equatable {
  /// Half-open spans of UTC milliseconds; each makes rows of its own, dated with its start.
  var spans: [Range<Int64>]
  /// Each bucket of a span makes rows of its own, too.
  var bucket: UsageWindow.Bucket?
  var filters: [Filter]
  var group: Dimension?
  var amounts: [UsageAmount]
  var top: Top?

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
}
