import Foundation
import Tables
import Testing
import UsageLog

@testable import CallStore

/// `spend` adds up to the total, whatever it is asked by.
@Suite struct SpendTests {
  /// Sonnet 4.6 at 1,000 tokens in and 200 out costs $0.006, Haiku 4.5 $0.002.
  private func desk() throws -> Desk {
    let desk = try Desk()
    let haiku = "claude-haiku-4-5"
    try desk.load(
      "calls.jsonl",
      [
        answer("a", at: stamp(2), [:]), answer("b", at: stamp(2), ["feature": "nightly-digest"]),
        answer("c", at: stamp(3, 0), [:]), answer("d", at: stamp(3, 12), [:]),
        answer("e", at: stamp(3, 23), ["feature": "summarise", "model": haiku]),
        answer("f", at: stamp(3, 1), ["feature": NSNull(), "model": "claude-opus-6-preview"]),
      ])
    return desk
  }

  @Test func `a day by feature, reckoned by hand`() throws {
    let answer = try desk().ask("spend", from: "2026-11-03", to: "2026-11-04")
    let flat = String(repeating: "▁", count: 23)
    let twice = "█" + String(repeating: "▁", count: 11) + "█" + String(repeating: "▁", count: 11)
    #expect(
      answer.csv == """
        feature,spend_usd,share_pct,n_calls,n_tokens,change_pct,trend
        triage,0.012,85.71428571428571,2,2400,100.0,\(twice)
        summarise,0.002,14.285714285714286,1,1200,,\(flat)█
        ,,0.0,1,1200,,\(flat)▁
        nightly-digest,0,0.0,0,0,-100.0,\(flat)▁

        """)
  }

  @Test func `what a limit leaves out is one row, so that the total stays`() throws {
    let desk = try desk()
    let answer = try desk.ask(
      "spend", from: "2026-11-03", to: "2026-11-04", ["limit": "1", "by": "feature,model"])
    #expect(try answer.texts("feature") == ["triage", "(others)"])
    #expect(try answer.texts("model") == ["claude-sonnet-4-6", "(others)"])
    #expect(try answer.wholes("spend_usd") == [12_000_000, 2_000_000])
    #expect(try answer.wholes("n_calls") == [2, 2])
    #expect(try answer.column("change_pct")[1] != .null)
    #expect(answer.notes.contains { $0.hasPrefix("(others) are 3 more groups") })
  }

  @Test func `buckets come in time order, compared with the one before`() throws {
    let answer = try desk().ask(
      "spend", from: "2026-11-02", to: "2026-11-04", ["bucket": "day", "by": "all"])
    #expect(
      answer.csv == """
        bucket_at,spend_usd,share_pct,n_calls,n_tokens,change_pct
        2026-11-02T00:00:00.000Z,0.012,100.0,2,2400,
        2026-11-03T00:00:00.000Z,0.014,100.0,4,4800,16.666666666666668

        """)
    // Half a day is not compared with a whole one.
    let cut = try desk().ask(
      "spend", from: "2026-11-02", to: "2026-11-03T12:00", ["bucket": "day", "by": "all"])
    #expect(try cut.column("change_pct") == [.null, .null])
  }

  @Test func `every group of random calls is the plain sum of its calls`() throws {
    let told = try ToldUsage()
    for seed in runs(30) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let by = Dimension.allCases.randomElement(using: &dice) ?? .tenant
      let expected = told.expected(selection, by: by)
      let answer = try told.desk.ask("spend", selection, ["by": by.rawValue, "limit": "1000"])
      var calls: [String: Int64] = [:]
      var spend: [String: Int64] = [:]
      for row in answer.table.rows {
        let name = if case .text(let text) = row[0] { text } else { told.number(row[0]) }
        calls[name] = told.whole(row[3])
        spend[name] = row[1] == .null ? 0 : told.whole(row[1])
      }
      // What only the window before has is shown, too.
      #expect(
        calls.filter { $0.value > 0 } == expected.mapValues { $0[0] }.filter { $0.value > 0 },
        "\(selection), \(by)")
      #expect(
        spend.filter { $0.value > 0 } == expected.mapValues { $0[12] }.filter { $0.value > 0 },
        "\(selection), \(by)")
      let total = told.expected(selection, by: nil)["all"]?[12] ?? 0
      let few = try told.desk.ask("spend", selection, ["by": by.rawValue, "limit": "2"])
      #expect(few.table.rows.count <= 3)
      let sum = try few.wholes("spend_usd").reduce(0) { $0 + max($1, 0) }
      #expect(sum == total, "\(selection), \(by)")
    }
  }

  @Test func `buckets of random calls add up to the total`() throws {
    let told = try ToldUsage()
    for seed in runs(30) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let bucket = ["hour", "day", "week", "month"].randomElement(using: &dice) ?? "day"
      let answer = try told.desk.ask(
        "spend", selection, ["by": "tenant,model", "bucket": bucket, "limit": "3"])
      let all = told.expected(selection, by: nil)["all"]
      let spend = try answer.wholes("spend_usd").reduce(0) { $0 + max($1, 0) }
      #expect(spend == all?[12] ?? 0, "\(selection), \(bucket)")
      let calls = try answer.wholes("n_calls").reduce(0, +)
      #expect(calls == all?[0] ?? 0, "\(selection), \(bucket)")
    }
  }

  @Test func `a row is explained by its bucket's calls, and others by none`() throws {
    let desk = try desk()
    func explain(_ row: String, _ arguments: [String: String]) throws -> ExplainedRow {
      try CallDatabase(desk.file).explain(
        row: row, of: Sample.recipe("spend"),
        over: Selection(since: instant("2026-11-02"), until: instant("2026-11-04")),
        arguments: arguments, asOf: Desk.now, prices: PriceSettings())
    }
    for row in 1...4 {
      guard case .sum(let sum) = try explain("\(row)", ["bucket": "day"]) else {
        Issue.record("a row is a sum")
        continue
      }
      #expect(!sum.ties.isEmpty && sum.ties.allSatisfy(\.isEqual), "\(row): \(sum.ties)")
    }
    #expect(throws: ExplainError.isOthers(recipe: "spend")) {
      try explain("(others)", ["limit": "1"])
    }
  }

  @Test func `a sparkline has the height of each part, and something for what is not nothing`() {
    #expect(Sparkline.text([0, 1, 50, 100]) == "▁▂▅█")
    #expect(Sparkline.text([0, 0]) == "▁▁")
    #expect(Sparkline.text([]) == "")
    #expect(Sparkline.text([.max, .max / 7 * 3]) == "█▄")
  }
}
