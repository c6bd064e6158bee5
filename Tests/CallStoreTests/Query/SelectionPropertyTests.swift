import Tables
import Testing

@testable import CallStore

/// Sums and calls give one answer: whatever the window, the filters and the grouping.
@Suite struct SelectionPropertyTests {
  private let desk: Desk
  private let calls: [Told]

  /// A call as `llm_call` shows it.
  private struct Told {
    var occurredAt: Int64
    var values: [Dimension: String]
    var amounts: [Int64]
  }

  init() throws {
    let desk = try Desk()
    var random = RandomLines(seed: 42)
    try desk.load("calls.jsonl", random.lines(260), touched: RandomLines.start + 3_600_000 * 30)
    try self.init(desk)
  }

  private init(_ desk: Desk) throws {
    self.desk = desk
    calls = try Self.told(desk)
  }

  private static func told(_ desk: Desk) throws -> [Told] {
    let columns = Dimension.allCases.map(\.column).joined(separator: ", ")
    let amounts = [
      "input_tokens", "cache_create_tokens", "cache_create_1h_tokens", "cache_read_tokens",
      "output_tokens", "web_search_requests", "cost_usd_nanos", "latency_ms",
    ]
    let sql =
      "SELECT occurred_at, kind, \(columns), \(amounts.joined(separator: ", ")) FROM llm_call"
    return try desk.rows(sql).map { row in
      var values: [Dimension: String] = [:]
      for (dimension, value) in zip(Dimension.allCases, row[2...]) { values[dimension] = value }
      let given = row[(2 + Dimension.allCases.count)...].map { $0.flatMap { Int64($0) } }
      let isCall = row[1] == "call"
      let cost = given[6]
      let status = values[.status].flatMap { Int64($0) } ?? 0
      let flags: [Bool] = [
        isCall, !isCall, isCall && cost != nil, !isCall && cost != nil,
        given[0] == nil && cost == nil, status >= 400,
      ]
      return Told(
        occurredAt: row[0].flatMap { Int64($0) } ?? 0, values: values,
        amounts: flags.map { $0 ? 1 : 0 } + given.map { $0 ?? 0 } + [given[7] == nil ? 0 : 1])
    }
  }

  // MARK: - Both sides

  private func isSelected(_ call: Told, _ selection: Selection) -> Bool {
    guard call.occurredAt >= selection.since ?? 0, call.occurredAt < selection.until ?? Int64.max
    else { return false }
    return selection.filters.allSatisfy { dimension, values in
      values.contains { value in
        guard let own = call.values[dimension] else { return value == Selection.none }
        return own == value || (dimension == .status && value == "\(own.prefix(1))xx")
      }
    }
  }

  private func expected(_ selection: Selection, by dimension: Dimension?) -> [String: [Int64]] {
    var groups: [String: [Int64]] = [:]
    for call in calls where isSelected(call, selection) {
      let key = dimension.map { call.values[$0] ?? Selection.none } ?? "all"
      let sum = groups[key] ?? Array(repeating: 0, count: call.amounts.count)
      groups[key] = zip(sum, call.amounts).map { $0 + $1 }
    }
    return groups
  }

  /// Both ways to an answer: sums and scanned columns, and the printed SQL over sums and rows.
  private enum Way: CaseIterable { case scanned, printed }

  private func actual(
    _ selection: Selection, by dimension: Dimension?, _ way: Way
  ) throws -> [String: [Int64]] {
    let key = dimension?.column ?? "'all'"
    let sums = UsageAmount.summed.map { "COALESCE(SUM(\($0.rawValue)), 0)" }
    let recipe = try Recipe(
      name: "usage",
      text: """
        \(dimension.map { "-- @usage \($0.column)\n" } ?? "")\
        SELECT \(key), \(sums.joined(separator: ", ")) FROM selected_usage GROUP BY 1
        """)
    return try groups(rows(recipe, selection, way))
  }

  private func rows(_ recipe: Recipe, _ selection: Selection, _ way: Way) throws -> [[Value]] {
    let database = try CallDatabase(desk.file)
    switch way {
    case .scanned: return try database.answer(recipe, over: selection, asOf: 0).table.rows
    case .printed:
      let statement = try RenderedRecipe(recipe, selection, arguments: [:], asOf: 0)
      return try database.query(statement.sql, statement.parameters).rows
    }
  }

  private func groups(_ rows: [[Value]]) -> [String: [Int64]] {
    var groups: [String: [Int64]] = [:]
    for row in rows {
      let name = if case .text(let text) = row[0] { text } else { number(row[0]) }
      groups[name] = row.dropFirst().map { if case .integer(let sum) = $0 { sum } else { -1 } }
    }
    return groups
  }

