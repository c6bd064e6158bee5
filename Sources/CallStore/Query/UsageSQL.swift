/// Writes `selected_usage`, what recipes add up.
///
/// From the sums kept at import as far as they carry everything asked for, else from the calls; either way
/// the same totals.
struct UsageSQL {
  private let selection: SelectionSQL
  private let column: String?
  private let amounts: [UsageAmount]
  private let top: ScanRequest.Top?
  private let dimension: SumDimension?
  private let pieces: [UsageWindow.Piece]
  private let bucket: UsageWindow.Bucket?

  /// - Parameters:
  ///   - column: what it is summed by; nil is one total.
  ///   - amounts: the columns it needs to have.
  ///   - top: only these groups are wanted from calls.
  init(
    _ selection: Selection, by column: String?, _ amounts: [UsageAmount], cuts: [Int64] = [],
    bucket: UsageWindow.Bucket? = nil, top: ScanRequest.Top? = nil
  ) {
    self.selection = SelectionSQL(selection)
    self.column = column
    self.amounts = amounts.isEmpty ? [.calls] : amounts
    self.bucket = bucket
    self.top = top
    let window = UsageWindow(selection, cuts: cuts, bucket: bucket)
    dimension = Self.sums(for: selection, column, self.amounts)
    pieces = dimension == nil ? window.unsummed : window.summed
  }

  /// The sums that carry the grouping, every filter and every amount; nil if none do.
  private static func sums(
    for selection: Selection, _ column: String?, _ amounts: [UsageAmount]
  ) -> SumDimension? {
    guard amounts.allSatisfy(\.isSum) else { return nil }
    var dimensions = Set(selection.filters.keys)
    if let column {
      guard let grouped = Dimension(column: column) else { return nil }
      dimensions.insert(grouped)
    }
    guard let only = dimensions.first else { return .total }
    return dimensions.count == 1 ? only.sum : nil
  }

  // MARK: - As SQL alone

  /// One complete text over `usage_sum` and `selected_call`: what is printed, and runs anywhere.
  var portable: String { common(pieces.map(text)) }

  private func text(_ piece: UsageWindow.Piece) -> String {
    switch piece {
    case .sums(let grain, let buckets): sums(grain: grain, buckets)
    case .calls(let span): calls(span)
    }
  }

  private func common(_ parts: [String]) -> String {
    """
    selected_usage AS (
    \((parts.isEmpty ? [nothing] : parts).joined(separator: "\n  UNION ALL\n"))
    )
    """
  }

  /// An empty window still needs its columns.
  private var nothing: String {
    let columns = (column.map { ["NULL AS \($0)"] } ?? []) + amounts.map { "0 AS \($0.rawValue)" }
    return "  SELECT 0 AS occurred_at, \(columns.joined(separator: ", ")) WHERE 1 = 0"
  }

  private func calls(_ span: Range<Int64>) -> String {
    let shares = amounts.map { "\($0.share(ofCallBy: column)) AS \($0.rawValue)" }
    return """
        SELECT c.occurred_at, \(column.map { "c.\($0), " } ?? "")\(shares.joined(separator: ",\n      "))
        FROM selected_call AS c
        WHERE c.hour >= \(floor(span.lowerBound, hourLength)) \
      AND c.hour <= \(floor(span.upperBound - 1, hourLength))
          AND c.occurred_at >= \(span.lowerBound) AND c.occurred_at < \(span.upperBound)
      """
  }

  private func sums(grain: Int64, _ buckets: Range<Int64>) -> String {
    guard let dimension else { return "" }
    // Without buckets to keep apart, a piece is one row a value: grouped by code, then named.
    let time =
      bucket == nil
      ? "\(buckets.lowerBound * grain * hourLength)" : "bucket * \(grain * hourLength)"
    let sums = amounts.map { "SUM(\($0.rawValue)) AS \($0.rawValue)_sum" }
    let filtered = column ?? selection.selection.sortedFilters.first?.dimension.column
    let name = filtered.map { "\(text(dimension)) AS \($0), " } ?? ""
    let columns =
      ["occurred_at"] + (column.map { [$0] } ?? []) + amounts.map { "\($0.rawValue)" }
    return """
        SELECT \(columns.joined(separator: ", ")) FROM (
          SELECT occurred_at, \(name)\(amounts.map { "\($0.rawValue)_sum AS \($0.rawValue)" }.joined(separator: ", "))
          FROM (
            SELECT \(time) AS occurred_at, value, \(sums.joined(separator: ", "))
            FROM usage_sum
            WHERE dimension = \(dimension.rawValue) AND grain = \(grain)
              AND bucket >= \(buckets.lowerBound) AND bucket < \(buckets.upperBound)
            GROUP BY \(bucket == nil ? "value" : "bucket, value")
          ) AS s
        ) AS named\(SelectionSQL.whereClause(selection.filters))
      """
  }

  /// The name behind a sum's code; 0 was not logged.
  private func text(_ dimension: SumDimension) -> String {
    "(SELECT text FROM name WHERE id = value)"
  }

  // MARK: - As the sums, and calls scanned by column

  /// What has to be scanned before `scanned` can be read; nil if the sums answer everything.
  var scan: ScanRequest? {
    let spans = pieces.compactMap { if case .calls(let span) = $0 { span } else { nil } }
    guard !spans.isEmpty else { return nil }
    return ScanRequest(
      spans: spans,
      filters: ScanRequest.filters(of: selection.selection),
      group: column.flatMap { Dimension(column: $0) }, amounts: amounts, top: top)
  }

  /// The same rows, with those of the calls taken from `ScannedUsage`'s table.
  var scanned: String {
    var parts = pieces.compactMap { if case .sums = $0 { text($0) } else { nil } }
    if scan != nil {
      let group = column.flatMap { Dimension(column: $0) }.map {
        "\(name(of: $0)) AS \($0.column), "
      }
      parts.append(
        """
          SELECT occurred_at, \(group ?? "")\(amounts.map(\.rawValue).joined(separator: ", "))
          FROM \(ScannedUsage.table)
        """)
    }
    return common(parts)
  }

  /// The name behind a scanned group's code; NULL was not logged.
  private func name(of dimension: Dimension) -> String {
    switch dimension {
    case .status: "value"
    case .session, .user: "(SELECT text FROM long_name WHERE code = value)"
    case .promptHash:
      """
      COALESCE((SELECT text FROM long_name WHERE code = value), \
      CASE WHEN value IS NOT NULL THEN printf('%016x', value) END)
      """
    default: "(SELECT text FROM name WHERE id = value)"
    }
  }
}
