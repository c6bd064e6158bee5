import Tables
import Testing
import UsageLog

@testable import CallStore

/// A row's explanation comes to the row's own figures, to the nano-dollar.
@Suite struct RowExplanationTests {
  private func explained(
    _ row: String, _ recipe: Recipe, _ selection: Selection, in desk: Desk
  ) throws -> ExplainedRow {
    try CallDatabase(desk.file).explain(
      row: row, of: recipe, over: selection, arguments: [:], asOf: selection.until ?? 0,
      prices: PriceSettings())
  }

  private func sum(
    _ row: String, _ recipe: Recipe, _ selection: Selection, in desk: Desk
  ) throws -> RowExplanation {
    guard case .sum(let sum) = try explained(row, recipe, selection, in: desk) else {
      throw ExplainError.noDimension(recipe: recipe.name)
    }
    return sum
  }

  private func ties(_ row: RowExplanation) -> [String: Int64] {
    Dictionary(uniqueKeysWithValues: row.ties.filter(\.isEqual).map { ($0.column, $0.sum) })
  }

  private func week(of desk: Desk) throws -> Selection {
    let newest = try #require(try CallDatabase(desk.file).newestCall()) + 1
    return Selection(since: newest - 7 * 86_400_000, until: newest)
  }

  @Test(arguments: ["top-prompts", "tenant-trend", "cache-hit-ratio"])
  func `every row of the story's recipes ties in every figure`(_ name: String) throws {
    let desk = try Sample.desk.get()
    let recipe = try Sample.recipe(name)
    let week = try week(of: desk)
    let rows = try CallDatabase(desk.file).answer(recipe, over: week, asOf: 0).table.rows
    #expect(rows.count > 3)
    for number in 1...rows.count {
      let row = try sum("\(number)", recipe, week, in: desk)
      #expect(row.row == rows[number - 1])
      #expect(row.ties.allSatisfy { $0.isEqual }, "\(name) \(number): \(row.ties)")
      let columns = Set(row.ties.map(\.column))
      switch name {
      case "top-prompts": #expect(columns.contains("total_usd") || row.row[2] == .null)
      case "tenant-trend": #expect(columns.isSuperset(of: ["this_week_usd", "last_week_usd"]))
      default: #expect(columns == ["reads", "writes", "fresh"])
      }
      #expect(row.windows.allSatisfy { $0.disagreeing == 0 && $0.costNanos == $0.storedNanos })
    }
  }

  @Test func `a logged cost of 0 is not taken for the list price of what no commitment covers`()
    throws
  {
    let desk = try Desk()
    let call =
      #"{"occurred_at":"2026-11-03T09:00:00Z","request_id":"req_1","model":"claude-sonnet-4-6","#
      + #""input_tokens":100,"output_tokens":100,"cost_usd":0}"#
    try desk.load("calls.jsonl", [call])
    let row = try sum("1", Sample.recipe("price-check"), try week(of: desk), in: desk)
    let logged = try #require(row.ties.first { $0.column == "logged_usd" })
    #expect(!logged.isEqual && logged.sumOf == "cost")
  }

  @Test func `rows of random histories tie, by any dimension`() throws {
    for seed in runs(6) {
      let desk = try Desk()
      var random = RandomLines(seed: seed)
      try desk.load(
        "calls.jsonl", random.lines(160), touched: RandomLines.start + 3_600_000 * 30)
      var dice = Dice(seed)
      let told = try ToldUsage(desk)
      for _ in 0..<8 { try expectTies(told.randomSelection(&dice), told, &dice) }
    }
  }

  private func expectTies(
    _ selection: Selection, _ told: ToldUsage, _ dice: inout Dice
  ) throws {
    let dimension = try #require(Dimension.allCases.randomElement(using: &dice))
    let recipe = try Recipe(
      name: "costs",
      text: """
        -- @usage \(dimension.column)
        -- @unit reads tokens
        -- @unit calls count
        SELECT \(dimension.column), SUM(calls) AS calls, SUM(cost_usd_nanos) AS total_usd_nanos,
          SUM(cache_read_tokens) AS reads
        FROM selected_usage GROUP BY 1 ORDER BY 1
        """)
    let rows = try CallDatabase(told.desk.file).answer(recipe, over: selection, asOf: 0).table.rows
    for number in rows.indices.prefix(4) {
      let row = try sum("\(number + 1)", recipe, selection, in: told.desk)
      // A status of 1 to 4 would be a row's text before its number.
      guard row.row == rows[number] else { continue }
      let figures = ties(row)
      #expect(figures["calls"] == told.whole(rows[number][1]), "\(selection) \(row.row)")
      #expect(figures["total_usd"] == told.whole(rows[number][2]), "\(selection) \(row.row)")
      #expect(figures["reads"] == told.whole(rows[number][3]), "\(selection) \(row.row)")
      let groups = row.windows[0].groups
      for group in groups where group.outcome == .priced {
        let lines = group.lines.reduce(Int128(0)) { $0 + ($1.picodollars ?? 0) }
        #expect(lines == group.picodollars)
      }
    }
  }