  private func whole(_ value: Value) -> Int64 {
    if case .integer(let number) = value { number } else { -1 }
  }

  private func number(_ value: Value) -> String {
    if case .integer(let number) = value { "\(number)" } else { Selection.none }
  }

  private func expectAgreement(_ selection: Selection, by dimension: Dimension?) throws {
    let expected = expected(selection, by: dimension)
    for way in Way.allCases {
      #expect(
        try actual(selection, by: dimension, way) == expected,
        "\(selection) by \(dimension?.rawValue ?? "nothing"), \(way)")
    }
  }

  // MARK: - Properties

  @Test func `any selection is the sum of its calls`() throws {
    for seed in runs(120) {
      var dice = Dice(seed)
      let selection = randomSelection(&dice)
      for dimension in [nil, Dimension.allCases.randomElement(using: &dice)] {
        try expectAgreement(selection, by: dimension)
      }
    }
  }

  @Test func `every dimension filters and groups`() throws {
    for dimension in Dimension.allCases { try expectAgreement(filteredBy: dimension) }
  }

  private func expectAgreement(filteredBy dimension: Dimension) throws {
    let values = Set(calls.compactMap { $0.values[dimension] }).sorted()
    let start = RandomLines.start
    for window in [(nil, nil), (start + 86_400_000, start + 3 * 86_400_000 + 12_345)] {
      for chosen in values.map({ [$0] }) + [values, [Selection.none], [Selection.none] + values] {
        let selection = Selection(
          since: window.0, until: window.1, filters: [dimension: chosen])
        try expectAgreement(selection, by: nil)
        try expectAgreement(selection, by: dimension)
        try expectAgreement(selection, by: dimension == .feature ? .tenant : .feature)
      }
    }
  }

  @Test func `windows without any call are empty, not an error`() throws {
    let start = RandomLines.start
    for (since, until) in [
      (start, start), (start + 10, start), (nil, 1_000_000_000_000), (4_200_000_000_000, nil),
      (start - 86_400_000, start - 3_600_000), (start + 900 * 86_400_000, nil),
    ] as [(Int64?, Int64?)] {
      for dimension in [nil, Dimension.tenant, .promptHash, .session] {
        try expectAgreement(Selection(since: since, until: until), by: dimension)
      }
    }
  }

  @Test func `no bucket reaches over a cut`() throws {
    for seed in runs(20) { try expectCut(seed) }
  }

  private func expectCut(_ seed: UInt64) throws {
    var dice = Dice(seed)
    let selection = randomSelection(&dice)
    guard let since = selection.since, let until = selection.until, until - since > 2 else {
      return
    }
    let recipe = try Recipe(
      name: "two windows",
      text: """
        -- @lookback 1 window
        -- @usage tenant_id
        SELECT COALESCE(SUM(CASE WHEN occurred_at < :since THEN cost_usd_nanos ELSE 0 END), 0)
        FROM selected_usage
        """)
    var before = selection.lookedBack
    before.until = since
    let cost = expected(before, by: nil)["all"]?[12] ?? 0
    for way in Way.allCases {
      #expect(try rows(recipe, selection, way) == [[.integer(cost)]], "\(selection), \(way)")
    }
  }

  @Test func `the hours and days of a window are kept apart where a recipe asks for it`() throws {
    for seed in runs(30) {
      var dice = Dice(seed)
      let selection = randomSelection(&dice)
      try expectBuckets(seed % 2 == 0 ? "hour" : "day", selection)
    }
  }

  private func expectBuckets(_ bucket: String, _ selection: Selection) throws {
    let length: Int64 = bucket == "hour" ? 3_600_000 : 86_400_000
    var expected: [Int64: Int64] = [:]
    for call in calls where isSelected(call, selection) {
      expected[call.occurredAt / length * length, default: 0] += call.amounts[10]
    }
    let recipe = try Recipe(
      name: "buckets",
      text: """
        -- @bucket \(bucket)
        SELECT occurred_at - occurred_at % \(length), SUM(output_tokens) FROM selected_usage
        GROUP BY 1 HAVING SUM(calls + extra_calls) > 0
        """)
    for way in Way.allCases {
      let told = Dictionary(
        uniqueKeysWithValues: try rows(recipe, selection, way).map { (whole($0[0]), whole($0[1])) })
      #expect(told == expected, "\(selection) by \(bucket), \(way)")
    }
  }

  @Test func `first, last and busiest five minutes are those of the calls`() throws {
    for seed in runs(40) {
      var dice = Dice(seed)
      var selection = randomSelection(&dice)
      if Bool.random(using: &dice) { selection.since = nil }
      try expectTimes(selection, by: seed % 2 == 0 ? .feature : .promptHash)
    }
  }

  private func expectTimes(_ selection: Selection, by dimension: Dimension) throws {
    var times: [String: [(at: Int64, isCall: Bool)]] = [:]
    for call in calls where isSelected(call, selection) {
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
    for way in Way.allCases {
      #expect(try groups(rows(recipe, selection, way)) == expected, "\(selection), \(way)")
    }
  }

  @Test func `the top groups are the same however many are left out early, ties included`() throws {
    for seed in runs(40) {
      var dice = Dice(seed)
      let selection = randomSelection(&dice)
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
          try rows(recipe, selection, .scanned) == rows(recipe, selection, .printed),
          "\(selection) by \(dimension)")
      }
    }
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
      #expect(try rows(recipe, selection, .scanned) == rows(recipe, selection, .printed))
    }
  }

  @Test(arguments: ["service_tier", "kind", "region", "model_raw", "operation_id"])
  func `usage by a column that is not packed is read from its rows`(column: String) throws {
    let recipe = try Recipe(
      name: "other",
      text: """
        -- @usage \(column)
        SELECT \(column), SUM(calls), SUM(extra_calls), MAX(last_at) FROM selected_usage
        GROUP BY \(column) ORDER BY \(column)
        """)
    let counted = try desk.rows(
      """
      SELECT \(column), SUM(kind = 'call'), SUM(kind <> 'call'), MAX(occurred_at) FROM llm_call
      GROUP BY \(column) ORDER BY \(column)
      """)
    for way in Way.allCases {
      #expect(try rows(recipe, Selection(), way).map { $0.map(text) } == counted)
    }
  }

  private func text(_ value: Value) -> String? {
    switch value {
    case .null: nil
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
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
      let days = try rows(recipe, selection, .scanned)
      #expect(days.count >= 5)
      #expect(days == (try rows(recipe, selection, .printed)))
    }
  }

  @Test func `no table expression of a recipe's own stands in for ours`() throws {
    let recipe = try Recipe(
      name: "thief",
      text: """
        -- @usage tenant_id
        WITH scanned_usage AS (SELECT 0 AS occurred_at, 1 AS value, 7 AS calls, 0 AS first_at),
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
      try rows(recipe, Selection(), .scanned) == rows(honest, Selection(), .scanned))
  }

  @Test func `the newest calls are the same whether their hours were looked up or not`() throws {
    for seed in runs(60) {
      var dice = Dice(seed)
      let selection = randomSelection(&dice)
      let recipe = try Recipe(
        name: "newest",
        text: """
          -- @parameter limit integer \(Int.random(in: 1...30, using: &dice)) Rows.
          -- @newest limit
          SELECT occurred_at, identity FROM selected_call
          ORDER BY occurred_at DESC, identity LIMIT :limit
          """)
      #expect(
        try rows(recipe, selection, .scanned) == rows(recipe, selection, .printed), "\(selection)")
    }
  }

  @Test func `hours that are not packed are read from their calls`() throws {
    let desk = try Desk()
    var random = RandomLines(seed: 42)
    try desk.load("calls.jsonl", random.lines(260), touched: RandomLines.start + 3_600_000 * 30)
    try desk.write("DELETE FROM call_column WHERE hour % 3 = 0")
    try desk.write("DELETE FROM call_part WHERE hour % 3 = 0")
    let partly = try SelectionPropertyTests(desk)
    for dimension in Dimension.allCases { try partly.expectAgreement(Selection(), by: dimension) }
  }

  private func randomSelection(_ dice: inout Dice) -> Selection {
    let start = RandomLines.start
    var bounds = (0..<2).map { _ -> Int64? in
      let moment = start + Int64.random(in: -86_400_000...6 * 86_400_000, using: &dice)
      return switch Int.random(in: 0..<5, using: &dice) {
      case 0: moment / 86_400_000 * 86_400_000
      case 1: moment / 3_600_000 * 3_600_000
      case 2: calls.randomElement(using: &dice)?.occurredAt
      case 3: nil
      default: moment
      }
    }
    if let since = bounds[0], let until = bounds[1], since > until { bounds.swapAt(0, 1) }
    var selection = Selection(since: bounds[0], until: bounds[1])
    for _ in 0..<Int.random(in: 0...2, using: &dice) {
      guard let dimension = Dimension.allCases.randomElement(using: &dice) else { continue }
      let known = Set(calls.map { $0.values[dimension] ?? Selection.none }).sorted()
      let more = dimension == .status ? ["4xx", "5xx", "200"] : ["nobody's"]
      selection.filters[dimension] = (0..<Int.random(in: 1...3, using: &dice)).compactMap { _ in
        (known + more).randomElement(using: &dice)
      }
    }
    return selection
  }
}
