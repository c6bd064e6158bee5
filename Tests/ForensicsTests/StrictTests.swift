import Foundation
import Testing

/// `--strict` turns what is not priced into the exit status; the answer is printed all the same.
@Suite struct StrictTests {
  private let forensics: ForensicsBinary

  init() throws { forensics = try ForensicsBinary() }

  private func load(_ calls: [String]) throws {
    let lines = calls.map { "{\"occurred_at\":\"2026-11-03T09:00:00Z\",\($0)}\n" }.joined()
    let log = try forensics.write(lines, to: "app.jsonl")
    #expect(try forensics("import", log).status == 0)
  }

  private let priced = #""model":"claude-haiku-4-5","input_tokens":10,"output_tokens":5"#

  @Test(arguments: ["top-prompts", "tenant-trend", "cache-hit-ratio", "price-check", "calls"])
  func `every recipe answers, then says what is not priced`(_ recipe: String) throws {
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let lax = try forensics(recipe, "--as-of", "latest", "--since", "7d", "--format", "csv")
    let strict = try forensics(
      recipe, "--as-of", "latest", "--since", "7d", "--format", "csv", "--strict")
    #expect((lax.status, strict.status) == (0, 2))
    #expect(strict.output == lax.output && !strict.output.isEmpty)
    // tenant-trend also stands on the week before.
    let calls = recipe == "tenant-trend" ? "5 of 2,060" : "5 of 1,120"
    let last = try #require(strict.errors.split(separator: "\n").last)
    #expect(
      last.hasPrefix("not all of it is priced: \(calls)")
        && last.hasSuffix("; see: forensics prices unpriced"), "\(last)")
  }

  @Test func `what is priced or covered by a commitment is complete`() throws {
    try load([priced, priced + #","service_tier":"priority""#])
    let result = try forensics("calls", "--as-of", "latest", "--strict")
    #expect(result.status == 0)
    #expect(result.output.contains("2 calls, 1 priced · 1 covered by commitment (list $0.000035)"))
  }

  @Test func `a call without usage is not complete`() throws {
    try load([priced, #""model":"claude-haiku-4-5","status_code":200"#])
    let result = try forensics("calls", "--as-of", "latest", "--strict")
    #expect(result.status == 2)
    #expect(result.errors.contains("not all of it is priced: 1 of 2 calls"))
    #expect(result.output.contains("1 call without usage"))
    #expect(!result.output.contains("unpriced:"))
  }

  @Test func `a recipe of one's own may be strict, too`() throws {
    try load([priced, #""model":"house-model","input_tokens":10"#])
    let recipe = try forensics.write(
      "-- Calls.\n-- @window 24h\nSELECT SUM(calls) AS n FROM selected_usage\n", to: "n.sql")
    let result = try forensics("run", recipe, "--as-of", "latest", "--strict", "--format", "csv")
    #expect((result.status, result.output) == (2, "n\n2\n"))
    #expect(
      try forensics(
        "run", recipe, "--as-of", "latest", "--model", "claude-haiku-4-5",
        "--strict"
      ).status == 0)
  }

  @Test func `an empty window is complete`() throws {
    try load([priced])
    #expect(try forensics("calls", "--as-of", "2030-01-01", "--strict").status == 0)
  }

  @Test func `an import tells covered calls apart from unpriced ones`() throws {
    let log = try forensics.write(
      """
      {"occurred_at":"2026-11-03T09:00:00Z",\(priced),"service_tier":"priority"}

      """, to: "app.jsonl")
    let covered = try forensics("import", log, "--strict")
    #expect(covered.status == 0)
    #expect(covered.output.contains("covered by commitment: 1 call, $0.000035 at list prices"))
    let other = try forensics.write(
      """
      {"occurred_at":"2026-11-03T09:00:00Z","model":"house-model","input_tokens":10}

      """, to: "other.jsonl")
    let unpriced = try forensics("import", other, "--strict")
    #expect(unpriced.status == 2)
    #expect(
      unpriced.errors.contains(
        "1 call without a cost: house-model (1); see: forensics prices unpriced"))
  }
}
