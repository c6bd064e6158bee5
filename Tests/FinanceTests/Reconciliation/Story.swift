import Finance
import Foundation
import UsageLog

@testable import CallStore

/// Calls of a week of September 2026, and what a provider says of them.
struct Story {
  struct Told {
    var day = 1
    var hour = 12
    var model = "claude-sonnet-5"
    var workspace: String? = "wrkspc_product"
    var channel: String? = "anthropic"
    var tier: String?
    var geography: String?
    var speed: String?
    var usage = TokenUsage(input: 1000, output: 100)
    var isFree = false
  }

  static let dayLength: Int64 = 86_400_000
  /// The first instant of 2026-09-01.
  static let start: Int64 = 1_788_220_800_000
  /// A month later: everything is final.
  static let later = start + 40 * dayLength

  var book: PriceBook
  var window = start..<(start + 7 * dayLength)

  init(overrides: [PriceOverride] = []) throws {
    book = PriceBook(try PriceCatalogue.shipped(), overrides: overrides)
  }

  // MARK: - The ledger

  func ledger(_ calls: [Told]) -> SpendLedger {
    let query = ReconciliationInput.query(window)
    var ledger = SpendLedger(query: query)
    ledger.entries = calls.filter { at($0) >= query.since && at($0) < query.until }
      .map { LedgerEntry(day: query.day(of: at($0)), values: values($0), calls: group($0)) }
    return ledger
  }

  func at(_ call: Told) -> Int64 {
    Self.start + Int64(call.day - 1) * Self.dayLength + Int64(call.hour) * 3_600_000
  }

  private func values(_ call: Told) -> [String?] { [call.model, call.channel, call.workspace] }

  private func conditions(_ call: Told) -> PriceConditions {
    var conditions = PriceConditions(model: call.model, channel: call.channel)
    if call.channel != "anthropic" { conditions.region = "global" }
    conditions.serviceTier = call.tier
    conditions.inferenceGeo = call.geography
    conditions.speed = call.speed
    return conditions
  }

  func charge(_ call: Told) -> UsageLog.Charge? {
    switch book.plan(for: conditions(call)).cost(call.usage, at: at(call)) {
    case .priced(let charge): charge
    default: nil
    }
  }

  private func group(_ call: Told) -> CallGroup {
    let conditions = conditions(call)
    let plan = book.plan(for: conditions)
    let period = plan.period(at: at(call))
    let outcome: Reckoning.Outcome =
      if call.isFree {
        .free
      } else {
        switch plan.cost(call.usage, at: at(call)) {
        case .priced: .priced
        case .covered: .covered
        case .unpriced: .unpriced
        }
      }
    var group = CallGroup(
      terms: conditions, model: call.model, conditions: [], outcome: outcome, row: period?.row,
      isLong: call.usage.promptTokens > period?.longThreshold ?? .max,
      payable: period?.payable ?? .one, calls: 1)
    let rates = period?.rates(for: call.usage)
    group.lines = TokenClass.allCases.map { tokenClass in
      let count = tokenClass.count(in: call.usage)
      let rate =
        call.isFree ? 0 : rates.flatMap { tokenClass.rate(in: $0, webSearch: period?.webSearch) }
      return Reckoning.Line(
        tokenClass: tokenClass, count: count, listedRate: nil, rate: rate,
        picodollars: rate.map { Int128(count) * Int128($0) })
    }
    if outcome == .priced, let charge = charge(call) {
      group.picodollars = charge.picodollars
      group.costNanos = charge.nanos
      group.storedNanos = charge.nanos
    }
    return group
  }

  // MARK: - The reports

  /// A usage report by model, workspace, tier, place and speed, less `dimensions`.
  func usage(
    _ calls: [Told], without dimensions: Set<UsageBucket.Dimension> = [], fetched: Int64 = later,
    hourly: Bool = false
  ) -> [ReportedBucket] {
    var buckets: [String: ReportedBucket] = [:]
    let named: [UsageBucket.Dimension] = [
      .model, .workspaceID, .serviceTier, .inferenceGeo, .speed, .contextWindow,
    ]
    for call in calls where call.channel == "anthropic" {
      let told = self.dimensions(call).filter {
        named.contains($0.key) && !dimensions.contains($0.key)
      }
      var bucket = self.bucket(.usage, call, hourly, fetched)
      bucket.groupedBy = Set(named).subtracting(dimensions)
      bucket.dimensions = told
      let key = "\(bucket.startingAt) \(told.map { "\($0.key.rawValue)=\($0.value)" }.sorted())"
      let usage = buckets[key]?.usage ?? TokenUsage()
      bucket.usage = TokenUsage(
        input: usage.input + call.usage.input,
        cacheWrite5m: usage.cacheWrite5m + call.usage.cacheWrite5m,
        cacheWrite1h: usage.cacheWrite1h + call.usage.cacheWrite1h,
        cacheRead: usage.cacheRead + call.usage.cacheRead,
        output: usage.output + call.usage.output,
        webSearches: usage.webSearches + call.usage.webSearches)
      buckets[key] = bucket
    }
    return buckets.sorted { $0.key < $1.key }.map(\.value)
  }

