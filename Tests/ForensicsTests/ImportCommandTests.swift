import Foundation
import Testing

/// `forensics import` as cron and people meet it.
@Suite struct ImportCommandTests {
  private let call = """
    {"ts":"2026-11-03T09:00:00Z","request_id":"req_1","tenant":"alder-bank","model":"claude-sonnet-5",\
    "input_tokens":1000,"output_tokens":100,"status":200}

    """

  @Test func `the summary has one outcome for every record`() throws {
    let forensics = try ForensicsBinary()
    let summary = try imported(ForensicsBinary.story, forensics)
    #expect(
      Set(summary.keys) == [
        "files", "records", "inserted", "updated", "duplicates", "rejected", "skipped",
        "unpriced_calls", "extra_calls", "buckets", "cost_usd", "seconds",
      ])
    #expect(summary["records"] as? Int == outcomes(summary))
    #expect(summary["cost_usd"] as? NSNumber == 34.153703195)
  }

  /// Those are of 3 October and of the summer; the story begins on 1 November.
  @Test func `the samples of other formats and the faults leave the story as it is`() throws {
    let forensics = try ForensicsBinary()
    let summary = try imported(["sample-data"], forensics)
    #expect(summary["records"] as? Int == outcomes(summary))
    #expect(summary["rejected"] as? Int == 0)
    let story = try forensics(
      "sql",
      "SELECT COUNT(*) AS n, SUM(cost_usd_nanos) AS nanos FROM llm_call "
        + "WHERE occurred_at >= 1793491200000", "--format", "csv")
    #expect(story.output == "n,nanos\n2392,34153703195\n")
  }

  private func imported(_ paths: [String], _ forensics: ForensicsBinary) throws -> [String: Any] {
    let result = try forensics.run(["import"] + paths + ["--format", "json"])
    return try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  private func outcomes(_ summary: [String: Any]) -> Int {
    ["inserted", "updated", "duplicates", "rejected", "skipped"]
      .compactMap { summary[$0] as? Int }.reduce(0, +)
  }

  @Test func `importing the same files again changes nothing and says so`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/formats")
    let before = try forensics("sql", "SELECT COUNT(*), SUM(cost_usd_nanos) FROM llm_call").output
    let again = try forensics("import", "sample-data/formats")
    #expect(again.status == 0)
    #expect(again.output.hasPrefix("nothing new"))
    #expect(
      try forensics("sql", "SELECT COUNT(*), SUM(cost_usd_nanos) FROM llm_call").output == before)
  }

  @Test func `a reject is counted, named by its line and turns the status to 2`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(
      call + "{\"ts\":\"2026-11-03T09:00:01Z\",\"model\":\"claude-sonnet-5\",\"input_tokens\":-4,"
        + "\"output_tokens\":1,\"note\":\"my secret\"}\n", to: "app.jsonl")
    let result = try forensics("import", log)
    #expect(result.status == 2)
    #expect(result.errors.contains("app.jsonl:2: rejected: input_tokens is negative"))
    let rejects = try forensics("rejects", "--format", "csv")
    #expect(rejects.output.contains(",2,"))
    #expect(!(result.output + result.errors + rejects.output).contains("secret"))
  }

  @Test func `an unpriced call turns the status to 2 only when strict`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(
      call.replacing("claude-sonnet-5", with: "house-model"), to: "app.jsonl")
    #expect(try forensics("import", log).status == 0)
    #expect(try forensics("import", log, "--reread", "--strict").status == 0)
    let other = try ForensicsBinary()
    #expect(try other.run(["import", log, "--strict"]).status == 2)
  }

  @Test func `a dry run keeps nothing, not even a database`() throws {
    let forensics = try ForensicsBinary()
    let result = try forensics("import", "sample-data/app-calls.jsonl", "--dry-run")
    #expect(result.output.contains("dry run: nothing was kept"))
    #expect(!FileManager.default.fileExists(atPath: forensics.database))
  }

  @Test func `standard input, a glob and gzip are read`() throws {
    let forensics = try ForensicsBinary()
    #expect(try forensics("import", "-", input: call).output.contains("read 1 record from 1 file"))
    let globbed = try forensics("import", "sample-data/*.jsonl.gz")
    #expect(globbed.output.contains("read 2,178 records"))
  }

  @Test func `what a source lacks can be set, and a column renamed`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(
      "wann;Kunde;model;input_tokens;output_tokens\n2026-11-03 10:00:00;alder-bank;claude-sonnet-5;10;5\n",
      to: "verbrauch.csv")
    let result = try forensics(
      "import", log, "--map", "wann=occurred_at", "--map", "kunde=tenant_id", "--set",
      "feature=triage,channel=anthropic", "--assume-timezone", "Europe/Berlin")
    #expect(result.status == 0)
    let row = try forensics(
      "sql", "SELECT occurred_at_utc, tenant_id, feature, channel FROM llm_call", "--format", "csv")
    #expect(row.output.hasSuffix("2026-11-03T09:00:00.000Z,alder-bank,triage,anthropic\n"))
  }

  @Test(
    arguments: [
      (["import"], 64), (["import", "no-such-file.jsonl"], 1), (["import", "docs/decisions"], 1),
      (["import", "x", "--from", "nonsense"], 64), (["import", "x", "--map", "a=b"], 64),
      (["import", "README.md"], 1), (["top-prompts", "--since", "yesterday"], 64),
      (["top-prompts", "--since", "2026-02-30"], 64), (["top-prompts", "--limit", "0"], 64),
      (["tenant-trend", "--timezone", "Mars/Olympus"], 64),
      (["cache-hit-ratio", "--by", "mood"], 64),
      (["calls", "--status", "999"], 64), (["top-prompts", "--output", "report.pdf"], 64),
      (["sql", "DELETE FROM call"], 1), (["sql", "SELECT :x"], 64), (["nonsense"], 64),
    ] as [([String], Int32)])
  func `a mistake has its status and a message that helps`(_ words: [String], _ status: Int32)
    throws
  {
    let forensics = try ForensicsBinary()
    if words.first != "import" { _ = try forensics("import", "-", input: call) }
    let result = try forensics.run(words)
    #expect(result.status == status, "\(words): \(result.errors)")
    #expect(words.contains("README.md") || result.output.isEmpty)
    #expect(!result.errors.isEmpty)
  }

  @Test func `unknown files in a folder are passed over, named ones are an error`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics.write(call, to: "logs/app.jsonl")
    let other = try forensics.write("{\"name\":\"package\"}", to: "logs/package.json")
    let folder = forensics.folder.appendingPathComponent("logs").path
    let result = try forensics("import", folder)
    #expect(result.status == 0)
    #expect(result.errors.contains("package.json: passed over"))
    #expect(try forensics("import", other).status == 1)
  }

  @Test func `a file that may grow no further fails with a way out and loses nothing`() throws {
    let forensics = try ForensicsBinary()
    var log = ""
    for number in 0..<4000 {
      log += call.replacing("req_1", with: "req_\(number)")
    }
    let path = try forensics.write(log, to: "app.jsonl")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "ulimit -f 300; exec \"$0\" import \"$1\" 2>\"$2\"",
      ForensicsBinary.program.path, path, forensics.folder.path + "/limited",
    ]
    shell.environment = ["FORENSICS_DB": forensics.database, "HOME": forensics.folder.path]
    shell.standardOutput = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 1)
    let message = try String(contentsOfFile: forensics.folder.path + "/limited", encoding: .utf8)
    #expect(message.contains("run the same import again"))
    #expect(try forensics("import", path).output.contains("inserted        4,000"))
  }

  @Test func `a path that names nothing keeps nothing else from being read`() throws {
    let forensics = try ForensicsBinary()
    let good = try forensics.write(call, to: "good.jsonl")
    let result = try forensics("import", "no-such-file.jsonl", good, "docs/decisions")
    #expect(result.status == 1)
    #expect(result.output.contains("read 1 record from 1 file"))
    #expect(result.errors.contains("there is nothing at 'no-such-file.jsonl'"))
    #expect(result.errors.contains("there are no logs below 'docs/decisions'"))
  }

  @Test func `a file that may not be read fails alone`() throws {
    guard getuid() != 0 else { return }  // root may read everything
    let forensics = try ForensicsBinary()
    let good = try forensics.write(call, to: "good.jsonl")
    let bad = try forensics.write(call, to: "bad.jsonl")
    chmod(bad, 0)
    let result = try forensics("import", bad, good)
    #expect(result.status == 1)
    #expect(result.output.contains("inserted            1"))
  }
}
