import Foundation
import Tables
import Testing

@testable import CallStore

/// A recipe is its file: comment, directives, one SELECT.
@Suite struct RecipeTests {
  private static let spend = """
    -- What each team spent.
    --
    -- A paragraph of help
    -- follows.
    --
    -- And another one.
    --
    -- @window 7d
    -- @lookback 1 window
    -- @parameter limit integer 10 Rows to show.
    -- @parameter by dimension tenant What makes the rows.
    -- @parameter note text none A word.
    -- @usage {by}
    -- @unit n count
    -- @highlight n above 100
    -- @bar total_usd
    -- @left-out prompt_hash

    SELECT {by}, COUNT(*) AS n, COALESCE(SUM(cost_usd_nanos), 0) AS total_usd_nanos
    FROM selected_usage WHERE :note IS NOT NULL GROUP BY {by} ORDER BY {by} LIMIT :limit;

    """

  @Test func `the opening comment is the help and the directives are read`() throws {
    let recipe = try Recipe(name: "spend", text: Self.spend)
    #expect(recipe.summary == "What each team spent.")
    #expect(recipe.discussion == "A paragraph of help follows.\n\nAnd another one.")
    #expect(recipe.window == "7d")
    #expect(recipe.looksBack)
    #expect(
      recipe.parameters == [
        .init(name: "limit", kind: .integer, standard: "10", help: "Rows to show."),
        .init(name: "by", kind: .dimension, standard: "tenant", help: "What makes the rows."),
        .init(name: "note", kind: .text, standard: "none", help: "A word."),
      ])
    #expect(recipe.directives.usage == ["{by}"])
    #expect(recipe.directives.units == ["n": .count])
    #expect(recipe.directives.highlights == ["n": .above(100)])
    #expect(recipe.directives.bars == ["total_usd"])
    #expect(recipe.directives.leftOut == "prompt_hash")
    #expect(recipe.sql.hasPrefix("SELECT {by}") && recipe.sql.hasSuffix("LIMIT :limit"))
  }

  @Test func `a file written on Windows is the same recipe`() throws {
    let recipe = try Recipe(
      name: "spend", text: Self.spend.replacingOccurrences(of: "\n", with: "\r\n"))
    #expect(recipe.summary == "What each team spent.")
    #expect(recipe.window == "7d")
    #expect(recipe.sql.hasPrefix("SELECT {by}"))
  }

  @Test(arguments: [
    "@windows 24h", "@window", "@window 24 h", "@lookback 2 window", "@lookback long", "@storm a",
    "@fold none", "@bucket era", "@unit n furlong", "@unit n",
    "@highlight n over 3", "@highlight n above much", "@parameter limit figure 10", "@parameter x",
    "@parameter", "@", "@left-out", "@bar a b",
  ]) func `a directive that means nothing is named with its line`(directive: String) throws {
    let text = "-- What each team spent.\n--\n-- \(directive)\nSELECT 1\n"
    let error = #expect(throws: RecipeError.self) { try Recipe(name: "spend", text: text) }
    #expect(error == .unknownDirective("spend", line: 3))
    #expect(error?.description.contains("line 3 of 'spend'") == true)
  }

  @Test func `a file without SQL is an error`() {
    #expect(throws: RecipeError.empty("spend")) {
      try Recipe(name: "spend", text: "-- Nothing.\n;\n")
    }
    #expect(throws: RecipeError.empty("spend")) { try Recipe(name: "spend", text: "") }
  }

  // MARK: - Rendering

  private func rendered(_ sql: String, _ arguments: [String: String] = [:]) throws -> RenderedRecipe
  {
    try RenderedRecipe(
      Recipe(name: "own", text: sql), Selection(since: 0, until: 1), arguments: arguments, asOf: 1)
  }

  @Test(arguments: [
    "SELECT COUNT(*) FROM selected_call",
    "WITH x AS (SELECT * FROM selected_call) SELECT COUNT(*) FROM x",
    "with x AS (SELECT * FROM selected_call) SELECT COUNT(*) FROM x",
    "WITH\n  x AS (SELECT * FROM selected_call)\nSELECT COUNT(*) FROM x",
    "WITH\tx AS (SELECT * FROM selected_call) SELECT COUNT(*) FROM x",
    "WITH RECURSIVE x(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM x WHERE i < 3) SELECT MAX(i) FROM x",
    "WITH  recursive\nx(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM x WHERE i < 3) SELECT MAX(i) FROM x",
    "  -- Indented, so not the opening comment.\nWITH x AS (SELECT 3 AS i) SELECT MAX(i) FROM x",
    "/* A block. */ WITH x AS (SELECT 3 AS i) SELECT MAX(i) FROM x",
    "SELECT COUNT(*) FROM selected_call -- and no more",
    "SELECT COUNT(*) FROM selected_call; -- and no more",
  ]) func `a recipe of any layout gets its selection in front`(sql: String) throws {
    let desk = try Sample.desk.get()
    let answer = try CallDatabase(desk.file).answer(
      Recipe(name: "own", text: sql), over: Selection(), asOf: Desk.now)
    #expect(answer.table.rows.count == 1)
  }

  @Test func `arguments are checked before anything runs`() throws {
    let own = "-- @parameter limit integer 10 Rows.\n-- @parameter by dimension tenant What.\n"
    let sql = own + "SELECT {by} FROM selected_call LIMIT :limit"
    #expect(throws: RecipeError.notAnInteger(parameter: "limit")) {
      try rendered(sql, ["limit": "ten"])
    }
    #expect(throws: RecipeError.notAnInteger(parameter: "limit")) {
      try rendered(sql, ["limit": "0"])
    }
    #expect(throws: RecipeError.unknownDimension("colour")) { try rendered(sql, ["by": "colour"]) }
    #expect(throws: RecipeError.unknownParameter("top", known: ["limit", "by"])) {
      try rendered(sql, ["top": "3"])
    }
    #expect(try rendered(sql, ["by": "deploy"]).sql.contains("SELECT deploy_sha FROM"))
  }

  @Test func `texts are filled in where they stand and nowhere else`() {
    let sql = "SELECT ':a', \":a\", :a, :ab, :other -- :a\n/* don't :a */ , :b, a::b, ':', :c"
    let filled = SQLText.filledIn(
      sql, ["a": .text("it's"), "ab": .integer(-5), "b": .null, "c": .text("")])
    #expect(
      filled
        == "SELECT ':a', \":a\", 'it''s', -5, :other -- :a\n/* don't :a */ , NULL, a:NULL, ':', ''")
  }

  // MARK: - The printed statement

  @Test(arguments: ["top-prompts", "tenant-trend", "cache-hit-ratio", "calls"])
  func `the printed statement gives the same rows in any SQLite`(name: String) throws {
    let desk = try Sample.desk.get()
    let now = try Sample.expected().as_of
    let recipe = try Sample.recipe(name)
    let day: Int64 = 86_400_000
    for selection in [
      Selection(since: now - 7 * day, until: now), Selection(since: now - day / 2, until: now),
      Selection(
        since: now - 3 * day, until: now,
        filters: [.tenant: ["cobalt-air", Selection.none], .feature: ["triage", "o'clock"]]),
      Selection(since: now - 7 * day, until: now, filters: [.status: ["4xx", "529"]]),
    ] {
      let printed = try RenderedRecipe(recipe, selection, arguments: [:], asOf: now).printable
      let answer = try CallDatabase(desk.file).answer(recipe, over: selection, asOf: now)
      #expect(printed.hasSuffix(";\n"))
      #expect(try desk.rows(printed) == answer.table.rows.map { $0.map(\.plain) }, "\(selection)")
    }
  }

  @Test func `an answer says what its columns mean`() throws {
    let answer = try CallDatabase(Sample.desk.get().file).answer(
      Recipe(
        name: "own",
        text: """
          -- @unit calls count
          SELECT 1 AS calls, 2 AS total_usd_nanos, 3 AS hit_pct, 4 AS pct_change, 5 AS avg_ms,
            6 AS fresh_tokens, 7 AS seen_at, 'x' AS name
          """), over: Selection(), asOf: Desk.now)
    #expect(
      answer.table.columns.map(\.unit) == [
        .count, .usd, .pct, .pct, .ms, .tokens, .instant, .text,
      ])
    #expect(answer.table.columns[1].name == "total_usd")
  }
}
