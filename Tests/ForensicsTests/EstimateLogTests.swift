import Foundation
import Testing

/// `estimate --from-log` as a check in continuous integration, and `breakeven`.
@Suite struct EstimateLogTests {
  private func call(_ id: Int, _ model: String = "claude-sonnet-5-5") -> String {
    #"{"ts":"2026-11-03T09:00:00Z","request_id":"req_\#(id)","model":"\#(model)","#
      + #""input_tokens":1000,"output_tokens":100}"# + "\n"
  }

  @Test func `a run's cost is held against a budget, at the prices of its days`() throws {
    let forensics = try ForensicsBinary()
    // $0.003 a call; the second is told twice.
    let log = try forensics.write(call(1) + call(2) + call(2), to: "run.jsonl")
    let within = try forensics("estimate", "--from-log", log, "--budget", "0.006", "-j")
    #expect(within.status == 0)
    #expect(within.output.contains(#""model":"total","calls":2,"unpriced_calls":0,"#))
    #expect(within.output.contains(#""run_usd":0.006}"#))
    #expect(within.errors.contains("each call counts once"))
    let above = try forensics("estimate", "--from-log", log, "--budget", "0.005999")
    #expect(above.status == 3)
    #expect(above.errors.contains("above the budget: $0.006 the run, the budget is $0.005999"))
    #expect(try forensics("estimate", "--from-log", log, "--budget", "0.006", "--pad").status == 3)
    #expect(!FileManager.default.fileExists(atPath: forensics.database))
  }

