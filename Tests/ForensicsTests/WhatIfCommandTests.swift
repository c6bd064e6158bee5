import Foundation
import Testing

/// `what-if` on the made-up company.
@Suite struct WhatIfCommandTests {
  private let forensics: ForensicsBinary

  init() throws {
    forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
  }

  @Test func `rows tie to the total, and the total to the recipes' calls`() throws {
    let result = try forensics(
      "what-if", "cache", "--as-of", "latest", "--by", "tenant", "--format", "json")
    #expect(result.status == 0)
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(answer["recipe"] as? String == "what-if cache")
    var rows = try #require(answer["rows"] as? [[String: Any]])
    let total = rows.removeLast()
    #expect(total["tenant_id"] as? String == "total")
    for column in ["calls", "as_it_was_usd", "no_cache_usd", "cache_5m_usd", "cache_1h_usd"] {
      let sum = rows.reduce(Decimal(0)) { $0 + decimal($1[column]) }
      #expect(sum == decimal(total[column]), "\(column)")
    }
    let spent = try forensics(
      "sql", "SELECT SUM(cost_usd_nanos) AS total_usd_nanos FROM llm_call", "--format", "csv")
    #expect(
      spent.output.split(separator: "\n").last.map(String.init) == "\(total["as_it_was_usd"] ?? "")"
    )
  }

  private func decimal(_ value: Any?) -> Decimal {
    (value as? NSNumber).flatMap { Decimal(string: $0.stringValue) } ?? .nan
  }

  @Test func `a smaller share saves less of what does not depend on the cache`() throws {
    func calls(_ share: String) throws -> Int {
      let result = try forensics(
        "what-if", "route", "--from", "haiku-5-5", "--to", "gpt-4o", "--share", share, "--as-of",
        "latest", "--format", "csv")
      let total = try #require(result.output.split(separator: "\n").last)
      return Int(total.split(separator: ",")[2]) ?? -1
    }
    let (small, large, all) = (try calls("30%"), try calls("70"), try calls("100%"))
    #expect(small > 0 && small < large && large < all)
    #expect(try calls("30%") == small)
  }

  @Test func `features that nobody waits for are marked in the configuration`() throws {
    let unmarked = try forensics("what-if", "batch", "--as-of", "latest")
    #expect(unmarked.status == 64)
    #expect(unmarked.errors.contains("--not-interactive"))
    let file = try forensics.write(
      "features:\n  nightly-digest: {interactive: false}\n  summarise: {interactive: false}\n  triage: {interactive: true}\n",
      to: "forensics.yml")
    let marked = try forensics("what-if", "batch", "--as-of", "latest", "--config", file)
    #expect(marked.status == 0)
    #expect(marked.output.contains("nobody waits for nightly-digest, summarise"))
    #expect(marked.output.contains("a batch already"))
    let shown = try forensics("config", "--config", file, "--format", "tsv")
    #expect(shown.output.contains("features.summarise.interactive\tfalse\t"))
    let wrong = try forensics.write("features: {triage: {interactive: maybe}}\n", to: "wrong.yml")
    #expect(try forensics("config", "--config", wrong).errors.contains("must be true or false"))
  }

  @Test(arguments: [
    ["route", "--from", "opus-5-5"], ["route", "--from", "opus-5-5", "--to", "opus-5-5"],
    ["route", "--from", "opus-5-5", "--to", "sonnet-5-5", "--share", "170%"],
    ["trim-input"], ["trim-input", "--tokens", "5", "--percent", "3"],
    ["history", "--window", "0"], ["history", "--summary", "100"], ["cap-output"],
    ["channel", "--to", "bedrock"], ["channel", "--to", "nowhere"],
    ["cache", "--by", "session"], ["batch", "--not-interactive"],
  ])
  func `wrong usage says what to type`(_ arguments: [String]) throws {
    let result = try forensics.run(["what-if"] + arguments)
    #expect(result.status == 64)
    #expect(!result.errors.isEmpty)
  }

  @Test func `nothing is written`() throws {
    let before = try forensics("sql", "SELECT COUNT(*), SUM(cost_usd_nanos) FROM call").output
    let size = try FileManager.default.attributesOfItem(atPath: forensics.database)[.size]
    _ = try forensics("what-if", "history", "--window", "2", "--as-of", "latest")
    #expect(
      try forensics("sql", "SELECT COUNT(*), SUM(cost_usd_nanos) FROM call").output == before)
    let after = try FileManager.default.attributesOfItem(atPath: forensics.database)[.size]
    #expect(size as? Int == after as? Int)
  }
}
