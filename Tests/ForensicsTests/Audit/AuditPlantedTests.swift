import Foundation
import Testing

/// `forensics audit` on the summer with planted faults (sample-data/faults), against what the second
/// implementation says of each (Tests/Planted/faults.json).
@Suite struct AuditPlantedTests {
  private let forensics: ForensicsBinary

  init() throws { forensics = try ForensicsBinary() }

  private func load(faulty: Bool) throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: ForensicsBinary.checkout.appendingPathComponent("Tests/Planted").path
    ).filter { $0.hasSuffix(".clean.jsonl.gz") }.sorted()
    let logs =
      faulty
      ? names.map { "sample-data/faults/" + $0.replacing(".clean", with: "") }
      : names.map { "Tests/Planted/" + $0 }
    let imported = try forensics.run(["import", "sample-data/faults/base.jsonl.gz"] + logs)
    #expect(imported.status == 0, "\(imported.errors)")
  }

  private func audit(_ more: String...) throws -> AuditJSONDocument {
    let result = try forensics.run(
      ["audit", "--since", "2026-07-01", "--until", "2026-08-15", "--format", "json"] + more)
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(AuditJSONDocument.self, from: Data(result.output.utf8))
  }

  @Test
  func
    `planted faults are found in the order of their money, with the amounts of the second implementation`()
    throws
  {
    try load(faulty: true)
    let found = try audit("--minimum", "0.05")
    #expect(
      found.levers.map(\.id) == [
        "cache/summarise", "deploy/answer-email/2fa96d17", "cache/knowledge-sync",
        "session/s-migration", "creep/draft-reply", "anomaly/all", "batch/backfill-labels",
        "hidden/all", "billed-error/support-chat", "history/agent-desk", "cache/translate",
        "routing/sentiment/claude-opus-4-8", "outcome/refunds", "storm/9a105749cfcb",
        "storm/749d4823b2e6",
      ])
    #expect(found.levers.map(\.month_usd) == found.levers.map(\.month_usd).sorted(by: >))
    let planted = try PlantedSavings()
    // The same assumption on both sides: to the nano-dollar.
    for (id, fault) in [
      ("cache/summarise", "broken-cache"), ("cache/knowledge-sync", "short-ttl"),
      ("session/s-migration", "runaway-session"), ("batch/backfill-labels", "no-batch"),
      ("hidden/all", "hidden-costs"), ("billed-error/support-chat", "billed-errors"),
      ("storm/9a105749cfcb", "retry-storm"), ("storm/749d4823b2e6", "tool-storm"),
    ] {
      #expect(found[id]?.window_usd == planted.saving(fault), "\(id)")
      // What began in the window and goes on is scaled from then on, the rest from all of it.
      if id != "cache/summarise" {
        #expect(rounded(found[id]?.month_usd, 6) == rounded(planted.month(fault), 6), "\(id)")
      }
    }
    let route = found["routing/sentiment/claude-opus-4-8"]
    #expect(route?.otherwise.first?.window_usd == planted.saving("dear-model"))
    #expect(
      found["cache/translate"]?.window_usd
        == planted.evidence("unread-writes", "as_logged_usd_nanos")
        - planted.evidence("unread-writes", "uncached_usd_nanos"))
    #expect(found["outcome/refunds"]?.window_usd == Decimal(string: "0.735418"))
    let deploy = try #require(found["deploy/answer-email/2fa96d17"]).window_usd
    #expect(abs(deploy - planted.evidence("bad-deploy", "extra_usd_nanos")) < 0.000001)
    // Prompts trimmed by what they grew, at exact prices, stand beside what their calls cost more.
    #expect(
      found["creep/draft-reply"]?.otherwise.first?.window_usd
        == planted.evidence("input-creep", "trimmed_usd_nanos"))
    // Reckoned otherwise, and not more than what was planted.
    for (id, fault) in [
      ("creep/draft-reply", "input-creep"), ("anomaly/all", "night-spike"),
      ("history/agent-desk", "tool-recursion"),
    ] {
      let share = try #require(found[id]).window_usd / planted.saving(fault)
      #expect(share > 0.5 && share <= 1, "\(id) \(share)")
    }
  }

  @Test func `what has no saving is a finding, and the questions are answered`() throws {
    try load(faulty: true)
    let file = try forensics.write(
      "residency: {tenants: {alder-bank: [us]}}\ncheck: {budgets: {session: 5}}\n", to: "a.yml")
    let found = try audit("--config", file)
    #expect(
      found.findings.map(\.id) == [
        "truncation/release-notes", "headroom/tagging", "unattributed/tenant",
        "unattributed/feature", "unpriced", "residency/alder-bank", "rate-limit/search-answers",
        "tenant-growth/brisk-parcel", "missing-logs",
      ])
    let planted = try PlantedSavings()
    #expect(
      found.findings.first { $0.id == "tenant-growth/brisk-parcel" }?.window_usd
        == planted.evidence("tenant-growth", "this_week_usd_nanos")
        - planted.evidence("tenant-growth", "last_week_usd_nanos"))
    #expect(
      found.findings.first { $0.id == "residency/alder-bank" }?.window_usd
        == Decimal(string: "0.40032"))
    #expect(found.checklist.map(\.answer) == ["no", "no", "no", "yes", "yes"])
    #expect(found.profile.name == "regulated")
    #expect(try audit("--profile", "solo").profile.name == "solo")
  }

  @Test func `equal prompts that are paid for again are a lever, all but the first of each`() throws
  {
    // Two prompts of release-notes, 30 times and 10 times, once a day: $0.0615 and $0.0315 each.
    func line(_ number: Int, _ prompt: String, _ tokens: Int) -> String {
      let day = number < 31 ? "07-\(number < 10 ? "0" : "")\(number)" : "08-01"
      return
        #"{"occurred_at":"2026-\#(day)T0\#(prompt.count):00:00Z","request_id":"\#(prompt)-\#(number)","#
        + #""tenant_id":"cobalt-air","feature":"nightly-digest","model":"claude-sonnet-4-6","#
        + #""prompt_hash":"\#(prompt)","input_tokens":\#(tokens),"output_tokens":100,"status_code":200}"#
    }
    let lines =
      (1...30).map { line($0, "aa11", 20_000) } + (1...10).map { line($0, "bb222", 10_000) }
    try load(faulty: false)
    let file = try forensics.write(lines.joined(separator: "\n") + "\n", to: "repeats.jsonl")
    #expect(try forensics("import", file).status == 0)
    let found = try audit("--minimum", "0.01", "--feature", "nightly-digest")
    let lever = try #require(found["repeat/nightly-digest"])
    #expect(lever.window_usd == Decimal(string: "2.067"))
    #expect(
      lever.evidence.first?.hasPrefix("forensics repeat-prompts --feature nightly-digest") == true)
  }

  @Test func `a healthy company has no lever worth a cent`() throws {
    try load(faulty: false)
    let found = try audit("--minimum", "0.01")
    #expect(found.levers.map(\.id) == [])
    #expect(found.findings.map(\.id) == [])
    #expect(found.checklist.map(\.answer) == ["yes", "yes", "yes", "yes", "no"])
    #expect(found.profile.name == "pre-revenue")
    #expect(found.together_month_usd < 0.01)
  }

  @Test func `every shown command runs`() throws {
    try load(faulty: true)
    let found = try audit("--minimum", "0.05")
    let commands = found.levers.flatMap(\.evidence) + found.checklist.map(\.evidence)
    for command in Set(commands).sorted() {
      let words = command.replacing("'", with: "").split(separator: " ").map(String.init)
      let result = try forensics.run(Array(words.dropFirst()))
      #expect(result.status == 0, "\(command)\n\(result.errors)")
    }
  }

  private func rounded(_ value: Decimal?, _ digits: Int) -> Decimal? {
    guard var value else { return nil }
    var result = Decimal()
    NSDecimalRound(&result, &value, digits, .plain)
    return result
  }
}

