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
  /// All of a call's input: fresh, written to the cache and read from it.
  case promptTokens = "prompt_tokens"
  /// What a call shares with others of its prefix: what it read from the cache; else what it wrote there; else, where
  /// nothing was cached, all of its input: an upper bound.
  case sharedTokens = "shared_tokens"
  /// What a call that read from the cache wrote to it besides.
  case addedTokens = "added_tokens"
  case firstToken = "ttft_ms"
  case firstTokenCalls = "ttft_calls"
  /// Calls that follow another one of their session.
  case followingCalls = "following_calls"
  /// Of those: what the call before had already sent or received, sent again.
  case resentTokens = "resent_tokens"
  /// Of those: the calls whose prompt is larger than the one before.
  case grownCalls = "grown_calls"
  /// Calls that are not the first attempt at their operation.
  case retryCalls = "retry_calls"
  /// What those cost.
  case retryCost = "retry_usd_nanos"
  /// What attempts cost that were followed by another attempt at their operation.
  case supersededCost = "superseded_usd_nanos"
  /// Between the end of one attempt at an operation and the start of the next.
  case waitMs = "wait_ms"
  /// The caller's calls that do not say whose or what they are.
  case callsWithoutTenant = "calls_without_tenant"
  case callsWithoutFeature = "calls_without_feature"
  case callsWithoutPrompt = "calls_without_prompt"
  /// Read with MIN and MAX: when the first and the last call was.
  case firstAt = "first_at"
  case lastAt = "last_at"
  /// Read with MAX: the caller's calls of one group in the five minutes that end with one of them.
  case peakCalls = "peak_calls"
  /// Read with MIN or MAX, of the caller's calls that tell it.
  case smallestPrompt = "min_prompt_tokens"
  case largestPrompt = "max_prompt_tokens"
  case largestOutput = "max_output_tokens"
  case longestLatency = "max_latency_ms"

  /// Milliseconds that `peak_calls` looks back, and the call itself.
  static let peakSpan: Int64 = 300_000

  /// In `usage_sum`, in its order.
  static let summed = Array(allCases.prefix { $0 != .promptTokens })
  static let isSummed = Set(summed)

  /// Can be added up over calls.
  var isSum: Bool { ![.firstAt, .lastAt, .peakCalls].contains(self) && extreme == nil }

  /// What the smallest or largest of is looked for.
  var extreme: UsagePercentile.Measure? {
    switch self {
    case .smallestPrompt, .largestPrompt: .promptTokens
    case .largestOutput: .outputTokens
    case .longestLatency: .latency
    default: nil
    }
  }

  /// Calls that do not tell it are counted.
  var missing: Dimension? {
    switch self {
    case .callsWithoutTenant: .tenant
    case .callsWithoutFeature: .feature
    case .callsWithoutPrompt: .promptHash
    default: nil
    }
  }

  /// What it says about no call at all.
  var start: Int64 {
    switch self {
    case .firstAt, .smallestPrompt: .max
    case .lastAt, .largestPrompt, .largestOutput, .longestLatency: .min
    default: 0
    }
  }

  /// One call's share, as SQL over `llm_call AS c`.
  ///
  /// The columns are qualified because an alias hides the column of its name on other engines.
  func share(ofCallBy columns: [String], bucket: UsageBucketing?) -> String {
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
    case .promptTokens: Self.prompt
    case .sharedTokens:
      """
      CASE WHEN c.cache_read_tokens > 0 THEN c.cache_read_tokens
        WHEN c.cache_create_tokens > 0 THEN c.cache_create_tokens
        ELSE COALESCE(c.input_tokens, 0) END
      """
    case .addedTokens:
      "CASE WHEN c.cache_read_tokens > 0 THEN COALESCE(c.cache_create_tokens, 0) ELSE 0 END"
    case .firstTokenCalls: "CASE WHEN c.ttft_ms IS NULL THEN 0 ELSE 1 END"
    case .followingCalls: "CASE WHEN c.previous_prompt IS NULL THEN 0 ELSE 1 END"
    case .resentTokens:
      """
      CASE WHEN c.previous_prompt IS NULL THEN 0
        WHEN c.previous_prompt + c.previous_output < \(Self.prompt)
          THEN c.previous_prompt + c.previous_output
        ELSE \(Self.prompt) END
      """
    case .grownCalls: "CASE WHEN c.previous_prompt < \(Self.prompt) THEN 1 ELSE 0 END"
    case .retryCalls:
      "CASE WHEN \(Self.isRetry) THEN 1 ELSE 0 END"
    case .retryCost: "CASE WHEN \(Self.isRetry) THEN COALESCE(c.cost_usd_nanos, 0) ELSE 0 END"
    case .supersededCost:
      "CASE WHEN c.next_start IS NOT NULL THEN COALESCE(c.cost_usd_nanos, 0) ELSE 0 END"
    case .waitMs:
      "CASE WHEN c.occurred_at > c.previous_end THEN c.occurred_at - c.previous_end ELSE 0 END"
    case .callsWithoutTenant, .callsWithoutFeature, .callsWithoutPrompt:
      "CASE WHEN c.kind = 'call' AND c.\(missing?.column ?? "") IS NULL THEN 1 ELSE 0 END"
    case .smallestPrompt, .largestPrompt, .largestOutput, .longestLatency: extreme?.value ?? "NULL"
    case .firstAt, .lastAt: "c.occurred_at"
    case .peakCalls:
      """
      SUM(CASE WHEN c.kind = 'call' THEN 1 ELSE 0 END) OVER (\
      \(Self.partition(columns, bucket))ORDER BY c.occurred_at \
      RANGE BETWEEN \(Self.peakSpan - 1) PRECEDING AND CURRENT ROW)
      """
    default: "COALESCE(c.\(rawValue), 0)"
    }
  }

  /// `PARTITION BY` what keeps groups apart.
  static func partition(_ columns: [String], _ bucket: UsageBucketing?) -> String {
    let terms =
      columns.filter { $0 != UsageSQL.scope }.map { "c.\($0)" }
      + (bucket.map { [$0.start(of: "c.occurred_at")] } ?? [])
    return terms.isEmpty ? "" : "PARTITION BY \(terms.joined(separator: ", ")) "
  }

  /// An attempt after the first, by its number or by its place.
  private static let isRetry =
    "c.kind = 'call' AND (c.attempt > 1 OR c.previous_end IS NOT NULL)"

  /// All of a call's input.
  static let prompt =
    "(COALESCE(c.input_tokens, 0) + COALESCE(c.cache_create_tokens, 0) + COALESCE(c.cache_read_tokens, 0))"

  /// Those that a recipe's text mentions; all of them if it asks for `*`.
  static func mentioned(in sql: String) -> [UsageAmount] {
    let words = SQLText.words(sql)
    let isStar = zip(words, words.dropFirst()).contains { before, word in
      word == "*" && ["select", "distinct", "all", ",", "."].contains(before)
    }
    return isStar ? allCases : allCases.filter { words.contains($0.rawValue) }
  }
}
