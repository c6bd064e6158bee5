import Foundation
import Testing

@testable import Alerts

/// What other systems are sent, against the limits that they document.
@Suite struct MessageTests {
  private func notice(
    _ change: Notice.Change = .opened, id: String = "budget.monthly",
    sentence: String = "Lumen Desk spent $900 of $1,000"
  ) -> Notice {
    Notice(
      change, id: id, rule: "budget", state: .critical, sentence: sentence,
      next: "forensics tenant-trend", openedAt: Story.now)
  }

  private func object(_ json: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  // MARK: - PagerDuty

  @Test func `PagerDuty gets an event a notice, closed by the key that opened it`() throws {
    let dispatch = Dispatch(Story.report(), [notice(), notice(.resolved)])
    let events = try PagerDutyEvents.bodies(dispatch, routingKey: "R0").map(object)
    #expect(events.map { $0["event_action"] as? String } == ["trigger", "resolve"])
    #expect(
      events.map { $0["dedup_key"] as? String }
        == Array(repeating: "lumen-desk/budget.monthly", count: 2))
    #expect(events[0]["routing_key"] as? String == "R0")
    let payload = try #require(events[0]["payload"] as? [String: Any])
    #expect(payload["severity"] as? String == "critical")
    #expect(payload["source"] as? String == "lumen-desk")
    #expect(payload["summary"] as? String == "CRITICAL: Lumen Desk spent $900 of $1,000")
  }

  @Test func `PagerDuty's limits hold for any name`() throws {
    let long = String(repeating: "👩‍🚀 \"ü\\", count: 900)
    let report = CheckReport(name: long, asOf: Story.now, findings: [], decided: [])
    let id = Finding.id(["budget", .name(long)])
    let event = try object(
      PagerDutyEvents.bodies(Dispatch(report, [notice(id: id, sentence: long)]))[0])
    let payload = try #require(event["payload"] as? [String: Any])
    #expect((payload["summary"] as? String ?? "").utf16.count <= 1024)
    #expect((event["dedup_key"] as? String ?? "").utf8.count <= 1020)
    #expect((event["dedup_key"] as? String ?? "").utf16.count <= 255)
  }

  @Test func `what is printed holds no routing key`() throws {
    let event = try object(
      PagerDutyEvents.bodies(Dispatch(all: Story.report(Story.finding(.critical))))[0])
    #expect(event["routing_key"] as? String == "ROUTING_KEY")
  }

  // MARK: - Slack

  @Test func `Slack's message cannot be made to call everybody`() throws {
    let message = try object(
      SlackMessage.body(
        Dispatch(
          Story.report(), [notice(id: "region.<!channel>`", sentence: "tenant <!channel> & co")])))
    let text = try #require(message["text"] as? String)
    #expect(text.contains("tenant &lt;!channel&gt; &amp; co"))
    let blocks = try #require(message["blocks"] as? [[String: Any]])
    let section = (blocks[1]["text"] as? [String: Any])?["text"] as? String
    #expect(section?.contains("`region.&lt;!channel&gt;'`") == true)
    #expect(section?.contains("<!channel>") == false)
  }

  @Test func `Slack's limits hold for any number and length`() throws {
    let long = String(repeating: "<&>", count: 3000)
    let notices = (0..<200).map { notice(id: "budget.tenant.t\($0)", sentence: long) }
    let message = try object(SlackMessage.body(Dispatch(Story.report(), notices)))
    let blocks = try #require(message["blocks"] as? [[String: Any]])
    #expect(blocks.count == 50)
    for block in blocks {
      let text = (block["text"] as? [String: Any])?["text"] as? String ?? ""
      #expect(text.utf16.count <= (block["type"] as? String == "header" ? 150 : 3000))
      // No entity is cut in the middle.
      #expect(text.replacing(/&(amp|lt|gt);/, with: "").contains("&") == false)
    }
    let last = ((blocks[49]["text"] as? [String: Any])?["text"] as? String) ?? ""
    #expect(last.contains("and 152 more"))
    #expect((message["text"] as? String ?? "").utf16.count <= 3000)
  }

  @Test func `a text is cut between characters`() {
    #expect("abc".shortened(to: 3) == "abc")
    #expect("abcd".shortened(to: 3) == "ab…")
    #expect("ab👩‍🚀".shortened(to: 4) == "ab…")
    #expect("<<".shortened(to: 7, escaping: { $0 == "<" ? "&lt;" : String($0) }) == "&lt;…")
  }

  // MARK: - JSON

  @Test func `the report as JSON has exact amounts and everything there is to know`() throws {
    var report = Story.report(Story.finding(.critical))
    report.acknowledge([
      "budget.tenant.alder-bank.daily": Acknowledgement(
        at: Story.now, until: nil, note: "\"launch\"\u{202E}", state: .critical)
    ])
    let json = CheckJSON.document(report)
    #expect(json.contains(#""value":9,"unit":"usd","warning":8,"critical":10"#))
    let document = try object(json)
    #expect(document["state"] as? String == "OK")
    let finding = try #require((document["findings"] as? [[String: Any]])?.first)
    #expect(finding["state"] as? String == "CRITICAL")
    #expect((finding["acknowledged"] as? [String: Any])?["note"] as? String == "\"launch\"\u{202E}")
    let body = try object(WebhookBody.body(Dispatch(report, [notice(.worsened)])))
    #expect((body["notices"] as? [[String: Any]])?.first?["change"] as? String == "worsened")
    #expect(body["as_of"] as? String == "2026-11-15T00:00:00.000Z")
  }
}
