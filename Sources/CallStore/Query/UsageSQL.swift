/// Writes `selected_usage`, what recipes add up.
///
/// From the sums kept at import as far as they carry everything asked for, else from the calls; either way
/// the same totals.
struct UsageSQL {
  private let selection: SelectionSQL
  private let shape: UsageShape
  private let top: ScanRequest.Top?
  private let least: ScanRequest.Least?
  private let dimension: SumDimension?
  private let pieces: [UsageWindow.Piece]
  private let starts: [Int64]

  /// A column that is the same in every row, for recipes that may also be asked for nothing but the total.
  static let scope = "scope"

  /// - Parameters:
  ///   - cuts: where windows meet inside the selection: no piece may reach over such an instant.
  ///   - top: only these groups are wanted from calls.
  ///   - least: only groups with so much are wanted.
  init(
    _ selection: Selection, _ shape: UsageShape, cuts: [Int64] = [], top: ScanRequest.Top? = nil,
    least: ScanRequest.Least? = nil
  ) {
    self.selection = SelectionSQL(selection)
    self.shape = shape
    let window = UsageWindow(selection, cuts: cuts, bucket: shape.bucket)
    starts = window.starts
    dimension = shape.sums(for: selection)
    pieces = dimension == nil ? window.unsummed : window.summed
    // Who is at the top is decided by all of the window, not by the ends that sums leave over.
    self.top = dimension == nil && shape.columns.count == 1 ? top : nil
    // One span, one row a group: else a group's parts may each be small.
    self.least = dimension == nil && pieces.count == 1 && shape.bucket == nil ? least : nil
  }

  // MARK: - As SQL alone

  /// One complete text over `usage_sum` and `selected_call`: what is printed, and runs anywhere.
  var portable: String { (shape.sequence?.common ?? "") + common(pieces.map(text)) }

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
    let columns = shape.columns.map { "NULL AS \($0)" } + shape.names.map { "0 AS \($0)" }
    return "  SELECT 0 AS occurred_at, \(columns.joined(separator: ", ")) WHERE 1 = 0"
  }

  private func calls(_ span: Range<Int64>) -> String {
    let shares =
      shape.amounts.map {
        "\($0.share(ofCallBy: shape.columns, bucket: shape.bucket)) AS \($0.rawValue)"
      }
      + shape.percentiles.map {
        "\($0.share(ofCallBy: shape.columns, bucket: shape.bucket)) AS \($0.column)"
      }
    let columns = shape.columns.map { $0 == Self.scope ? "'all' AS scope, " : "c.\($0), " }
    return """
        SELECT \(time(of: "c.occurred_at", in: span)) AS occurred_at, \
      \(columns.joined())\(shares.joined(separator: ",\n      "))
        FROM \(shape.sequence == nil ? "selected_call" : "sequenced_call") AS c
        WHERE c.hour >= \(floor(span.lowerBound, hourLength)) \
      AND c.hour <= \(floor(span.upperBound - 1, hourLength))
          AND c.occurred_at >= \(span.lowerBound) AND c.occurred_at < \(span.upperBound)
      """
  }

  /// A piece is dated with its start, or with its buckets' starts where they are kept apart.
  private func time(of column: String, in span: Range<Int64>) -> String {
    let window = starts.last { $0 <= span.lowerBound } ?? span.lowerBound
    guard let bucket = shape.bucket else { return "\(span.lowerBound)" }
    let start = bucket.start(of: column)
    return bucket.start(of: window) == window
      ? start : "CASE WHEN \(start) < \(window) THEN \(window) ELSE \(start) END"
  }

  private func sums(grain: Int64, _ buckets: Range<Int64>, tables: String) -> String {
    // Grouped by code, then named: a name is looked up once a group.
    let length = grain * hourLength
    let span = buckets.lowerBound * length..<buckets.upperBound * length
    let sums = shape.amounts.map { "SUM(\($0.rawValue)) AS \($0.rawValue)_sum" }
    let named = shape.amounts.map { "\($0.rawValue)_sum AS \($0.rawValue)" }
    let column = shape.columns.first { $0 != Self.scope }
    let filtered = column ?? selection.selection.sortedFilters.first?.dimension.column
    let name = filtered.map { "(SELECT text FROM \(tables)name WHERE id = value) AS \($0), " } ?? ""
    let scope = shape.columns.contains(Self.scope) ? "'all' AS scope, " : ""
    return """
        SELECT \((["occurred_at"] + shape.columns + shape.names).joined(separator: ", ")) FROM (
          SELECT \(time(of: "started_at", in: span)) AS occurred_at, \
      \(scope)\(name)\(named.joined(separator: ", "))
          FROM (
            SELECT \(shape.bucket == nil ? "0" : "bucket * \(length)") AS started_at, value, \
      \(sums.joined(separator: ", "))
            FROM \(tables)usage_sum
            WHERE dimension = \(dimension?.rawValue ?? 0) AND grain = \(grain)
              AND bucket >= \(buckets.lowerBound) AND bucket < \(buckets.upperBound)
            GROUP BY \(shape.bucket == nil ? "value" : "bucket, value")
          ) AS s
        ) AS named\(SelectionSQL.whereClause(selection.filters))
      """
  }

  // MARK: - As the sums, and calls scanned by column

  /// What has to be scanned before `scanned` can be read; nil if nothing has to, or nothing can.
  var scan: ScanRequest? {
    let spans = pieces.compactMap { if case .calls(let span) = $0 { span } else { nil } }
    guard !spans.isEmpty, let keys = shape.scanKeys else { return nil }
    return ScanRequest(
      spans: spans, bucket: shape.bucket, filters: ScanRequest.filters(of: selection.selection),
      keys: keys, amounts: shape.amounts, percentiles: shape.percentiles,
      sequence: shape.sequence, top: top, least: least)
  }

  /// The same rows, with those of the calls taken from `ScannedUsage`'s table.
  ///
  /// Tables are named with their schema: no table expression of a user's recipe can stand in for them.
  var scanned: String {
    guard let keys = shape.scanKeys else { return portable }
    var parts = pieces.compactMap {
      if case .sums(let grain, let buckets) = $0 {
        sums(grain: grain, buckets, tables: "main.")
      } else {
        nil
      }
    }
    if scan != nil {
      var named: [String] = []
      var place = 0
      for column in shape.columns {
        if column == Self.scope {
          named.append("'all' AS scope")
        } else {
          place += 1
          named.append("\(keys[place - 1].name(of: "key_\(place)")) AS \(column)")
        }
      }
      parts.append(
        """
          SELECT \((["occurred_at"] + named + shape.names).joined(separator: ", "))
          FROM \(ScannedUsage.table)
        """)
    }
    return common(parts)
  }
}
