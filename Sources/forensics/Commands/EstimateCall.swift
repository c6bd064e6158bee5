import Tables
import UsageLog

/// One call's cost by kind of token: input, cache, output, total.
struct EstimateCall {
  let usage: TokenUsage
  let cost: WorkloadCost
  let scale: EstimateScale

  func table() throws -> Tables.Table {
    var rows: [[Value]] = []
    for part in parts {
      rows.append(
        try [.text(part.name), .integer(part.tokens), .integer(payable(part.rate))]
          + scale.amounts(part.cost) + [percent(part.cost, of: cost.total.total)])
    }
    let all = usage.promptTokens + usage.output
    rows.append(
      try [.text("total"), .integer(all), .null] + scale.amounts(cost.total.total)
        + [cost.total.total > 0 ? .real(100) : .null])
    for (name, share) in scale.additions {
      rows.append(
        try [.text(name), .null, .null] + scale.amounts(cost.total.total, times: share) + [.null])
    }
    let columns: [Tables.Column] =
      [.named("part"), .named("tokens", .tokens), .named("usd_per_mtok", .usd)]
      + [.named("per_call_usd", .usd)] + scale.columns.map { .named($0.name, .usd) }
      + [.named("share_pct", .pct)]
    return Tables.Table(columns: columns, rows: rows)
  }

  /// Nanodollars a million tokens of a rate in picodollars a token, a discount taken off.
  private func payable(_ rate: Int64) -> Int64 {
    Int64(cost.period.payable.rounded(Int128(rate) * 1000))
  }

  /// Said where the prompt is beyond the base rates.
  var remarks: [String] {
    guard usage.promptTokens > cost.period.longThreshold else { return [] }
    return [
      "the prompt is longer than \(grouped(cost.period.longThreshold)) tokens: "
        + "the whole call pays the rates of long prompts"
    ]
  }

  private struct Part {
    let name: String
    let tokens: Int64
    /// Picodollars a token.
    let rate: Int64
    let cost: Int128
  }

  /// Input and output always, the kinds of cache token where there are any.
  private var parts: [Part] {
    let isLong = usage.promptTokens > cost.period.longThreshold
    let rates = isLong ? cost.period.longRates : cost.period.rates
    let total = cost.total
    let cached = [
      ("cache write 5m", usage.cacheWrite5m, rates.cacheWrite5m, total.cacheWrite5m),
      ("cache write 1h", usage.cacheWrite1h, rates.cacheWrite1h, total.cacheWrite1h),
      ("cache read", usage.cacheRead, rates.cacheRead, total.cacheRead),
    ].filter { $0.1 > 0 }
    return [Part(name: "input", tokens: usage.input, rate: rates.input, cost: total.input)]
      + cached.map { Part(name: $0.0, tokens: $0.1, rate: $0.2 ?? 0, cost: $0.3) }
      + [Part(name: "output", tokens: usage.output, rate: rates.output, cost: total.output)]
  }
}
