import Tables
import Testing

@testable import CallStore

/// Which models, for which tasks: `usage-by-model`, `cost-per-task`, `model-mix`.
@Suite struct ModelRecipeTests {
  private static let haiku = "claude-haiku-4-5"

  /// Six short triage answers on Sonnet, four long summaries on Haiku.
  private func desk(output: Int = 40) throws -> Desk {
    let desk = try Desk()
    var lines = (0..<6).map { answer("t\($0)", at: stamp(3, $0), ["output_tokens": output]) }
    lines += (0..<4).map { number in
      answer(
        "s\(number)", at: stamp(3, 10 + number),
        [
          "feature": "summarise", "model": Self.haiku, "output_tokens": 800,
          "cache_read_tokens": 10_000, "cache_create_tokens": 100,
        ])
    }
    try desk.load("calls.jsonl", lines)
    return desk
  }

  @Test func `usage by model, as the lesson prints it`() throws {
    let answer = try desk().ask("usage-by-model", from: "2026-11-03", to: "2026-11-04")
    // 6 x (1,000 x $3 + 40 x $15) and 4 x (1,000 x $1 + 100 x $1.25 + 10,000 x $0.10 + 800 x $5), a million.
    #expect(
      answer.csv == """
        model,n_calls,input,output,cache_writes,cache_reads,spend_usd,share_pct
        claude-haiku-4-5,4,4000,3200,400,40000,0.0245,53.14533622559653
        claude-sonnet-4-6,6,6000,240,0,0,0.0216,46.85466377440347

        """)
  }

  @Test func `usage by model comes to the plain sums of random calls`() throws {
    let told = try ToldUsage()
    for seed in runs(20) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let expected = told.expected(selection, by: .model)
      let rows = try told.desk.ask("usage-by-model", selection).table.rows
      #expect(rows.count == expected.count)
      for row in rows {
        let name = if case .text(let text) = row[0] { text } else { Selection.none }
        let sums = try #require(expected[name])
        // calls; input, output, writes, reads; cost.
        #expect(row[1...5].map(told.whole) == [0, 6, 10, 7, 9].map { sums[$0] }, "\(selection)")
        #expect(row[6] == (sums[2] + sums[3] == 0 ? .null : .integer(sums[12])), "\(selection)")
      }
    }
  }

  @Test func `a short and frequent task on a dear model is marked with what it costs`() throws {
    let answer = try desk().ask("cost-per-task", from: "2026-11-03", to: "2026-11-04")
    #expect(
      answer.csv == """
        feature,spend_usd,spend_pct,per_call_usd,n_calls,calls_pct,in_per_call,out_per_call,models,dear_model,dear_usd
        summarise,0.0245,53.14533622559653,0.006125,4,40.0,11100,800,claude-haiku-4-5 100 %,false,
        triage,0.0216,46.85466377440347,0.0036,6,60.0,1000,40,claude-sonnet-4-6 100 %,true,0.0216

        """)
  }

  @Test func `a task is not marked where answers are long, it is rare, or its models are small`()
    throws
  {
    func marks(_ desk: Desk, _ arguments: [String: String]) throws -> [Value] {
      try desk.ask("cost-per-task", from: "2026-11-03", to: "2026-11-04", arguments)
        .column("dear_model")
    }
    let unmarked: [Value] = [.integer(0), .integer(0)]
    #expect(try marks(desk(output: 151), [:]) == unmarked)
    #expect(try marks(desk(output: 150), [:]).contains(.integer(1)))
    #expect(try marks(desk(), ["calls-pct": "61"]) == unmarked)
    #expect(try marks(desk(), ["calls-pct": "60"]) == [.integer(0), .integer(1)])
    // Sonnet's million output tokens cost $15.
    #expect(try marks(desk(), ["dear": "15.01"]) == unmarked)
    #expect(try marks(desk(), ["dear": "15"]) == [.integer(0), .integer(1)])
    // All models are dear from $5 on, but the summaries are long.
    #expect(try marks(desk(), ["dear": "5"]) == [.integer(0), .integer(1)])
  }

  @Test func `tasks come to the total of random calls`() throws {
    let told = try ToldUsage()
    for seed in runs(20) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let answer = try told.desk.ask("cost-per-task", selection)
      let all = told.expected(selection, by: nil)["all"]
      let spend = try answer.wholes("spend_usd").reduce(0) { $0 + max($1, 0) }
      #expect(spend == all?[12] ?? 0, "\(selection)")
      #expect(try answer.wholes("n_calls").reduce(0, +) == all?[0] ?? 0, "\(selection)")
    }
  }

  @Test func `the mix says what shifted since the window before`() throws {
    let desk = try Desk()
    // Three Sonnet calls and a Haiku one, then one and three.
    let lines = (0..<8).map { number in
      let isHaiku = number == 3 || number > 4
      return answer(
        "m\(number)", at: stamp(number < 4 ? 2 : 3, number),
        ["model": isHaiku ? Self.haiku : "claude-sonnet-4-6"])
    }
    try desk.load("calls.jsonl", lines)
    let mix = try desk.ask("model-mix", from: "2026-11-03", to: "2026-11-04")
    // $0.006 against 3 x $0.002; before, 3 x $0.006 against $0.002.
    #expect(
      mix.csv == """
        model,dear,spend_usd,spend_pct,before_pct,change_points,n_calls,calls_pct,tokens_pct
        claude-haiku-4-5,false,0.006,50.0,10.0,40.0,3,75.0,75.0
        claude-sonnet-4-6,true,0.006,50.0,90.0,-40.0,1,25.0,25.0

        """)
    #expect(
      mix.notes == [
        "dear models took 50.0 % of spend and 25.0 % of calls; in the window before 90.0 % of spend "
          + "and 75.0 % of calls"
      ])
    let days = try desk.ask(
      "model-mix", from: "2026-11-02", to: "2026-11-04", ["bucket": "day", "by": "feature"])
    #expect(days.table.columns.map(\.name).prefix(3) == ["bucket_at", "feature", "model"])
    #expect(
      try days.column("change_points") == [.null, .null, .real(40), .real(-40)])
  }

  @Test func `the mix of random calls comes to their total, and its shares to 100`() throws {
    let told = try ToldUsage()
    for seed in runs(20) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      let bucket = ["none", "day", "week"].randomElement(using: &dice) ?? "none"
      let answer = try told.desk.ask("model-mix", selection, ["bucket": bucket])
      let total = told.expected(selection, by: nil)["all"]?[12] ?? 0
      #expect(try answer.wholes("spend_usd").reduce(0) { $0 + max($1, 0) } == total)
      let shares = try answer.column("spend_pct").reduce(0.0) {
        if case .real(let share) = $1 { $0 + share } else { $0 }
      }
      let frames = bucket == "none" ? 1 : Set(try answer.wholes("bucket_at")).count
      if total > 0, bucket == "none" { #expect(abs(shares - 100) < 1e-6, "\(selection)") }
      #expect(shares <= 100 * Double(frames) + 1e-6)
    }
  }
}
