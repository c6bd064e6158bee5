import Testing

@testable import Alerts

/// Against the rules of Prometheus's text format.
@Suite struct ExpositionTests {
  private var sample: Regex<(Substring, Substring, Substring?)> {
    /[a-zA-Z_:][a-zA-Z0-9_:]*\{([a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)+\} -?[0-9]+(\.[0-9]+)?/
  }

  private func lines(_ findings: [Finding], top: Int = 20) -> [String] {
    let report = CheckReport(
      name: "lumen-desk", asOf: Story.now, findings: findings, decided: ["budget"])
    return Exposition(report, top: top).text.split(separator: "\n").map(String.init)
  }

  @Test func `every sample is well-formed, has a type before it, and no timestamp`() throws {
    var typed: Set<String> = []
    var last = ""
    for line in lines([Story.finding(.warning), Story.finding(.ok, .name("a\"b\\c\n{d}"))]) {
      if line.hasPrefix("# ") {
        let words = line.split(separator: " ", maxSplits: 3)
        if words[1] == "TYPE" { #expect(typed.insert(String(words[2])).inserted) }
        continue
      }
      #expect(line.wholeMatch(of: sample) != nil, "\(line)")
      let name = String(line.prefix { $0 != "{" })
      #expect(typed.contains(name))
      #expect(last == name || !last.hasPrefix(name))
      last = name
    }
    #expect(typed.contains("forensics_alert_value_usd"))
  }

  @Test func `each rule shows its worst, and the rest as one`() {
    let findings =
      [Story.finding(.critical, "tenant", "worst")]
      + (0..<50).map { Story.finding($0 == 49 ? .warning : .ok, "tenant", .name("t\($0)")) }
    let states = lines(findings, top: 5).filter { $0.hasPrefix("forensics_alert_state{") }
    #expect(states.count == 6)
    #expect(states[0] == #"forensics_alert_state{rule="budget",id="budget.tenant.worst"} 2"#)
    #expect(states[1] == #"forensics_alert_state{rule="budget",id="budget.tenant.t49"} 1"#)
    #expect(states[5] == #"forensics_alert_state{rule="budget",id="other"} 0"#)
    #expect(
      lines(findings, top: 5).contains(#"forensics_alerts_not_shown{rule="budget"} 46"#))
  }

  @Test func `label values are escaped`() {
    #expect(Exposition.escaped("a\\b\"c\nd") == #"a\\b\"c\nd"#)
  }

  @Test func `shares are parts of one`() {
    let finding = Finding("unpriced", [], .ok, "…", value: .pct(0.58), warning: .pct(1))
    #expect(
      lines([finding]).contains(
        #"forensics_alert_value_ratio{rule="unpriced",id="unpriced"} 0.0058"#))
  }
}
