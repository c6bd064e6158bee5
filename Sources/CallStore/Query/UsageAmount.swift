/// The amounts of `selected_usage`; the raw value is the column's name.
enum UsageAmount: String, CaseIterable {
  case calls
  case extraCalls = "extra_calls"
  case pricedCalls = "priced_calls"
  case pricedExtraCalls = "priced_extra_calls"
  case callsWithoutUsage = "calls_without_usage"
  case errors
  case inputTokens = "input_tokens"
  case cacheCreateTokens = "cache_create_tokens"
  case cacheCreate1hTokens = "cache_create_1h_tokens"
  case cacheReadTokens = "cache_read_tokens"
  case outputTokens = "output_tokens"
  case webSearchRequests = "web_search_requests"
  case cost = "cost_usd_nanos"
  case latency = "latency_ms"
  case latencyCalls = "latency_calls"
  /// Of calls that have no price.
  case unpricedTokens = "unpriced_tokens"
  /// Calls that a commitment covers, hidden iterations included.
  case coveredCalls = "covered_calls"
  /// What those would cost at list prices.
  case coveredCost = "covered_usd_nanos"
  /// Of all calls at list prices, covered ones included.
  case listCost = "list_cost_usd_nanos"
  /// Read with MIN and MAX: when the first and the last call was.
  case firstAt = "first_at"
  case lastAt = "last_at"
  /// Read with MAX: the caller's calls of one group in the five minutes that end with one of them.
  case peakCalls = "peak_calls"

  /// Milliseconds that `peak_calls` looks back, and the call itself.
  static let peakSpan: Int64 = 300_000

  /// In `usage_sum`, in its order.
  static let summed = allCases.filter { $0.isSum }

  /// Can be added up over calls.
  var isSum: Bool { ![.firstAt, .lastAt, .peakCalls].contains(self) }

  /// What it says about no call at all.
  var start: Int64 {
    switch self {
    case .firstAt: .max
    case .lastAt: .min
    default: 0
    }
  }

  /// One call's share, as SQL over `llm_call AS c`.
  ///
  /// The columns are qualified because an alias hides the column of its name on other engines.
  func share(ofCallBy column: String?, bucket: UsageWindow.Bucket?) -> String {
    switch self {
    case .calls: "CASE WHEN c.kind = 'call' THEN 1 ELSE 0 END"
    case .extraCalls: "CASE WHEN c.kind = 'call' THEN 0 ELSE 1 END"
    case .pricedCalls:
      "CASE WHEN c.kind = 'call' AND c.cost_usd_nanos IS NOT NULL THEN 1 ELSE 0 END"
    case .pricedExtraCalls:
      "CASE WHEN c.kind <> 'call' AND c.cost_usd_nanos IS NOT NULL THEN 1 ELSE 0 END"
    case .callsWithoutUsage:
      "CASE WHEN c.input_tokens IS NULL AND c.cost_usd_nanos IS NULL THEN 1 ELSE 0 END"
    case .errors: "CASE WHEN c.status_code >= 400 THEN 1 ELSE 0 END"
    case .latencyCalls: "CASE WHEN c.latency_ms IS NULL THEN 0 ELSE 1 END"
    case .unpricedTokens:
      """
      CASE WHEN c.cost_usd_nanos IS NULL AND c.list_cost_usd_nanos IS NULL
        THEN COALESCE(c.input_tokens, 0) + COALESCE(c.cache_create_tokens, 0)
          + COALESCE(c.cache_read_tokens, 0) + COALESCE(c.output_tokens, 0)
        ELSE 0 END
      """
    case .coveredCalls:
      "CASE WHEN c.cost_usd_nanos IS NULL AND c.list_cost_usd_nanos IS NOT NULL THEN 1 ELSE 0 END"
    case .coveredCost:
      "CASE WHEN c.cost_usd_nanos IS NULL THEN COALESCE(c.list_cost_usd_nanos, 0) ELSE 0 END"
    case .firstAt, .lastAt: "c.occurred_at"
    case .peakCalls:
      """
      SUM(CASE WHEN c.kind = 'call' THEN 1 ELSE 0 END) OVER (\
      \(Self.partition(column, bucket))ORDER BY c.occurred_at \
      RANGE BETWEEN \(Self.peakSpan - 1) PRECEDING AND CURRENT ROW)
      """
    default: "COALESCE(c.\(rawValue), 0)"
    }
  }

  private static func partition(_ column: String?, _ bucket: UsageWindow.Bucket?) -> String {
    let terms =
      (column.map { ["c.\($0)"] } ?? [])
      + (bucket.map { ["c.occurred_at - c.occurred_at % \($0.length)"] } ?? [])
    return terms.isEmpty ? "" : "PARTITION BY \(terms.joined(separator: ", ")) "
  }

  /// Those that a recipe's text mentions; all of them if it asks for `*`.
  static func mentioned(in sql: String) -> [UsageAmount] {
    let words = SQLText.words(sql)
    let isStar = zip(words, words.dropFirst()).contains { before, word in
      word == "*" && ["select", "distinct", "all", ",", "."].contains(before)
    }
    return isStar ? allCases : allCases.filter { words.contains($0.rawValue) }
  }
}
