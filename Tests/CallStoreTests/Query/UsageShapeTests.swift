import Tables
import Testing

@testable import CallStore

/// Usage by bucket, by its top groups, by columns of any kind: however it is answered, the same rows.
@Suite struct UsageShapeTests {
  private let told: ToldUsage

  init() throws { told = try ToldUsage() }

  @Test func `the hours and days of a window are kept apart where a recipe asks for it`() throws {
    for seed in runs(30) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      try expectBuckets(seed % 2 == 0 ? "hour" : "day", selection)
    }
  }

  private func expectBuckets(_ bucket: String, _ selection: Selection) throws {
    let length: Int64 = bucket == "hour" ? 3_600_000 : 86_400_000
    var expected: [Int64: Int64] = [:]
    for call in told.calls where told.isSelected(call, selection) {
      expected[call.occurredAt / length * length, default: 0] += call.amounts[10]
    }
    let recipe = try Recipe(
      name: "buckets",
      text: """
        -- @bucket \(bucket)
        SELECT occurred_at - occurred_at % \(length), SUM(output_tokens) FROM selected_usage
        GROUP BY 1 HAVING SUM(calls + extra_calls) > 0
        """)
    for way in ToldUsage.Way.allCases {
      let answered = Dictionary(
        uniqueKeysWithValues: try told.rows(recipe, selection, way).map {
          (told.whole($0[0]), told.whole($0[1]))
        })
      #expect(answered == expected, "\(selection) by \(bucket), \(way)")
    }
  }

  @Test func `first, last and busiest five minutes are those of the calls`() throws {
    for seed in runs(40) {
      var dice = Dice(seed)
      var selection = told.randomSelection(&dice)
      if Bool.random(using: &dice) { selection.since = nil }
      try expectTimes(selection, by: seed % 2 == 0 ? .feature : .promptHash)
    }
  }

  private func expectTimes(_ selection: Selection, by dimension: Dimension) throws {
    var times: [String: [(at: Int64, isCall: Bool)]] = [:]
    for call in told.calls where told.isSelected(call, selection) {
      times[call.values[dimension] ?? Selection.none, default: []]
        .append((call.occurredAt, call.amounts[0] == 1))
    }
    let expected = times.mapValues { times in
      let peak =
        times.map { last in
          times.count { $0.isCall && $0.at <= last.at && $0.at > last.at - 300_000 }
        }.max() ?? 0
      return [times.map(\.at).min() ?? 0, times.map(\.at).max() ?? 0, Int64(peak)]
    }
    let recipe = try Recipe(
      name: "times",
      text: """
        -- @usage \(dimension.column)
        SELECT \(dimension.column), MIN(first_at), MAX(last_at), MAX(peak_calls)
        FROM selected_usage GROUP BY \(dimension.column)
        """)
    for way in ToldUsage.Way.allCases {
      #expect(
        try told.groups(told.rows(recipe, selection, way)) == expected, "\(selection), \(way)")
    }
  }

  @Test func `the top groups are the same however many are left out early, ties included`() throws {
    for seed in runs(40) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      for dimension in [Dimension.promptHash, .deploySHA, .session] {
        let recipe = try Recipe(
          name: "top",
          text: """
            -- @parameter limit integer \(Int.random(in: 1...3, using: &dice)) Rows.
            -- @usage \(dimension.column)
            -- @top limit errors
            SELECT \(dimension.column), SUM(errors), SUM(calls), MIN(first_at) FROM selected_usage
            WHERE \(dimension.column) IS NOT NULL GROUP BY \(dimension.column)
            ORDER BY SUM(errors) DESC, \(dimension.column) LIMIT :limit
            """)
        #expect(
          try told.rows(recipe, selection, .scanned) == told.rows(recipe, selection, .printed),
          "\(selection) by \(dimension)")
      }
    }
  }

  @Test func `groups that a recipe does not show are the same whether or not they are handed over`()
    throws
  {
    for seed in runs(40) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      for columns in ["prompt_hash, feature", "session_id", "tenant_id"] {
        let recipe = try Recipe(
          name: "least",
          text: """
            -- @parameter most integer \(Int.random(in: 1...4, using: &dice)) Calls from which on.
            -- @usage \(columns)
            -- @least calls most
            SELECT \(columns), SUM(calls), MIN(first_at), MAX(peak_calls) FROM selected_usage
            GROUP BY \(columns) HAVING SUM(calls) >= :most ORDER BY \(columns)
            """)
        #expect(
          try told.rows(recipe, selection, .scanned) == told.rows(recipe, selection, .printed),
          "\(selection) by \(columns)")
      }
    }
  }

  @Test func `hours in which no call has what a recipe needs are not read`() throws {
    let desk = try Desk()
    func line(_ hour: Int, _ more: String) -> String {
      """
      {"request_id":"req_\(hour)","occurred_at":"2026-11-03T0\(hour):00:00Z","model":"claude-haiku-4-5",\
      "input_tokens":5,"output_tokens":1\(more)}
      """
    }
    try desk.load(
      "calls.jsonl", [line(1, ""), line(2, #","cost_usd":0.25"#), line(3, ""), line(4, "")])
    let span = UsageWindow.span(of: Selection())
    let hours = try CallDatabase(desk.file).reading { reader in
      try reader.choosing { _, calls in
        (
          try calls.hours(holding: [.loggedCostNanos, .kind], in: span),
          try calls.hours(holding: [.outputTokens], in: span)
        )
      }
    }
    let second = try desk.number("SELECT hour FROM call WHERE logged_cost_usd_nanos IS NOT NULL")
    #expect(hours.0 == [try #require(second)])
    #expect(hours.1 == nil, "all of them: nothing to leave out")
  }

  @Test func `the top of what sums answer keeps its ragged ends`() throws {
    for seed in runs(60) {
      var dice = Dice(seed)
      let selection = Selection(
        since: RandomLines.start + Int64.random(in: 0..<RandomLines.span / 2, using: &dice),
        until: RandomLines.start
          + Int64.random(in: RandomLines.span / 2...RandomLines.span, using: &dice))
      let recipe = try Recipe(
        name: "top tenants",
        text: """
          -- @parameter limit integer \(Int.random(in: 1...3, using: &dice)) Rows.
          -- @usage tenant_id
          -- @top limit cost_usd_nanos
          SELECT tenant_id, SUM(cost_usd_nanos) FROM selected_usage WHERE tenant_id IS NOT NULL
          GROUP BY tenant_id ORDER BY SUM(cost_usd_nanos) DESC, tenant_id LIMIT :limit
          """)
      #expect(try told.rows(recipe, selection, .scanned) == told.rows(recipe, selection, .printed))
    }
  }

  @Test(arguments: ["model_raw", "price_book", "stop_category"])
  func `usage by a column that is not packed is read from its rows`(column: String) throws {
    let recipe = try Recipe(
      name: "other",
      text: """
        -- @usage \(column)
        SELECT \(column), SUM(calls), SUM(extra_calls), MAX(last_at) FROM selected_usage
        GROUP BY \(column) ORDER BY \(column)
        """)
    let counted = try told.desk.rows(
      """
      SELECT \(column), SUM(kind = 'call'), SUM(kind <> 'call'), MAX(occurred_at) FROM llm_call
      GROUP BY \(column) ORDER BY \(column)
      """)
    for way in ToldUsage.Way.allCases {
      #expect(try told.rows(recipe, Selection(), way).map { $0.map(\.plain) } == counted)
    }
  }

  @Test func `a recipe that reads the time without saying why is given hours`() throws {
    let recipe = try Recipe(
      name: "days",
      text: """
        SELECT occurred_at - occurred_at % 86400000, SUM(calls) FROM selected_usage GROUP BY 1
        """)
    let status = Selection(filters: [.status: ["4xx", "200", "5xx"]])
    for selection in [Selection(), status, Selection(since: RandomLines.start + 4_000_000)] {
      let days = try told.rows(recipe, selection, .scanned)
      #expect(days.count >= 5)
      #expect(days == (try told.rows(recipe, selection, .printed)))
    }
  }

  @Test func `no table expression of a recipe's own stands in for ours`() throws {
    let recipe = try Recipe(
      name: "thief",
      text: """
        -- @usage tenant_id
        WITH scanned_usage AS (SELECT 0 AS occurred_at, 1 AS key_1, 7 AS calls, 0 AS first_at),
        name AS (SELECT 1 AS id, 'mine' AS text)
        SELECT tenant_id, SUM(calls), MIN(first_at) FROM selected_usage GROUP BY tenant_id
        """)
    let honest = try Recipe(
      name: "honest",
      text: """
        -- @usage tenant_id
        SELECT tenant_id, SUM(calls), MIN(first_at) FROM selected_usage GROUP BY tenant_id
        """)
    #expect(
      try told.rows(recipe, Selection(), .scanned) == told.rows(honest, Selection(), .scanned))
  }

  @Test func `the newest calls are the same whether their hours were looked up or not`() throws {
    for seed in runs(60) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let recipe = try Recipe(
        name: "newest",
        text: """
          -- @parameter limit integer \(Int.random(in: 1...30, using: &dice)) Rows.
          -- @newest limit
          SELECT occurred_at, identity FROM selected_call
          ORDER BY occurred_at DESC, identity LIMIT :limit
          """)
      #expect(
        try told.rows(recipe, selection, .scanned) == told.rows(recipe, selection, .printed),
        "\(selection)")
    }
  }
}
