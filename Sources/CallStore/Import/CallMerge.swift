import UsageLog

/// Two records of one call become one row: fields are merged, not rows.
///
/// The fuller record decides what was used; whoever knows anything else first keeps it. The result does not
/// depend on which of two records came first, but for time and tenant, which stay.
enum CallMerge {
  struct Result {
    var isChanged = false
    /// Equally full, but not of the same usage.
    var isConflict = false
  }

  /// Merges row 1 of `rows` into row 0.
  static func merge(_ rows: inout CodedCalls) -> Result {
    var result = Result()
    let null = CodedCalls.null
    let old = (0, rows[0, .rowVersion])
    let new = (1, rows[1, .rowVersion])
    var wins = new.1 > old.1
    let tokens: [CallColumn] = [
      .inputTokens, .cacheCreateTokens, .cacheReadTokens, .outputTokens,
    ]
    if new.1 == old.1 {
      let order = compare(tokens.map { rows[1, $0] }, tokens.map { rows[0, $0] })
      result.isConflict = order != 0
      wins = order > 0
    }
    func set(_ column: CallColumn, _ value: Int64) {
      guard rows[0, column] != value else { return }
      rows[0, column] = value
      result.isChanged = true
    }
    for column in CallColumn.billed {
      let value = rows[1, column]
      guard value != null, wins || rows[0, column] == null else { continue }
      // The one-hour part belongs to a count of cache writes; another record's does not fit.
      if column == .cacheCreate1hTokens, !wins,
        rows[0, .cacheCreateTokens] != rows[1, .cacheCreateTokens]
      {
        continue
      }
      set(column, value)
    }
    if rows[0, .cacheCreate1hTokens] > rows[0, .cacheCreateTokens] {
      set(.cacheCreate1hTokens, max(rows[0, .cacheCreateTokens], 0))
    }
    if wins, rows[1, .model] != null { set(.modelRaw, rows[1, .modelRaw]) }
    for column in CallColumn.filled where rows[0, column] == null && rows[1, column] != null {
      set(column, rows[1, column])
    }
    return result
  }

  private static func compare(_ left: [Int64], _ right: [Int64]) -> Int {
    for (left, right) in zip(left, right) where left != right { return left < right ? -1 : 1 }
    return 0
  }
}
