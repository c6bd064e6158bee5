import CallStore
import Tables
import UsageLog

/// An answer as a table with a total, and what stands below it.
struct WhatIfReport {
  let answer: WhatIfAnswer
  /// The column of the first cell.
  let by: String
  let isForPeople: Bool

  /// Several scenarios beside each other, of which one may be the best.
  private var isChoice: Bool { answer.scenarios.count > 2 }

  private var showsPercent: Bool { answer.scenarios.count == 1 || !isForPeople }

  func table() throws -> Tables.Table {
    let groups = answer.groups.filter { $0.asItWas.calls > 0 || $0.asItWas.nanos > 0 }
      .sorted { (gain($0), $0.name ?? "~") < (gain($1), $1.name ?? "~") }
    let rows = try groups.map { try row($0, .text($0.name ?? Selection.none), best: best($0)) }
    let total = try row(answer.total, .text("total"), best: isChoice ? eachItsBest(groups) : [])
    return Tables.Table(columns: columns, rows: groups.isEmpty ? [] : rows + [total])
  }

  private var columns: [Tables.Column] {
    var columns: [Tables.Column] = [
      .named(by), .named("calls", .count), .named("affected_calls", .count),
    ]
    if !isForPeople { columns.append(.named("affected_tokens", .tokens)) }
    columns += [.named("affected_usd", .usd), .named("as_it_was_usd", .usd)]
    columns += answer.scenarios.map { .named("\($0)_usd", .usd) }
    if isChoice {
      columns += [.named("best"), .named("best_change_usd", .usd)]
      columns += [.named("best_change_month_usd", .usd)]
    }
    if isChoice, isForPeople { return columns }
    for scenario in answer.scenarios {
      let prefix = answer.scenarios.count == 1 ? "" : scenario + "_"
      columns.append(.named("\(prefix)change_usd", .usd))
      if showsPercent { columns.append(.named("\(prefix)change_pct", .pct)) }
      columns.append(.named("\(prefix)change_month_usd", .usd))
    }
    return columns
  }

  private func row(
    _ group: WhatIfAnswer.Group, _ name: Value, best: [Value]
  ) throws -> [Value] {
    var row: [Value] = [
      name, .integer(group.asItWas.calls), .integer(group.affected.calls),
    ]
    if !isForPeople { row.append(.integer(group.affected.tokens)) }
    row += [.integer(group.affected.nanos), .integer(group.asItWas.nanos)]
    row += group.scenarios.map { .integer($0) }
    if isChoice { row += best }
    if isChoice, isForPeople { return row }
    for scenario in answer.scenarios.indices {
      let change = group.change(scenario)
      row.append(.integer(change))
      if showsPercent { row.append(percent(Int128(change), of: Int128(group.asItWas.nanos))) }
      row.append(.integer(try answer.monthly(change)))
    }
    return row
  }

  /// The change of the only scenario, or of the cheapest.
  private func gain(_ group: WhatIfAnswer.Group) -> Int64 {
    answer.scenarios.indices.map(group.change).min() ?? 0
  }

  /// What it comes to if every row takes what is best for it.
  private func eachItsBest(_ groups: [WhatIfAnswer.Group]) throws -> [Value] {
    let change = groups.reduce(Int64(0)) { $0 + min(gain($1), 0) }
    return [.text("each its best"), .integer(change), .integer(try answer.monthly(change))]
  }

  /// The cheapest, where it beats what was.
  private func best(_ group: WhatIfAnswer.Group) throws -> [Value] {
    let cheapest = answer.scenarios.indices.min { group.scenarios[$0] < group.scenarios[$1] } ?? 0
    let change = group.change(cheapest)
    guard change < 0 else { return [.text("as it was"), .integer(0), .integer(0)] }
    return [
      .text(answer.scenarios[cheapest]), .integer(change), .integer(try answer.monthly(change)),
    ]
  }

  func notes() throws -> [String] {
    try ["assumed: \(answer.assumption)"] + [affected, month].compactMap(\.self) + sides
      + answer.findings.map(words) + unmoved
      + [repriced, book].compactMap(\.self)
  }

