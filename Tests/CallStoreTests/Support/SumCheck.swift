import Testing

@testable import CallStore

extension Desk {
  /// Rows of `usage_sum` that the calls do not bear out, and rows it lacks.
  func wrongSums() throws -> [String] {
    var wrong: [String] = []
    for dimension in SumDimension.allCases {
      for grain in [1, 24] as [Int64] {
        let stored = try rows(stored(dimension, grain)).map(text)
        let counted = try rows(counted(dimension, grain)).map(text)
        wrong += difference(stored, counted).map { "\(dimension) by \(grain) h: " + $0 }
      }
    }
    return wrong
      + (try rows("SELECT * FROM usage_sum WHERE dimension = 5").map(text))
  }

  private func text(_ row: [String?]) -> String { row.map { $0 ?? "NULL" }.joined(separator: "|") }

  private func stored(_ dimension: SumDimension, _ grain: Int64) -> String {
    """
    SELECT bucket, value, \(UsageAmount.summed.map(\.rawValue).joined(separator: ", ")) FROM usage_sum
    WHERE dimension = \(dimension.rawValue) AND grain = \(grain)
    """
  }

  /// Written without looking at how the import sums.
  private func counted(_ dimension: SumDimension, _ grain: Int64) -> String {
    """
    SELECT occurred_at / \(grain * 3_600_000), COALESCE(\(dimension.column?.name ?? "NULL"), 0),
      SUM(kind IS NULL), SUM(kind IS NOT NULL),
      SUM(kind IS NULL AND cost_usd_nanos IS NOT NULL),
      SUM(kind IS NOT NULL AND cost_usd_nanos IS NOT NULL),
      SUM(input_tokens IS NULL AND cost_usd_nanos IS NULL),
      COALESCE(SUM(status_code >= 400), 0),
      \(measures.map { "COALESCE(SUM(\($0)), 0)" }.joined(separator: ", ")), COUNT(latency_ms),
      SUM(CASE WHEN cost_usd_nanos IS NULL AND list_cost_usd_nanos IS NULL
        THEN COALESCE(input_tokens, 0) + COALESCE(cache_create_tokens, 0)
          + COALESCE(cache_read_tokens, 0) + COALESCE(output_tokens, 0) ELSE 0 END),
      SUM(cost_usd_nanos IS NULL AND list_cost_usd_nanos IS NOT NULL),
      COALESCE(SUM(list_cost_usd_nanos) FILTER (WHERE cost_usd_nanos IS NULL), 0),
      COALESCE(SUM(COALESCE(list_cost_usd_nanos, cost_usd_nanos)), 0)
    FROM call GROUP BY 1, 2
    """
  }

  private var measures: [String] {
    [
      "input_tokens", "cache_create_tokens", "cache_create_1h_tokens", "cache_read_tokens",
      "output_tokens", "web_search_requests", "cost_usd_nanos", "latency_ms",
    ]
  }
}
