import Foundation
import Testing

@testable import forensics

/// What is asked for: windows of whole buckets, names of files, keys.
@Suite struct FetchQuestionTests {
  private static let minute: Int64 = 60_000
  /// 2026-11-21T22:10:30Z.
  private let now: Int64 = 1_795_299_030_000

  private func window(
    _ since: String, _ until: String? = nil, _ width: BucketWidth = .day
  ) throws -> String {
    let window = try FetchWindow(since: since, until: until, width: width, now: now)
    return "\(width.text(window.since)) \(width.text(window.until))"
  }

  @Test func `without an end it is whole buckets up to the one that is not over`() throws {
    #expect(try window("7d") == "2026-11-14 2026-11-21")
    #expect(try window("24h", nil, .hour) == "2026-11-20T22:00:00Z 2026-11-21T22:00:00Z")
    #expect(try window("5m", nil, .minute) == "2026-11-21T22:05:00Z 2026-11-21T22:10:00Z")
    #expect(throws: (any Error).self) { try window("2026-11-21") }
    #expect(try window("2026-11-21", "2026-11-22") == "2026-11-21 2026-11-22")
  }

  @Test func `bounds inside a bucket are widened to it, and that is said`() throws {
    let window = try FetchWindow(
      since: "2026-11-03T09:30:00+02:00", until: "2026-11-05T00:00:01Z", width: .day, now: now)
    #expect(BucketWidth.day.text(window.since) == "2026-11-03")
    #expect(BucketWidth.day.text(window.until) == "2026-11-06")
    #expect(window.remarks == ["the report has whole days in UTC: the window is widened to them"])
    let exact = try FetchWindow(since: "2026-11-03", until: "2026-11-05", width: .day, now: now)
    #expect(exact.remarks.isEmpty)
  }

  @Test func `what lies ahead is not asked for`() throws {
    let window = try FetchWindow(since: "2026-11-03", until: "2027-01-01", width: .day, now: now)
    #expect(BucketWidth.day.text(window.until) == "2026-11-22")
    #expect(window.remarks.first?.contains("lies ahead") == true)
    #expect(throws: (any Error).self) { try self.window("2026-12-01", "2026-12-02") }
    #expect(throws: (any Error).self) { try self.window("soon") }
    #expect(throws: (any Error).self) { try self.window("2026-11-05", "2026-11-05") }
  }

  @Test func `equal questions have one file, different ones have two`() {
    func name(
      _ width: BucketWidth = .day, _ groupBy: [String]? = nil,
      _ base: String = ReportQuestion.vendor
    ) -> String {
      let since: Int64 = 1_793_491_200_000
      return ReportQuestion(
        .adminUsage, since: since, until: since + 3 * 86_400_000, width: width, groupBy: groupBy,
        base: base
      ).fileName
    }
    #expect(name() == "admin-usage_2026-11-01_2026-11-04.jsonl")
    #expect(name(.hour) == "admin-usage_2026-11-01T0000_2026-11-04T0000_1h.jsonl")
    #expect(
      name(.day, ["model", "workspace_id"]) == name(.day, ["workspace_id", "model", "model"]))
    #expect(name(.day, nil, "https://api.anthropic.com/") == name())
    let names = [
      name(), name(.minute), name(.day, ["model"]), name(.day, []),
      name(.day, nil, "https://gateway.lumen-desk.example"),
    ]
    #expect(Set(names).count == names.count)
  }

  @Test func `analytics are asked for in pieces without a gap`() {
    let question = ReportQuestion(.analyticsCost, since: 0, until: 100 * 86_400_000)
    #expect(question.spans.count == 4)
    #expect(question.spans.first?.lowerBound == 0)
    #expect(question.spans.last?.upperBound == question.until)
    #expect(
      zip(question.spans, question.spans.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    #expect(ReportQuestion(.adminCost, since: 0, until: 100 * 86_400_000).spans.count == 1)
  }

  // MARK: - Keys

  private func key(
    _ kind: ReportKind, _ environment: [String: String]
  ) -> Result<ReportKey, any Error> {
    Result { try ReportKey(for: kind, file: nil, environment: environment) }
  }

  @Test func `analytics have a key of their own, if there is one`() throws {
    let both = ["ANTHROPIC_ADMIN_KEY": "sk-one", "ANTHROPIC_ANALYTICS_KEY": "sk-other"]
    #expect(try key(.adminCost, both).get().secret == "sk-one")
    #expect(try key(.analyticsCost, both).get().secret == "sk-other")
    #expect(try key(.analyticsCost, ["ANTHROPIC_ADMIN_KEY": "sk-one\n"]).get().secret == "sk-one")
    #expect(throws: ReportKeyError.none(.adminCost)) {
      try key(.adminCost, ["ANTHROPIC_ANALYTICS_KEY": "sk-other", "ANTHROPIC_ADMIN_KEY": ""]).get()
    }
  }

  @Test(arguments: [" ", "two words", "ANTHROPIC_ADMIN_KEY=sk-one", "sk-ä", "sk-one\nsk-two"])
  func `what is no key is not sent`(_ text: String) {
    #expect(throws: ReportKeyError.notAKey("$ANTHROPIC_ADMIN_KEY")) {
      try key(.adminCost, ["ANTHROPIC_ADMIN_KEY": text]).get()
    }
  }

  @Test func `a key does not show itself`() throws {
    let key = try key(.adminCost, ["ANTHROPIC_ADMIN_KEY": "s3cret-of-lumen-desk"]).get()
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped, "\([key])"] {
      #expect(!text.contains("s3cret"), "\(text)")
    }
    #expect(key.scrubbed("a s3cret-of-lumen-desk b") == "a … b")
  }
}
