import Tables
import Testing

@testable import CallStore

/// Several columns, percentiles and the order of calls: the scanned columns say what the printed SQL says.
@Suite struct SequenceTests {
  private let told: ToldUsage

  init() throws { told = try ToldUsage() }

  private func expectSameRows(_ text: String, _ selection: Selection) throws {
    let recipe = try Recipe(name: "shape", text: text)
    let scanned = try told.rows(recipe, selection, .scanned)
    #expect(scanned == (try told.rows(recipe, selection, .printed)), "\(selection): \(text)")
  }

  private static let columns = Dimension.allCases.map(\.column) + ["reuse", "storm"]

  @Test func `groups by several columns are the same, scanned or read`() throws {
    for seed in runs(40) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let columns = Self.columns.shuffled(using: &dice).prefix(Int.random(in: 1...4, using: &dice))
      let list = columns.joined(separator: ", ")
      let bucket = ["minute", "hour", "day"].randomElement(using: &dice) ?? "day"
      try expectSameRows(
        """
        -- @parameter calls integer 2 Calls.
        -- @parameter within duration 30m Span.
        -- @parameter surge integer \(Int.random(in: 1...40, using: &dice)) Surge.
        -- @storm prompt_hash calls within\(Bool.random(using: &dice) ? " surge" : "")
        -- @usage \(list)
        -- @bucket \(bucket)
        SELECT occurred_at, \(list), SUM(calls) AS n, SUM(cost_usd_nanos), SUM(prompt_tokens),
          MIN(first_at), SUM(retry_calls), SUM(resent_tokens)
        FROM selected_usage GROUP BY occurred_at, \(list)
        HAVING SUM(calls + extra_calls) > 0
        ORDER BY occurred_at, \(list)
        """, selection)
    }
  }

  @Test func `what follows what is the same, scanned or read`() throws {
    for seed in runs(40) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let by =
        ["session_id", "feature", "tenant_id", "operation_id", "reuse"]
        .randomElement(using: &dice) ?? "feature"
      try expectSameRows(
        """
        -- @usage \(by), model
        SELECT \(by), model, SUM(following_calls), SUM(resent_tokens), SUM(grown_calls),
          SUM(retry_calls), SUM(retry_usd_nanos), SUM(superseded_usd_nanos), SUM(wait_ms),
          SUM(ttft_ms), SUM(ttft_calls), SUM(prompt_tokens),
          SUM(shared_tokens), SUM(added_tokens)
        FROM selected_usage GROUP BY \(by), model ORDER BY \(by), model
        """, selection)
    }
  }

  @Test func `percentiles are those of the sorted values`() throws {
    for seed in runs(40) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let measure = UsagePercentile.Measure.allCases.randomElement(using: &dice) ?? .latency
      let percent = Int.random(in: 1...99, using: &dice)
      let recipe = try Recipe(
        name: "percentile",
        text: """
          -- @usage feature
          SELECT feature, MAX(p\(percent)_\(measure.rawValue)) FROM selected_usage
          GROUP BY feature HAVING SUM(calls + extra_calls) > 0 ORDER BY feature
          """)
      var values: [String: [Int64]] = [:]
      for row in try told.desk.rows(
        """
        SELECT occurred_at, kind, \(Dimension.allCases.map(\.column).joined(separator: ", ")), \
        \(measure == .promptTokens
          ? "input_tokens + cache_create_tokens + cache_read_tokens" : measure.rawValue)
        FROM llm_call
        """)
      {
        var call = ToldUsage.Told(
          occurredAt: row[0].flatMap { Int64($0) } ?? 0, values: [:], amounts: [])
        for (dimension, value) in zip(Dimension.allCases, row[2...]) {
          call.values[dimension] = value
        }
        guard told.isSelected(call, selection) else { continue }
        let value = row[1] == "call" ? row.last?.flatMap { Int64($0) } : nil
        values[call.values[.feature] ?? Selection.none, default: []] += [value].compactMap(\.self)
      }
      let expected = values.mapValues { values -> Int64 in
        // The definition: the smallest that at least so many per cent do not exceed.
        let sorted = values.sorted()
        return sorted.first { value in
          sorted.count { $0 <= value } * 100 >= sorted.count * percent
        } ?? -1
      }
      for way in ToldUsage.Way.allCases {
        let answered = try told.groups(told.rows(recipe, selection, way)).mapValues { $0[0] }
        #expect(answered == expected, "p\(percent) of \(measure), \(selection), \(way)")
      }
    }
  }

  @Test func `percentiles of buckets are the same, scanned or read`() throws {
    for seed in runs(20) {
      var dice = Dice(seed)
      try expectSameRows(
        """
        -- @usage feature, model
        -- @bucket day
        SELECT occurred_at, feature, model, MAX(p50_prompt_tokens), MAX(p95_prompt_tokens),
          MAX(p25_cost_usd_nanos), MAX(p99_latency_ms), SUM(calls)
        FROM selected_usage GROUP BY occurred_at, feature, model
        HAVING SUM(calls + extra_calls) > 0 ORDER BY occurred_at, feature, model
        """, told.randomSelection(&dice))
    }
  }

  @Test func `a storm is every call of a window with too many, and no other`() throws {
    let desk = try Desk()
    // Two an hour, then eleven within ten seconds, then two an hour.
    let before: [Int64] = (0..<4).map { $0 * 1_800_000 }
    let burst: [Int64] = (0..<11).map { 7_200_000 + $0 * 1000 }
    let after: [Int64] = (0..<4).map { 10_000_000 + $0 * 1_800_000 }
    let times = before + burst + after
    try desk.load(
      "calls.jsonl",
      times.enumerated().map { number, time in
        json([
          "occurred_at": RandomLines.start + time, "request_id": "r-\(number)",
          "model": "claude-sonnet-4-6", "input_tokens": 10, "output_tokens": 1,
          "prompt_hash": "85bce1e35ceab3e9",
        ])
      })
    let told = try ToldUsage(desk)
    for (calls, within, expected) in [
      (10, "5m", 11), (11, "5m", 0), (3, "9s", 11), (11, "31m", 12), (12, "31m", 0),
    ] {
      let recipe = try Recipe(
        name: "storm",
        text: """
          -- @parameter calls integer \(calls) Calls.
          -- @parameter within duration \(within) Span.
          -- @storm prompt_hash calls within
          -- @usage storm
          SELECT COALESCE(SUM(CASE WHEN storm = 1 THEN calls ELSE 0 END), 0) FROM selected_usage
          """)
      for way in ToldUsage.Way.allCases {
        #expect(
          try told.rows(recipe, Selection(), way) == [[.integer(Int64(expected))]],
          "\(calls) in \(within), \(way)")
      }
    }
  }

  @Test func `days of a zone begin at its midnights, a week on Monday`() throws {
    let recipe = try Recipe(
      name: "days",
      text: """
        -- @parameter bucket one-of:none|hour|day|week|month day Bucket.
        -- @usage feature
        -- @bucket {bucket}
        SELECT occurred_at, SUM(calls) FROM selected_usage GROUP BY occurred_at ORDER BY occurred_at
        """)
    let desk = told.desk
    let since = RandomLines.start
    let selection = Selection(since: since, until: since + RandomLines.span)
    for (zone, offset) in [("Asia/Kolkata", 19_800_000), ("Asia/Tokyo", 32_400_000)] as [(_, Int64)]
    {
      var expected: [Int64: Int64] = [:]
      for call in told.calls where told.isSelected(call, selection) {
        let day = (call.occurredAt + offset) / 86_400_000 * 86_400_000 - offset
        expected[max(day, since), default: 0] += call.amounts[0]
      }
      let answer = try CallDatabase(desk.file).answer(
        recipe, over: selection, asOf: 0, timezone: zone)
      #expect(
        answer.table.rows
          == expected.sorted { $0.key < $1.key }.map {
            [.integer($0.key), .integer($0.value)]
          }, "\(zone)")
    }
    // 1 November 2026 is a Sunday.
    let weeks = try CallDatabase(desk.file).answer(
      recipe, over: selection, arguments: ["bucket": "week"], asOf: 0)
    #expect(weeks.table.rows.map { $0[0] } == [.integer(since), .integer(since + 86_400_000)])
  }

  @Test func `a recipe can be asked for the total alone`() throws {
    let recipe = try Recipe(
      name: "total",
      text: """
        -- @parameter by dimensions all Columns.
        -- @usage {by}
        SELECT {by}, SUM(calls) FROM selected_usage GROUP BY {by} ORDER BY {by} NULLS FIRST
        """)
    for way in ToldUsage.Way.allCases {
      let rows = try told.rows(recipe, Selection(), way)
      #expect(rows.count == 1)
      #expect(rows[0][0] == .text("all"))
    }
    let both = try CallDatabase(told.desk.file).answer(
      recipe, over: Selection(), arguments: ["by": "tenant,model"], asOf: 0)
    #expect(both.table.columns.map(\.name).prefix(2) == ["tenant_id", "model"])
  }
}