/// What the second implementation says.
private struct PlantedSavings {
  private let faults: [[String: Any]]

  init() throws {
    let file = ForensicsBinary.checkout.appendingPathComponent("Tests/Planted/faults.json")
    let document = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    faults = (document as? [String: Any])?["faults"] as? [[String: Any]] ?? []
  }

  func saving(_ fault: String) -> Decimal { dollars(fault, "saving", "usd_nanos") }
  func month(_ fault: String) -> Decimal { dollars(fault, "saving", "a_month_usd_nanos") }
  func evidence(_ fault: String, _ key: String) -> Decimal { dollars(fault, "evidence", key) }

  private func dollars(_ fault: String, _ section: String, _ key: String) -> Decimal {
    let values = faults.first { $0["name"] as? String == fault }?[section] as? [String: Any]
    let nanos = (values?[key] as? NSNumber)?.int64Value ?? -1
    return Decimal(nanos) / 1_000_000_000
  }
}

/// `--format json`, as far as tests look at it.
struct AuditJSONDocument: Decodable {
  struct Amount: Decodable {
    let window_usd: Decimal
    let month_usd: Decimal
  }
  struct Lever: Decodable {
    let id: String
    let month_usd: Decimal
    let window_usd: Decimal
    let evidence: [String]
    let otherwise: [Amount]
  }
  struct Finding: Decodable {
    let id: String
    let window_usd: Decimal?
  }
  struct Line: Decodable {
    let answer: String
    let evidence: String
  }
  struct Profile: Decodable { let name: String }
  struct Since: Decodable {
    struct Change: Decodable {
      let id: String
      let change: String
    }
    let realised_month_usd: Decimal
    let cautions: [String]
    let levers: [Change]
  }

  let levers: [Lever]
  let small_levers: [Lever]
  let findings: [Finding]
  let checklist: [Line]
  let profile: Profile
  let together_month_usd: Decimal
  let since_baseline: Since?

  subscript(id: String) -> Lever? { levers.first { $0.id == id } }
}