  /// A cost report by all that it has; what a commitment covers is not in it.
  func costs(
    _ calls: [Told], without dimensions: Set<UsageBucket.Dimension> = [], fetched: Int64 = later
  ) -> [ReportedBucket] {
    var amounts: [String: (ReportedBucket, Int128)] = [:]
    for call in calls where call.channel == "anthropic" && !call.isFree {
      for line in group(call).lines where line.count > 0 && charge(call) != nil {
        var told = self.dimensions(call)
        told[.speed] = nil
        told[.description] =
          "Usage, \(line.tokenClass.rawValue)\(call.speed == "fast" ? ", Fast" : "")"
        told[.costType] = line.tokenClass == .webSearch ? "web_search" : "tokens"
        told[.tokenType] = Self.tokenTypes[line.tokenClass]
        if line.tokenClass == .webSearch { told[.model] = nil }
        for dimension in dimensions { told[dimension] = nil }
        var bucket = self.bucket(.cost, call, false, fetched)
        bucket.groupedBy = Set([
          .model, .workspaceID, .serviceTier, .inferenceGeo, .description, .costType, .tokenType,
          .contextWindow,
        ]).subtracting(dimensions)
        bucket.dimensions = told
        bucket.currency = "USD"
        let key = "\(bucket.startingAt) \(told.map { "\($0.key.rawValue)=\($0.value)" }.sorted())"
        amounts[key] = (bucket, (amounts[key]?.1 ?? 0) + (line.picodollars ?? 0))
      }
    }
    return amounts.sorted { $0.key < $1.key }.map { _, entry in
      var bucket = entry.0
      bucket.amount = Self.cents(entry.1)
      return bucket
    }
  }

  /// Picodollars as cents, all their digits.
  static func cents(_ picodollars: Int128) -> String {
    let digits = String(picodollars)
    let padded = String(repeating: "0", count: max(0, 11 - digits.count)) + digits
    return padded.dropLast(10) + "." + padded.suffix(10)
  }

  private func bucket(
    _ report: UsageBucket.Report, _ call: Told, _ hourly: Bool, _ fetched: Int64
  ) -> ReportedBucket {
    let length = hourly ? 3_600_000 : Self.dayLength
    let start = at(call) - (at(call) - Self.start) % length
    return ReportedBucket(
      report: report, startingAt: start, endingAt: start + length, fetchedAt: fetched)
  }

  private func dimensions(_ call: Told) -> [UsageBucket.Dimension: String] {
    var dimensions: [UsageBucket.Dimension: String] = [
      .model: call.model, .serviceTier: call.tier ?? "standard",
      .inferenceGeo: call.geography ?? "global",
      .contextWindow: call.usage.promptTokens > 200_000 ? "200k-1M" : "0-200k",
    ]
    dimensions[.workspaceID] = call.workspace
    dimensions[.speed] = call.speed ?? "standard"
    return dimensions
  }

  private static let tokenTypes: [TokenClass: String] = [
    .input: "uncached_input_tokens", .cacheRead: "cache_read_input_tokens",
    .cacheWrite5m: "cache_creation.ephemeral_5m_input_tokens",
    .cacheWrite1h: "cache_creation.ephemeral_1h_input_tokens", .output: "output_tokens",
  ]

  func reconcile(
    _ calls: [Told], usage: [ReportedBucket], costs: [ReportedBucket], invoice: Invoice? = nil
  ) -> Reconciliation {
    var input = ReconciliationInput(ledger: ledger(calls), window: window, book: book)
    (input.usage, input.costs, input.invoice) = (usage, costs, invoice)
    return Reconciliation(input)
  }
}

extension Reconciliation {
  var named: [Residual: ExactDollars] {
    Dictionary(uniqueKeysWithValues: lines.map { ($0.residual, $0.amount) })
  }

  /// Every grouping's rows add up, and the bridge does.
  var addsUp: Bool {
    let sum = lines.reduce(callsTotal) { $0 + $1.amount }
    let groupings: [Set<ReconciledAspect>] = [
      [.day], [.model], [.workspace], [.tokenClass], [.day, .model, .workspace, .tokenClass],
    ]
    return sum == providerTotal
      && groupings.allSatisfy { grouping in
        let rows = rows(by: grouping)
        return rows.allSatisfy { row in
          row.lines.reduce(row.calls) { $0 + $1.amount } == row.provider
        } && rows.reduce(.zero) { $0 + $1.calls } == callsTotal
          && rows.reduce(.zero) { $0 + $1.provider } == providerTotal
      }
  }
}