  @Test func `runs and calls make a month of it`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(call(1) + call(2), to: "run.jsonl")
    let runs = try forensics(
      "estimate", "--from-log", log, "--runs", "100", "--per", "day", "--pad", "--format", "csv")
    #expect(runs.output.contains("total,2,0,2000,0,0,200,0.006,0.6,18\n"))
    #expect(runs.output.contains("padded total,,,,,,,0.009,0.9,27\n"))
    let calls = try forensics(
      "estimate", "--from-log", log, "--calls", "1000", "--format", "csv")
    #expect(calls.output.contains("total,2,0,2000,0,0,200,0.006,0.1,3\n"))
  }

  @Test func `a call without a price makes the run incomplete, never free`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(call(1) + call(2, "claude-opus-6-preview"), to: "run.jsonl")
    let result = try forensics("estimate", "--from-log", log, "--format", "csv")
    #expect(result.status == 0)
    #expect(result.output.contains("claude-opus-6-preview,1,1,1000,0,0,100,\n"))
    #expect(result.errors.contains("incomplete: 1 call without a price"))
    #expect(try forensics("estimate", "--from-log", log, "--strict").status == 2)
  }

  @Test func `a call that a commitment covers is not one without a price`() throws {
    let forensics = try ForensicsBinary()
    let covered = call(2).replacing(#""model""#, with: #""service_tier":"priority","model""#)
    let log = try forensics.write(call(1) + covered, to: "run.jsonl")
    let result = try forensics("estimate", "--from-log", log, "--strict", "--format", "csv")
    #expect(result.status == 0)
    #expect(result.output.contains("total,2,0,2000,0,0,200,0.003\n"))
    #expect(result.errors.contains("1 call that a commitment covers, $0.003 at list prices"))
  }

  @Test func `hidden iterations are a part of their call, and no calls to divide by`() throws {
    let forensics = try ForensicsBinary()
    let iterations =
      #""usage":{"input_tokens":1000,"output_tokens":100,"iterations":["#
      + #"{"type":"compaction","input_tokens":1000,"output_tokens":100},"#
      + #"{"type":"message","input_tokens":1000,"output_tokens":100}]}"#
    let line =
      #"{"ts":"2026-11-03T09:00:00Z","response":{"id":"msg_1","type":"message","#
      + #""model":"claude-sonnet-5-5",\#(iterations)}}"# + "\n"
    let log = try forensics.write(line, to: "run.jsonl")
    let result = try forensics(
      "estimate", "--from-log", log, "--calls", "1000", "--format", "csv")
    // Two iterations of $0.003 in one call.
    #expect(result.output.contains("total,1,0,2000,0,0,200,0.006,0.2,6\n"))
  }

  @Test func `a contract's channel may be written as logs write it`() throws {
    let forensics = try ForensicsBinary()
    let logged = #""channel":"bedrock","region":"us","model""#
    let log = try forensics.write(
      call(1).replacing(#""model""#, with: logged), to: "run.jsonl")
    let config = try forensics.write(
      "prices:\n  overrides:\n    - {channel: aws_bedrock, discount: 50%}\n", to: "contract.yml")
    let result = try forensics(
      "estimate", "--from-log", log, "--config", config, "--format", "csv")
    // $0.0033 at a regional endpoint, halved.
    #expect(result.output.contains("total,1,0,1000,0,0,100,0.00165\n"))
    let dear = try forensics.write(
      "prices:\n  overrides:\n    - {model: x, rates: {web_search_usd_per_1000: 1001}}\n",
      to: "dear.yml")
    let refused = try forensics("estimate", "--from-log", log, "--config", dear)
    #expect(refused.status != 0 && refused.errors.contains("up to 1,000"))
  }

  @Test func `a budget finer than a nano-dollar is not rounded up`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(call(1), to: "run.jsonl")
    #expect(
      try forensics("estimate", "--from-log", log, "--budget", "0.0029999999999").status == 64)
  }

  @Test
  func
    `the prices it rests on are named, and a call without tokens is not a model without a price`()
    throws
  {
    let forensics = try ForensicsBinary()
    let empty = #"{"ts":"2026-11-03T09:00:00Z","request_id":"r","model":"claude-opus-5-5"}"# + "\n"
    let log = try forensics.write(call(1) + empty, to: "run.jsonl")
    let output = try forensics("estimate", "--from-log", log).output
    #expect(output.contains(" · 1 call without usage · prices "))
    #expect(!output.contains("unpriced: "))
  }

  @Test func `a record that cannot be read makes it incomplete as well`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(call(1) + "{\"model\":\n", to: "run.jsonl")
    let result = try forensics("estimate", "--from-log", log)
    #expect(result.status == 2)
    #expect(result.errors.contains("1 record could not be read"))
    #expect(try forensics("estimate", "--from-log", log, "--budget", "0.001").status == 3)
  }

  @Test func `a log without calls, or none at all, is a failure`() throws {
    let forensics = try ForensicsBinary()
    let none = try forensics("estimate", "--from-log", "sample-data/admin-usage-report.json")
    #expect(none.status == 1 && none.errors.contains("there are no calls"))
    #expect(try forensics("estimate", "--from-log", "missing.jsonl").status == 1)
    let both = try forensics("estimate", "--from-log", "run.jsonl", "--model", "opus-5")
    #expect(both.status == 64)
  }

  @Test func `breakeven lists every Claude model, and pays at the first or second read`() throws {
    let forensics = try ForensicsBinary()
    let all = try forensics("breakeven", "--at", "2026-11-21", "--reads", "10", "--format", "csv")
    #expect(
      all.output.contains(
        "claude-opus-5-5,1.25,2.0,0.05,0.2631578947368421,1,1.0526315789473684,2,0.625,1,15.0,"))
    let sonnet = all.output.split(separator: "\n").first { $0.hasPrefix("claude-sonnet-4-6,") }
    #expect(sonnet?.hasSuffix(",79.54545454545455,72.72727272727273") == true)
    let one = try forensics(
      "breakeven", "--at", "2026-11-21", "--model", "sonnet-4-6", "--format", "csv")
    #expect(one.output.split(separator: "\n").count == 2)
    let early = try forensics("breakeven", "--at", "2026-09-01")
    #expect(early.output.contains("its prices start on 2026-09-22"))
    #expect(try forensics("breakeven", "--model", "opus").status == 64)
  }
}
