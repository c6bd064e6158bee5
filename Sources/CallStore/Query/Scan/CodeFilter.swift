import UsageLog

/// A filter on codes: which of a column's values it lets through.
struct CodeFilter {
  let column: ScanColumn
  private(set) var letsNullThrough = false
  private var codes = CodeSlots()
  private var ranges: [ClosedRange<Int64>] = []

  /// Values of one dimension are alternatives; a name that no call has matches nothing.
  init(_ filter: ScanRequest.Filter, _ known: DimensionCodes) throws {
    column = filter.dimension.scanColumn
    for value in filter.values {
      if Dimension.isNull(filter.dimension, value) {
        letsNullThrough = true
      } else if filter.dimension == .status {
        if let statuses = Selection.statuses(value) { ranges.append(statuses) }
      } else {
        for code in try known.codes(of: filter.dimension, value) { _ = codes.slot(of: code) }
      }
    }
  }

  /// Lets through the codes given and nothing else, but for NULL where that is asked for.
  init(_ column: ScanColumn, codes: CodeSlots, letsNullThrough: Bool = true) {
    self.column = column
    self.codes = codes
    self.letsNullThrough = letsNullThrough
  }

  func letsThrough(_ code: Int64) -> Bool {
    codes.contains(code) || ranges.contains { $0.contains(code) }
  }
}