  @Test func `a row is found by its number or by its first column's text`() throws {
    let desk = try Sample.desk.get()
    let week = try week(of: desk)
    let trend = try Sample.recipe("tenant-trend")
    let one = try sum("1", trend, week, in: desk)
    #expect(one.row.first == .text("brisk-parcel"))
    #expect(try sum("brisk-parcel", trend, week, in: desk).number == 1)
    #expect(try sum("(none)", trend, week, in: desk).row.first == .null)
    let error = ExplainError.noSuchRow(
      "99", recipe: "tenant-trend", rows: 8, first: ["brisk-parcel", "cobalt-air", "alder-bank"])
    #expect(throws: error) { try sum("99", trend, week, in: desk) }
  }

  @Test func `a row of calls is that one call, also among equal ones`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer(nil), answer(nil), answer("req_1")])
    try desk.load("more.jsonl", [answer("req_2", ["tenant_id": "alder-bank"])])
    let recipe = try Sample.recipe("calls")
    var keys: Set<String> = []
    for number in 1...4 {
      guard case .call(let call) = try explained("\(number)", recipe, Selection(), in: desk) else {
        Issue.record("row \(number) is no call")
        continue
      }
      keys.insert(call.key)
      #expect(call.stored.costNanos == 6_000_000)
    }
    #expect(keys.count == 4)
  }

  @Test func `a row of one's own list of calls is its call, whatever else it shows`() throws {
    let desk = try Desk()
    try desk.load("app.jsonl", [answer("req_1"), answer("req_1b", ["tenant_id": "alder-bank"])])
    let recipe = try Recipe(
      name: "lines",
      text: """
        SELECT occurred_at, source_file, source_line, output_tokens * 2 AS twice FROM selected_call
        """)
    let bank = Selection(filters: [.tenant: ["alder-bank"]])
    guard case .call(let call) = try explained("1", recipe, bank, in: desk) else {
      Issue.record("the row is no call")
      return
    }
    #expect(call.tellings.map(\.line) == [2])
  }

  @Test func `rows that do not say whose they are cannot be explained`() throws {
    let desk = try Sample.desk.get()
    let recipe = try Recipe(name: "all", text: "SELECT COUNT(*) AS n FROM selected_call")
    #expect(throws: ExplainError.noDimension(recipe: "all")) {
      try explained("1", recipe, Selection(), in: desk)
    }
    let empty = Selection(since: 0, until: 1, filters: [:])
    #expect(throws: ExplainError.noRows(recipe: "top-prompts")) {
      try explained("1", Sample.recipe("top-prompts"), empty, in: desk)
    }
  }

  @Test func `calls under several prices stand apart, and the dearest lead`() throws {
    let desk = try Desk()
    try desk.load(
      "app.jsonl",
      [
        answer("req_1"), answer("req_2", ["service_tier": "batch"]),
        answer("req_3", ["service_tier": "priority"]), answer("req_4", ["model": "gpt-99"]),
        answer("req_5", ["status_code": 529, "input_tokens": 0, "output_tokens": 0]),
      ])
    let row = try sum("cobalt-air", Sample.recipe("tenant-trend"), week(of: desk), in: desk)
    let window = row.windows[0]
    #expect(
      Set(window.groups.map(\.outcome.rawValue)) == ["priced", "covered", "unpriced", "free"])
    #expect(window.groups.map(\.storedNanos) == [6_000_000, 3_000_000, 0, 0, 0])
    #expect(window.exactCost.numerator == 9_000_000_000)
    #expect(window.dearest.prefix(2).map(\.id) == ["req_1", "req_2"])
    #expect(window.dearest[0].line == 1)
  }
}
