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
    let window = UsageWindow(selection, cuts: cuts, bucket: bucket)
    dimension = Self.sums(for: selection, column, self.amounts)
    pieces = dimension == nil ? window.unsummed : window.summed
    // Who is at the top is decided by all of the window, not by the ends that sums leave over.
    self.top = dimension == nil ? top : nil
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
    case .sums(let grain, let buckets): sums(grain: grain, buckets, tables: "")
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

  /// Without buckets to keep apart, a piece is dated with its start, whichever way it is answered.
  private func calls(_ span: Range<Int64>) -> String {
    let shares = amounts.map {
      "\($0.share(ofCallBy: column, bucket: bucket)) AS \($0.rawValue)"
    }
    let time = bucket == nil ? "\(span.lowerBound) AS occurred_at" : "c.occurred_at"
    return """
        SELECT \(time), \(column.map { "c.\($0), " } ?? "")\(shares.joined(separator: ",\n      "))
        FROM selected_call AS c
        WHERE c.hour >= \(floor(span.lowerBound, hourLength)) \
      AND c.hour <= \(floor(span.upperBound - 1, hourLength))
          AND c.occurred_at >= \(span.lowerBound) AND c.occurred_at < \(span.upperBound)
      """
  }

  private func sums(grain: Int64, _ buckets: Range<Int64>, tables: String) -> String {
    // Grouped by code, then named: a name is looked up once a group.
    let time =
      bucket == nil
      ? "\(buckets.lowerBound * grain * hourLength)" : "bucket * \(grain * hourLength)"
    let sums = amounts.map { "SUM(\($0.rawValue)) AS \($0.rawValue)_sum" }
    let named = amounts.map { "\($0.rawValue)_sum AS \($0.rawValue)" }
    let filtered = column ?? selection.selection.sortedFilters.first?.dimension.column
    let name = filtered.map { "(SELECT text FROM \(tables)name WHERE id = value) AS \($0), " } ?? ""
    let columns = ["occurred_at"] + (column.map { [$0] } ?? []) + amounts.map(\.rawValue)
    return """
        SELECT \(columns.joined(separator: ", ")) FROM (
          SELECT occurred_at, \(name)\(named.joined(separator: ", "))
          FROM (
            SELECT \(time) AS occurred_at, value, \(sums.joined(separator: ", "))
            FROM \(tables)usage_sum
            WHERE dimension = \(dimension?.rawValue ?? 0) AND grain = \(grain)
              AND bucket >= \(buckets.lowerBound) AND bucket < \(buckets.upperBound)
            GROUP BY \(bucket == nil ? "value" : "bucket, value")
          ) AS s
        ) AS named\(SelectionSQL.whereClause(selection.filters))
      """
  }

  // MARK: - As the sums, and calls scanned by column

  /// What has to be scanned before `scanned` can be read; nil if nothing has to, or nothing can.
  var scan: ScanRequest? {
    let spans = pieces.compactMap { if case .calls(let span) = $0 { span } else { nil } }
    guard !spans.isEmpty, isPacked else { return nil }
    return ScanRequest(
      spans: spans, bucket: bucket, filters: ScanRequest.filters(of: selection.selection),
      group: group, amounts: amounts, top: top)
  }

  private var group: Dimension? { column.flatMap { Dimension(column: $0) } }

  /// Other columns of `llm_call` can be grouped by, too; only their rows tell them.
  private var isPacked: Bool { column == nil || group != nil }

  /// The same rows, with those of the calls taken from `ScannedUsage`'s table.
  ///
  /// Tables are named with their schema: no table expression of a user's recipe can stand in for them.
  var scanned: String {
    guard isPacked else { return portable }
    var parts = pieces.compactMap {
      if case .sums(let grain, let buckets) = $0 {
        sums(grain: grain, buckets, tables: "main.")
      } else {
        nil
      }
    }
    if scan != nil {
      let named = group.map { "\(name(of: $0)) AS \($0.column), " } ?? ""
      parts.append(
        """
          SELECT occurred_at, \(named)\(amounts.map(\.rawValue).joined(separator: ", "))
          FROM \(ScannedUsage.table)
        """)
    }
    return common(parts)
  }

  /// The name behind a scanned group's code; NULL was not logged.
  private func name(of dimension: Dimension) -> String {
    switch dimension {
    case .status: "value"
    case .session, .user: "(SELECT text FROM main.long_name WHERE code = value)"
    case .promptHash:
      """
      COALESCE((SELECT text FROM main.long_name WHERE code = value), \
      CASE WHEN value IS NOT NULL THEN printf('%016x', value) END)
      """
    default: "(SELECT text FROM main.name WHERE id = value)"
    }
  }
}
