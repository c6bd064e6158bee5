import Foundation
import Testing

@testable import forensics

/// The recipes that look for faults, as they are typed.
@Suite struct FaultCommandTests {
  @Test(arguments: [
    (["rate-limits", "--by", "minute,hour"], "--by takes minute or hour, not both"),
    (["rate-limits", "--by", "mood"], "cannot group by 'mood'"),
    (["rate-headroom", "--tier", "5"], "--tier is 1, 2, 3 or 4, not 5"),
    (["input-creep", "--all", "--daily"], "give one of them"),
    (["retry-storms", "--within", "soon"], "--within takes a span of time"),
    (["deploy-bisect", "triage", "--metric", "mood"], "--metric takes one of cost, input"),
    (["deploy-bisect"], "Missing expected argument '<feature>'"),
  ])
  func `wrong usage is told`(_ arguments: [String], _ message: String) throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/tracker.jsonl")
    let result = try forensics.run(arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains(message))
    #expect(result.errors.contains("\nUsage: forensics \(arguments[0]) "))
    #expect(result.errors.contains("See 'forensics \(arguments[0]) --help'"))
  }

  @Test func `an example in a recipe's comment keeps its lines in the help`() throws {
    let help = try ForensicsBinary()("rate-headroom", "--help").output
    #expect(help.contains("  rate_limits:\n"))
    #expect(help.contains("\n    sonnet: {requests_per_minute: 4000"))
  }

  @Test func `tool calls are mentioned where only prompts were looked at`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/faults/tool-storm.jsonl.gz")
    let window = ["retry-storms", "--since", "2026-08-13", "--until", "2026-08-14"]
    #expect(try forensics.run(window).output.contains("--fingerprint tool looks for storms"))
    #expect(
      try !forensics.run(window + ["--fingerprint", "tool"]).output.contains("--fingerprint tool"))
    #expect(
      try !forensics("retry-storms", "--since", "2020-01-01", "--until", "2020-01-02").output
        .contains("--fingerprint"))
  }

  @Test func `limits come from the configuration, and config shows them`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let file = try forensics.write(
      """
      rate_limits:
        sonnet: {requests_per_minute: 50, input_tokens_per_minute: 100_000}
      rate_limit: {requests_per_minute: 1000}
      """, to: "forensics.yml")
    let rows = try forensics(
      "rate-headroom", "--as-of", "latest", "--config", file, "--format", "csv"
    ).output
    #expect(rows.contains("sonnet,requests,40,2026-11-15T14:23:00.000Z,50,80.0,20.0,0,5"))
    #expect(rows.contains("all,requests,"))
    let config = try forensics("config", "--config", file, "--format", "csv").output
    #expect(config.contains("rate_limits.sonnet,\"50 requests, 100000 input tokens a minute\""))
    let wrong = try forensics.write(
      "rate_limits:\n  sonnet: {requests: 50}\n", to: "wrong.yml")
    let refused = try forensics("rate-headroom", "--config", wrong)
    #expect(refused.errors.contains("wrong.yml:2"))
    #expect(refused.errors.contains("requests_per_minute"))
  }

  @Test func `a storm's row can be explained, and so can a total, an hour and a day`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let storm = try forensics("retry-storms", "--as-of", "latest", "--explain", "1")
    #expect(storm.status == 0)
    #expect(storm.output.contains("140"))
    let total = try forensics("rate-limits", "--as-of", "latest", "--explain", "1")
    #expect(total.output.contains("267"), "\(total.output)")
    let hour = try forensics(
      "rate-limits", "--as-of", "latest", "--by", "hour", "--explain", "1", "-j")
    #expect(hour.status == 0)
    #expect(!hour.output.contains("\"calls\":267"))
    let headroom = try forensics("rate-headroom", "--as-of", "latest", "--explain", "1")
    #expect(headroom.status == 64)
    #expect(headroom.errors.contains("forensics calls --since 2026-11-15T"))
  }
}
