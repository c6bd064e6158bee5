import Foundation
import Testing

/// The recipes about spend, as they are typed.
@Suite struct SpendCommandTests {
  @Test func `every option of theirs is understood`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    for words in [
      ["spend", "--by", "tenant,model", "--bucket", "day", "--limit", "2"],
      ["spend", "--by", "all", "--timezone", "Asia/Tokyo"], ["usage-by-model"],
      ["cost-per-task", "--by", "model", "--calls-pct", "5", "--short", "500", "--dear", "2.50"],
      ["cost-per-outcome", "--per", "call", "--enough", "0"],
      ["model-mix", "--by", "tenant", "--bucket", "week", "--dear", "20"],
      ["sessions-over", "--usd", "0.25", "--limit", "3"], ["repeat-prompts", "--calls", "3"],
      ["max-tokens", "--factor", "2", "--cut", "0", "--calls", "1"],
      ["slow-calls", "--by", "tenant", "--over", "10s"], ["residency", "--rules", "default=eu"],
      ["data-quality", "--busy", "3"],
    ] {
      let result = try forensics.run(words + ["--as-of", "latest", "--format", "csv"])
      #expect(result.status == 0, "\(words): \(result.errors)")
      #expect(result.output.split(separator: "\n").count > 1, "\(words)")
      let sql = try forensics.run(words + ["--as-of", "latest", "--show-sql"])
      #expect(sql.status == 0 && sql.output.contains("selected_call"), "\(words)")
    }
  }

  @Test(arguments: [
    ["slow-calls", "--by", "all"], ["model-mix", "--by", "tenant,model"],
    ["max-tokens", "--by", "max-tokens"], ["spend", "--bucket", "year"],
    ["spend", "--by", "colour"],
    ["sessions-over", "--usd", "much"], ["residency", "--rules", "alder-bank"],
    ["cost-per-outcome", "--per", "day"],
  ]) func `what cannot be asked is wrong usage`(_ words: [String]) throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    #expect(try forensics.run(words).status == 64, "\(words)")
  }

  @Test func `residency's rules stand in forensics.yml`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let file = try forensics.write(
      "residency:\n  default: [eu]\n  tenants: {alder-bank: [us, ca-central-1]}\n",
      to: "forensics.yml")
    let answer = try forensics(
      "residency", "--as-of", "latest", "--config", file, "--format", "csv")
    #expect(answer.output.contains("alder-bank,,,us,us,\"us,ca-central-1\""))
    #expect(answer.output.contains("lumen-desk,,,,,eu,"))
    let config = try forensics("config", "--config", file, "--format", "tsv")
    #expect(config.output.contains("residency\tdefault=eu;alder-bank=us,ca-central-1\t\(file)"))
    for wrong in ["residency: {defualt: [us]}\n", "residency: {default: ['us,eu']}\n"] {
      let bad = try forensics.write(wrong, to: "bad.yml")
      let result = try forensics("config", "--config", bad)
      #expect(result.status == 1 && result.errors.contains("bad.yml:1"), "\(result.errors)")
    }
  }
}
