import GRDB
import Tables
package import UsageLog

extension CallDatabase {
  /// What a hypothesis would have made of the calls of a selection; nothing is written.
  ///
  /// - Parameters:
  ///   - dimension: what the answer has a row for each of; one whose names are few.
  ///   - prices: beside the program's and the database's; both sides are priced with the book in use.
  /// - Throws: `WhatIfError.tooManyNames` for a prompt, a session, a user or a status.
  package func whatIf(
    _ hypothesis: any Hypothesis, over selection: Selection, by dimension: Dimension = .feature,
    prices: PriceSettings
  ) throws -> WhatIfAnswer {
    guard dimension.sum != nil else { throw WhatIfError.tooManyNames(dimension) }
    return try reading { reader in
      let coverage = try reader.coverage(of: selection, leftOut: nil)
      let totals = try reader.totals(of: selection, by: dimension)
      return try reader.choosing { db, calls in
        let known = try KnownPrices(db, prices)
        var walk = WhatIfWalk(hypothesis, known)
        let group = dimension.scanColumn
        try walk.run(
          WhatIfRows(selection, hypothesis.reach, by: group, calls), by: group.column)
        var answer = WhatIfAnswer(
          assumption: hypothesis.assumption, scenarios: hypothesis.scenarios)
        answer.groups = try groups(totals, walk.tally, known)
        answer.effects = walk.tally.effects
        answer.stays = walk.tally.stays
        answer.longPrompts = walk.tally.longPrompts
        answer.repriced = walk.tally.repriced
        answer.movedCalls = walk.tally.movedCalls
        answer.findings = walk.findings
        for case .caps(let caps) in answer.findings {
          for code in caps.keys { answer.features[code] = try known.name(code) }
        }
        answer.coverage = coverage
        answer.book = known.today.prices.id
        answer.span = try Self.span(of: selection, on: db)
        return answer
      }
    }
  }

  /// From a selection's first call to its last, in whole hours and within the window; UTC milliseconds.
  ///
  /// Filters are not looked at: it is the time that was observed.
  package func span(of selection: Selection) throws -> Range<Int64> {
    try reading { try $0.outside { try Self.span(of: selection, on: $0) } }
  }

  private func groups(
    _ totals: [String?: WhatIfAnswer.Amounts], _ tally: WhatIfTally, _ known: KnownPrices
  ) throws -> [WhatIfAnswer.Group] {
    var changes: [String?: WhatIfTally.Group] = [:]
    for (code, change) in zip(tally.codes, tally.groups) {
      changes[code == CodedCalls.null ? nil : try known.name(code)] = change
    }
    let scenarios = tally.scenarioCount
    return totals.map { name, total in
      let change = changes[name] ?? WhatIfTally.Group()
      var group = WhatIfAnswer.Group(name: name, asItWas: total, scenarios: [])
      group.asItWas.nanos += change.repricedNanos
      group.affected = change.affected
      group.scenarios = (0..<scenarios).map { group.asItWas.nanos + change.difference[$0] }
      return group
    }
  }

  /// From the first call of a window to its last, in whole hours, within the window.
  private static func span(of selection: Selection, on db: Database) throws -> Range<Int64> {
    let since = selection.since ?? .min
    let until = selection.until ?? .max
    let bounds = try Row.fetchOne(
      db,
      sql: """
        SELECT (SELECT hour FROM call WHERE hour >= ?1 AND occurred_at >= ?2 ORDER BY hour LIMIT 1),
          (SELECT hour FROM call WHERE hour <= ?3 AND occurred_at < ?4 ORDER BY hour DESC LIMIT 1)
        """,
      arguments: [
        since == .min ? Int64.min : floor(since, hourLength), since,
        until == .max ? Int64.max : floor(until - 1, hourLength), until,
      ])
    guard let first = bounds?[0] as Int64?, let last = bounds?[1] as Int64?, first <= last else {
      return 0..<0
    }
    return max(since, first * hourLength)..<min(until, (last + 1) * hourLength)
  }
}

extension SandboxedReader {
  /// What all calls of a selection were and cost, by a dimension.
  fileprivate func totals(
    of selection: Selection, by dimension: Dimension
  ) throws -> [String?: WhatIfAnswer.Amounts] {
    let amounts: [UsageAmount] = [
      .calls, .cost, .inputTokens, .cacheCreateTokens, .cacheReadTokens, .outputTokens,
    ]
    let rows = try select(
      """
      SELECT \(dimension.column), \(amounts.map { "SUM(\($0.rawValue))" }.joined(separator: ", "))
      FROM selected_usage GROUP BY \(dimension.column)
      """, from: UsageSQL(selection, UsageShape(by: [dimension.column], amounts)))
    var totals: [String?: WhatIfAnswer.Amounts] = [:]
    for row in rows {
      let name: String? = if case .text(let name) = row[0] { name } else { nil }
      let sums = row.dropFirst().map { if case .integer(let sum) = $0 { sum } else { Int64(0) } }
      totals[name] = WhatIfAnswer.Amounts(
        calls: sums[0], tokens: sums.dropFirst(2).reduce(0, +), nanos: sums[1])
    }
    return totals
  }
}

package enum WhatIfError: Error, CustomStringConvertible {
  case tooManyNames(Dimension)

  package var description: String {
    switch self {
    case .tooManyNames(let dimension):
      "--by takes tenant, feature, model, deploy-sha, channel or workspace, not \(dimension.rawValue)"
    }
  }
}
