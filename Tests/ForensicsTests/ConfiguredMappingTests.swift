import Foundation
import Testing

/// `import.sources` of forensics.yml as people write it, and miswrite it.
@Suite struct ConfiguredMappingTests {
  private let log = """
    {"ts":"2026-11-03T09:00:00Z","request_id":"req_1","model":"claude-sonnet-5-5","input_tokens":1000,\
    "output_tokens":100,"status":200,"custom":{"customer":"alder-bank","job":"sort-17"}}

    """
  private let yaml = """
    timezone: UTC
    import:
      sources:
        application-json:
          tenant: custom.customer
          feature: {path: [custom.team, custom.job], match: '^([a-z]+)-', default: search}
          deploy_sha: {constant: 0123456}

    """

  private func errors(_ yaml: String) throws -> String {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(yaml, to: "forensics.yml")
    let result = try forensics("config", "--config", file)
    #expect(result.status == 1)
    return result.errors.replacing(file, with: "forensics.yml")
  }

  private func told(_ forensics: ForensicsBinary) throws -> String {
    let rows = try forensics(
      "sql", "SELECT tenant_id, feature, deploy_sha FROM llm_call", "--format", "csv")
    return rows.output.split(separator: "\n").dropFirst().joined(separator: "\n")
  }

  @Test func `a configured mapping is applied, and shown with its line`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(yaml, to: "forensics.yml")
    let result = try forensics(
      "import", try forensics.write(log, to: "app.jsonl"), "--config", file)
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    #expect(try told(forensics) == "alder-bank,sort,0123456")
    let shown = try forensics("config", "--config", file, "--format", "tsv").output
    #expect(
      shown.contains(
        "import.sources.application-json.tenant_id\tcustom.customer\t\(file):5\n"))
    #expect(
      shown.contains(
        "feature\tcustom.team or custom.job, match ^([a-z]+)-, default search\t\(file):6\n"))
    #expect(shown.contains("deploy_sha\tconstant 0123456\t\(file):7\n"))
  }

  @Test func `--reread applies a changed mapping to files already read`() throws {
    let forensics = try ForensicsBinary()
    let app = try forensics.write(log, to: "app.jsonl")
    _ = try forensics("import", app)
    #expect(try told(forensics) == ",,")
    let file = try forensics.write(yaml, to: "forensics.yml")
    _ = try forensics("import", app, "--config", file)
    #expect(try told(forensics) == ",,")
    _ = try forensics("import", app, "--config", file, "--reread")
    #expect(try told(forensics) == "alder-bank,sort,0123456")
  }

  @Test func `a flag comes before a configured default`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(
      "import: {sources: {application-json: {feature: {default: search}}}}", to: "forensics.yml")
    let app = try forensics.write(log, to: "app.jsonl")
    _ = try forensics("import", app, "--config", file, "--set", "feature=review")
    #expect(try told(forensics) == ",review,")
  }

  @Test func `what meets nothing in the logs is said`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(
      """
      import:
        map: {kunde: tenant_id, status: status_code}
        sources:
          application-json:
            feature: custom.jop
            user_id: {default: nobody}
          application-csv:
            feature: Aufgabe
      """, to: "forensics.yml")
    let app = try forensics.write(log, to: "app.jsonl")
    let result = try forensics("import", app, "--config", file, "--map", "gruppe=feature")
    let remarks = result.errors.replacing(file, with: "forensics.yml")
    #expect(remarks.split(separator: "\n").count == 3, "\(remarks)")
    #expect(remarks.contains("import.map kunde=tenant_id: no log read had such a column or key"))
    #expect(remarks.contains("--map gruppe=feature: no log read had such a column or key"))
    #expect(
      remarks.contains(
        "forensics.yml:5: no call of application-json held a value for feature (custom.jop)"))
    // Nothing was read, so nothing can be said.
    #expect(try forensics("import", app, "--config", file).errors.isEmpty)
  }

  private static let source = "import:\n  sources:\n    application-json:\n      "

  @Test(
    arguments: [
      (
        "import:\n  sources:\n    application-jsn: {}",
        "forensics.yml:3: no source is called 'application-jsn'"
      ),
      (source + "mood: x", "forensics.yml:4: no field is called 'mood'"),
      (
        source + "tenant: {pfad: x}",
        "forensics.yml:4: there is no setting 'import.sources.application-json.tenant.pfad'; known here are path, match, constant, default"
      ),
      (
        source + "tenant: a..b", "forensics.yml:4: 'a..b' is no path: character 3: a key is missing"
      ),
      (
        source + "tenant:\n        path:\n          - good\n          - 'bad['",
        "forensics.yml:7: 'bad[' is no path: character 5"
      ),
      (
        source + "tenant:\n        path: x\n        match: '('",
        "forensics.yml:6: '(' is no regular expression"
      ),
      (
        source + "status_code: {constant: abc}",
        "forensics.yml:4: status_code must be an HTTP status, not 'abc'"
      ),
      (source + "time: {default: yesterday}", "forensics.yml:4: occurred_at must be a time"),
      (
        source + "input_tokens: {default: -3}",
        "forensics.yml:4: input_tokens must be a whole number"
      ),
      (source + "cost_usd: {constant: cheap}", "forensics.yml:4: cost_usd must be a number from 0"),
      (source + "outcome: {constant: fine}", "forensics.yml:4: outcome must be one of succeeded"),
      (
        source + "tenant: {path: a, constant: b}",
        "forensics.yml:4: 'import.sources.application-json.tenant' has a constant"
      ),
      (
        source + "tenant: {match: b}",
        "forensics.yml:4: 'import.sources.application-json.tenant' has a match, but no path"
      ),
      (
        source + "tenant: {}",
        "forensics.yml:4: 'import.sources.application-json.tenant' needs a path"
      ),
      (
        source + "tenant: []",
        "forensics.yml:4: 'import.sources.application-json.tenant' must be a path"
      ),
      (
        source + "tenant:",
        "forensics.yml:4: 'import.sources.application-json.tenant' must be a text"
      ),
      (
        source + "tenant: a\n      customer: b",
        "forensics.yml:5: tenant_id stands twice, here as 'customer'"
      ),
      (source + "tenant: a\n      tenant: b", "forensics.yml:5: 'tenant' stands twice"),
      ("import:\n  sources: x", "forensics.yml:2: 'import.sources' must be a mapping"),
      ("db: x\ntimezoon: UTC", "forensics.yml:2: there is no setting 'timezoon'"),
      ("db: x\ntimezone: Mars/Olympus", "forensics.yml:2: "),
      ("import:\n  set: {status_code: abc}", "forensics.yml:2: status_code must be an HTTP status"),
      ("import:\n  map: {a: b}", "forensics.yml:2: no field is called 'b'"),
      (source + "tenant: {path: a[0].b}", "stands in quotes"),
      ("db: x\nimport: {a: [}", "forensics.yml:2: not valid YAML"),
    ] as [(String, String)])
  func `a mapping that cannot be is refused with its line`(_ yaml: String, _ message: String) throws
  {
    let errors = try errors(yaml)
    #expect(errors.contains(message), "\(errors)")
  }
}
