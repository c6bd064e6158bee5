import Foundation
import Tables
import Testing

@testable import CallStore

/// What folds finish and what they do not: the scanned columns and the printed SQL give the same rows.
@Suite struct SpendRecipeSQLTests {
  private static let names = [
    "spend", "usage-by-model", "cost-per-task", "cost-per-outcome", "model-mix", "sessions-over",
    "repeat-prompts", "max-tokens", "slow-calls", "residency", "data-quality",
  ]

  /// The recipe without its fold.
  static func unfolded(_ name: String, _ defaults: [String: String] = [:]) throws -> Recipe {
    let file = Sample.top.appendingPathComponent("queries/\(name).sql")
    var text = try String(contentsOf: file, encoding: .utf8)
      .replacing(/-- @fold [a-z-]+\n/, with: "")
    for (line, other) in defaults { text = text.replacingOccurrences(of: line, with: other) }
    return try Recipe(name: name, text: text)
  }

  @Test(arguments: names)
  func `scanned and printed agree on random calls`(_ name: String) throws {
    let told = try ToldUsage()
    // Thresholds low enough for random calls to be found.
    let recipe = try Self.unfolded(
      name,
      [
        "limit integer 20": "limit integer 500", "usd usd 1.00": "usd usd 0.02",
        "over duration 30s": "over duration 4s", "calls integer 30": "calls integer 2",
        "calls integer 5": "calls integer 2", "LIMIT :limit": "",
      ])
    var met = 0
    for seed in runs(20) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let scanned = try told.rows(recipe, selection, .scanned)
      #expect(scanned == (try told.rows(recipe, selection, .printed)), "\(selection)")
      met += scanned.count
    }
    #expect(met > 10)
  }

  @Test(arguments: names)
  func `an empty window has no finding`(_ name: String) throws {
    let told = try ToldUsage()
    let selection = Selection(since: instant("2026-10-01"), until: instant("2026-10-08"))
    #expect(try told.desk.ask(name, selection).table.rows.isEmpty)
  }

  @Test(arguments: names)
  func `an open window is all there is`(_ name: String) throws {
    let told = try ToldUsage()
    let bounds = Selection(
      since: instant("2026-10-20"), until: instant("2026-12-20"))
    let (open, closed) = (
      try told.desk.ask(name, Selection()), try told.desk.ask(name, bounds)
    )
    guard name != "data-quality" else { return }
    for column in open.table.columns.map(\.name) where column != "trend" {
      #expect(try open.column(column) == closed.column(column), "\(column)")
    }
  }

  /// A row's figures that bear the name of a sum are that sum, and no row explains calls that are not its own.
  @Test(arguments: names)
  func `explained rows tie`(_ name: String) throws {
    let told = try ToldUsage()
    let recipe = try Sample.recipe(name)
    let selection = Selection(since: instant("2026-11-01"), until: instant("2026-11-06"))
    let arguments =
      ["sessions-over": ["usd": "0.02"], "repeat-prompts": ["calls": "2"]][name] ?? [:]
    let answer = try CallDatabase(told.desk.file).answer(
      recipe, over: selection, arguments: arguments, asOf: 0)
    #expect(!answer.table.rows.isEmpty)
    for row in answer.table.rows.indices.prefix(8) {
      let explained = try CallDatabase(told.desk.file).explain(
        row: "\(row + 1)", of: recipe, over: selection, arguments: arguments, asOf: 0,
        prices: .init())
      guard case .sum(let sum) = explained else { continue }
      for tie in sum.ties where Self.sums.contains(tie.column) {
        // Without a price a row shows nothing, and nothing ties to it.
        #expect(tie.isEqual, "\(name) \(row + 1): \(tie)")
      }
    }
  }

  private static let sums: Set<String> = [
    "spend_usd", "n_calls", "n_tokens", "input", "output", "cache_writes", "cache_reads",
    "total_usd",
  ]
}
