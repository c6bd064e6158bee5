import Testing

@testable import Alerts

@Suite struct PluginOutputTests {
  private func text(_ findings: Finding..., verbose: Bool = false) -> [String] {
    let report = CheckReport(
      name: "lumen-desk", asOf: Story.now, findings: findings, decided: ["budget"])
    return PluginOutput(report, isVerbose: verbose).text.split(separator: "\n").map(String.init)
  }

  @Test func `the first line is a state, a sentence and the measurements`() {
    let lines = text(Story.finding(.warning))
    #expect(
      lines[0] == "FORENSICS WARNING: Alder Bank spent $9.00 of $10.00 today | "
        + "'budget.tenant.alder-bank.daily'=9;8;10;0;")
    #expect(lines[1].hasPrefix("WARNING budget.tenant.alder-bank.daily: "))
    #expect(lines[2] == "  see: forensics calls --tenant alder-bank --since 24h")
  }

  @Test func `the worst comes first, and what is fine only when asked for`() {
    let findings = [
      Story.finding(.ok, "daily"), Story.finding(.unknown, "b"), Story.finding(.critical, "c"),
      Story.finding(.warning, "d"),
    ]
    let report = Story.report(findings[0], findings[1], findings[2], findings[3])
    #expect(report.findings.map(\.state) == [.critical, .warning, .unknown, .ok])
    #expect(report.state == .critical)
    let text = PluginOutput(report).text
    #expect(text.contains("; and 2 more"))
    #expect(!text.contains("OK budget.daily"))
    #expect(PluginOutput(report, isVerbose: true).text.contains("OK budget.daily"))
  }

  @Test func `a floor is a range that begins with it`() {
    let finding = Finding(
      "cache", ["summarise"], .warning, "summarise reads little", value: .pct(12.345678),
      warning: .pct(20), critical: .pct(5), alarmsBelow: true)
    #expect(text(finding)[0].hasSuffix("'cache.summarise'=12.3457%;20:;5:;0;"))
  }

  @Test func `a name from a log cannot break the line`() {
    let finding = Story.finding(
      .warning, "tenant", "a='b'|\nc d", sentence: "tenant x | y\nOK: all is fine\u{1B}[2J")
    let lines = text(finding)
    #expect(lines.count == 3)
    #expect(lines[0].filter { $0 == "|" }.count == 1)
    #expect(lines[0].hasSuffix(#"| 'budget.tenant.a__b__\nc_d~d07f38e751080a8b'=9;8;10;0;"#))
    #expect(!lines.joined().contains("\u{1B}"))
  }

  @Test func `a thousand tenants do not fill the line`() {
    let findings = (0..<1000).map { Story.finding(.ok, "tenant", .name("t\($0)"), "daily") }
    let report = CheckReport(
      name: "lumen-desk", asOf: Story.now, findings: findings, decided: ["budget"])
    let first = PluginOutput(report).text.split(separator: "\n")[0]
    #expect(first.filter { $0 == "=" }.count == 40)
    #expect(first.utf8.count < 4096)
  }

  @Test func `what is acknowledged counts as fine, and says so`() {
    var report = Story.report(Story.finding(.critical))
    let known = Acknowledgement(
      at: Story.now, until: Story.now + 86_400_000, note: "launch", state: .critical)
    report.acknowledge(["budget.tenant.alder-bank.daily": known])
    let text = PluginOutput(report).text
    #expect(report.state == .ok)
    #expect(text.hasPrefix("FORENSICS OK: 0 checks fine (1 acknowledged)"))
    #expect(text.contains("[acknowledged until 2026-11-16 00:00: launch]"))
    #expect(text.contains("\nACK (critical) budget.tenant.alder-bank.daily: "))
    #expect(!text.contains("\nCRITICAL"))
    report.acknowledge([:])
    #expect(report.alarms.isEmpty)
  }

  @Test func `an acknowledgement ends with its time, and with something worse`() {
    let known = Acknowledgement(at: Story.now, until: Story.now + 1000, note: nil, state: .warning)
    #expect(known.holds(for: .warning, at: Story.now + 999))
    #expect(!known.holds(for: .warning, at: Story.now + 1000))
    #expect(!known.holds(for: .critical, at: Story.now))
    #expect(known.holds(for: .unknown, at: Story.now))
  }
}