  private var affected: String? {
    let total = answer.total
    guard total.asItWas.nanos > 0 else { return nil }
    func share(_ part: Int64, _ whole: Int64) -> String {
      guard whole > 0 else { return "0 %" }
      let tenths = (Int128(part) * 2000 + Int128(whole)) / (Int128(whole) * 2)
      return "\(tenths / 10).\(tenths % 10) %"
    }
    return "affected: \(share(total.affected.calls, total.asItWas.calls)) of calls, "
      + "\(share(total.affected.tokens, total.asItWas.tokens)) of tokens, "
      + "\(share(total.affected.nanos, total.asItWas.nanos)) of the cost"
      + (answer.movedCalls > 0 && answer.movedCalls < total.affected.calls
        ? "; \(grouped(answer.movedCalls)) of these calls move, the others pay for what moves" : "")
  }

  private var month: String? {
    get throws {
      let length = answer.span.upperBound - answer.span.lowerBound
      guard length > 0 else { return nil }
      let hours = max(24, length / 3_600_000)
      let short = length < 86_400_000 ? " (less than a day counts as one)" : ""
      let days = Billionths(hours * 1_000_000_000 / 24).rounded(
        to: hours.isMultiple(of: 24) ? 0 : 1)
      return
        "a month is 30 days; scaled from the \(days) days between the first and the last call\(short)"
    }
  }

  private var sides: [String] {
    var sides = answer.effects.map { effect in
      let calls = counted(effect.calls, "call")
      let tokens = grouped(effect.tokens)
      return switch effect.effect {
      case .coldCache:
        "charged: cold caches, \(tokens) tokens written in \(calls) that were read, \(dollars(effect.nanos))"
      case .movedPrefix:
        "charged: moved prefixes, \(tokens) tokens written in \(calls) that were read, \(dollars(effect.nanos))"
      case .belowMinimum:
        "charged: \(tokens) tokens in \(calls) are too few to be cached there and are plain input"
      case .withoutCachePrice:
        "charged: \(tokens) tokens in \(calls) went through the cache in a way that has no price there"
      default:
        "charged: \(calls) on top, \(tokens) tokens, \(dollars(effect.nanos))"
      }
    }
    if answer.longPrompts > 0 {
      sides.append(
        "charged: \(counted(answer.longPrompts, "call")) at long prompts' prices, which these have there"
      )
    }
    return sides
  }

  private func words(_ finding: WhatIfFinding) -> String {
    switch finding {
    case .batches(let requests, let inAll, let daily):
      return "\(counted(requests, "request")) fill \(grouped(inAll)) of at most "
        + "\(grouped(BatchMove.size)) requests a batch; sent once a day, \(grouped(daily))"
    case .caps(let caps):
      let named = caps.map { (answer.features[$0.key] ?? Selection.none, $0.value) }
      return "caps: "
        + named.sorted { $0.0 < $1.0 }.map { "\($0.0) \(grouped($0.1))" }.joined(separator: ", ")
    case .cached(let reads5m, let writes5m, let reads1h, let writes1h):
      return
        "with five minutes \(grouped(reads5m)) tokens are read and \(grouped(writes5m)) written, "
        + "with an hour \(grouped(reads1h)) and \(grouped(writes1h))"
    case .restarts(let times):
      return "\(counted(times, "time")) a conversation's prompt became shorter by itself: "
        + "from there on it counts as a new one"
    }
  }

  private var unmoved: [String] {
    answer.stays.map { "as it was: \(counted($0.calls, "call")), \($0.words)" }
  }

  /// Which prices count, where the calls were not all priced with them.
  private var book: String? {
    answer.coverage?.priceBooks == [answer.book] ? nil : "prices in use: \(answer.book)"
  }

  private var repriced: String? {
    guard answer.repriced.calls > 0 else { return nil }
    return
      "\(counted(answer.repriced.calls, "call")) cost otherwise by the prices in use than stored "
      + "(\(signedDollars(answer.repriced.nanos))), and count so here; see: forensics reprice --dry-run"
  }
}

extension WhatIfAnswer.Group {
  func change(_ scenario: Int) -> Int64 { scenarios[scenario] - asItWas.nanos }
}

private func signedDollars(_ nanos: Int64) -> String {
  (nanos < 0 ? "" : "+") + dollars(nanos)
}
