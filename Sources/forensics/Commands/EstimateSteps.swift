import Tables
import UsageLog

/// A conversation's or a tool loop's cost, call by call, with the naive figure beside it.
struct EstimateSteps {
  let workload: Workload
  let cost: WorkloadCost
  let scale: EstimateScale

  func table() throws -> Tables.Table {
    var rows: [[Value]] = []
    for (step, parts) in zip(workload.steps, cost.steps) {
      rows.append(try row(step.name, [step.usage], parts.total))
    }
    let usages = workload.steps.map(\.usage)
    rows.append(try row("one \(workload.unit)", usages, cost.total.total, isWhole: true))
    for (reference, total) in zip(workload.references, cost.references) {
      rows.append(try row(reference.name, reference.calls, total, isWhole: true))
    }
    for (name, share) in scale.additions {
      rows.append(
        try [.text(name)] + counts.map { _ in .null }
          + scale.amounts(cost.total.total, times: share)
          + [.null])
    }
    let columns: [Tables.Column] =
      [.named("step")] + counts.map { .named($0.name, .tokens) } + [.named("cost_usd", .usd)]
      + scale.columns.map { .named($0.name, .usd) } + [.named("times_naive", .real)]
    return Tables.Table(columns: columns, rows: rows)
  }

  var remarks: [String] {
    guard let naive = cost.references.first, naive > 0 else { return [] }
    let hundredths = (cost.total.total * 200 + naive) / (naive * 2)
    let factor = Billionths(Int64(clamping: hundredths) * 10_000_000).rounded(to: 2)
    return [
      "one \(workload.unit) costs \(factor) times the naive figure, "
        + "which forgets that every call sends the earlier ones again"
    ]
  }

  /// The columns of tokens; those of the cache only where it is used.
  private var counts: [(name: String, of: (TokenUsage) -> Int64)] {
    let isCached = workload.steps.contains { $0.usage.promptTokens > $0.usage.input }
    let cached: [(String, (TokenUsage) -> Int64)] = [
      ("cache_write_tokens", { $0.cacheWrite5m + $0.cacheWrite1h }),
      ("cache_read_tokens", \.cacheRead),
    ]
    return [("input_tokens", \.input)] + (isCached ? cached : []) + [("output_tokens", \.output)]
  }

  /// - Parameter isWhole: not a step, but all of the work, of which there may be many a month.
  private func row(
    _ name: String, _ calls: [TokenUsage], _ total: Int128, isWhole: Bool = false
  ) throws -> [Value] {
    let amounts = try scale.amounts(total)
    let shown = isWhole ? amounts : amounts.prefix(1) + amounts.dropFirst().map { _ in Value.null }
    return [.text(name)] + counts.map { count in .integer(calls.map(count.of).reduce(0, +)) }
      + shown
      + [isWhole ? quotient(total, over: cost.references.first ?? 0) : .null]
  }
}
