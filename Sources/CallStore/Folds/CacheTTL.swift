import Tables
import UsageLog

extension Fold {
  /// Prices what calls of one prefix shared, by the gaps between them: `cache-ttl`.
  static let cacheTTL = Fold("cache-ttl", asksForPrices: true) { input in
    let uses = input.namedRows.map(SharedUse.init)
    let breaks = Dictionary(grouping: uses, by: \.feature).mapValues(CacheBreak.find)
    let rows = Dictionary(grouping: uses, by: \.group).map { group, uses in
      CacheTTLRow(group, uses, rates: input.rates(of: group), broken: breaks[group.feature] ?? nil)
    }
    return FoldedRows(
      names: CacheTTLRow.names, rows: rows.sorted(by: CacheTTLRow.precedes).map(\.values))
  }
}

extension FoldInput {
  /// What a model costs at the end of the window; nil where it has no price.
  fileprivate func rates(of group: SharedUse.Group) -> Rates? {
    guard let model = group.model, let until = number("until") else { return nil }
    return prices?.plan(for: PriceConditions(model: model, channel: group.channel))
      .period(at: until - 1)?.rates
  }
}

/// Calls of one feature, model, deploy and day that came after their prefix's last one by about the same time.
struct SharedUse {
  struct Group: Hashable {
    var feature: String?
    var model: String?
    var channel: String?
  }

  var group: Group
  var deploy: String?
  var reuse: String
  var day: Int64
  var firstSeen: Int64
  var calls: Int64
  var fresh: Int64
  var reads: Int64
  var writes: Int64
  var longWrites: Int64
  var shared: Int64
  var added: Int64

  var feature: String? { group.feature }

  init(_ row: FoldRow) {
    group = Group(
      feature: row.text("feature"), model: row.text("model"), channel: row.text("channel"))
    deploy = row.text("deploy_sha")
    reuse = row.text("reuse") ?? ""
    day = row["started_at"]
    firstSeen = row["first_seen_at"]
    calls = row["n_calls"]
    fresh = row["fresh"]
    reads = row["reads"]
    writes = row["writes"]
    longWrites = row["long_writes"]
    shared = row["shared"]
    added = row["added"]
  }

  /// Input of calls that cached nothing.
  var uncached: Int64 { shared - reads - (writes - added) }
}

/// One line of the answer: a feature's calls of one model.
struct CacheTTLRow {
  static let names = [
    "feature", "model", "channel", "n_calls", "within_5m_pct", "within_1h_pct",
    "as_it_is_usd_nanos",
    "no_cache_usd_nanos", "cache_5m_usd_nanos", "cache_1h_usd_nanos", "best", "saving_usd_nanos",
    "basis", "never_read", "broke_at", "broke_deploy",
  ]

  private let group: SharedUse.Group
  private let uses: [SharedUse]
  private let costs: Costs?
  private let broken: CacheBreak?

  /// Nano-dollars of the shared part and what was written besides.
  private struct Costs {
    var paid: Int64
    var none: Int64
    var fiveMinutes: Int64
    var hour: Int64

    var best: (name: String, nanos: Int64) {
      [("none", none), ("5m", fiveMinutes), ("1h", hour)].min { $0.1 < $1.1 } ?? ("none", none)
    }
    var saving: Int64 { max(paid - best.nanos, 0) }
  }

  init(_ group: SharedUse.Group, _ uses: [SharedUse], rates: Rates?, broken: CacheBreak?) {
    self.group = group
    self.uses = uses
    self.broken = broken
    costs = rates.flatMap { Self.costs(uses, $0) }
  }

  private static func costs(_ uses: [SharedUse], _ rates: Rates) -> Costs? {
    guard let short = rates.cacheWrite5m, let long = rates.cacheWrite1h, let read = rates.cacheRead
    else { return nil }
    func sum(_ cost: (SharedUse) -> Int128) -> Int64 { nanos(uses.reduce(0) { $0 + cost($1) }) }
    func cached(_ use: SharedUse, write: Int64, hits: Set<String>) -> Int128 {
      let shared = Int128(use.shared) * Int128(hits.contains(use.reuse) ? read : write)
      return shared + Int128(use.added) * Int128(write)
    }
    return Costs(
      paid: sum {
        Int128($0.reads) * Int128(read) + Int128($0.writes - $0.longWrites) * Int128(short)
          + Int128($0.longWrites) * Int128(long) + Int128($0.uncached) * Int128(rates.input)
      },
      none: sum { Int128($0.shared + $0.added) * Int128(rates.input) },
      fiveMinutes: sum { cached($0, write: short, hits: ["5m"]) },
      hour: sum { cached($0, write: long, hits: ["5m", "1h"]) })
  }

  /// Picodollars, rounded once, ties to even.
  private static func nanos(_ picodollars: Int128) -> Int64 {
    let (whole, rest) = picodollars.quotientAndRemainder(dividingBy: 1000)
    let isUp = rest > 500 || rest == 500 && !whole.isMultiple(of: 2)
    return Int64(clamping: whole + (isUp ? 1 : 0))
  }

  private func sum(_ value: (SharedUse) -> Int64) -> Int64 { uses.reduce(0) { $0 + value($1) } }

  private func share(_ reuses: Set<String>) -> Value {
    let calls = sum(\.calls)
    let within = sum { reuses.contains($0.reuse) ? $0.calls : 0 }
    return calls == 0 ? .null : .real(Double(within * 100) / Double(calls))
  }

  var values: [Value] {
    let best = costs?.best
    let isNeverRead = sum(\.writes) > 0 && sum(\.reads) == 0
    return [
      group.feature.map { .text($0) } ?? .null, group.model.map { .text($0) } ?? .null,
      group.channel.map { .text($0) } ?? .null,
      .integer(sum(\.calls)), share(["5m"]), share(["5m", "1h"]),
      amount(costs?.paid), amount(costs?.none), amount(costs?.fiveMinutes), amount(costs?.hour),
      best.map { .text($0.name) } ?? .null, amount(costs?.saving),
      .text(sum(\.uncached) > 0 ? "upper bound" : "cached part"), .integer(isNeverRead ? 1 : 0),
      amount(broken?.at), broken?.deploy.map { .text($0) } ?? .null,
    ]
  }

  private func amount(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }

  /// The largest saving first.
  static func precedes(_ left: CacheTTLRow, _ right: CacheTTLRow) -> Bool {
    func key(_ row: CacheTTLRow) -> (Int64, String, String, String) {
      (
        -(row.costs?.saving ?? -1), row.group.feature ?? "", row.group.model ?? "",
        row.group.channel ?? ""
      )
    }
    return key(left) < key(right)
  }
}
