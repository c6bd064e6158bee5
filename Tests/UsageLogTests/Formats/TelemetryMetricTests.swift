import Testing

@testable import UsageLog

/// Counters, which are for reconciliation and never calls.
struct TelemetryMetricTests {
  private let model: OTLPAttributes = ["model": "claude-opus-5-5", "session.id": "b7e1"]

  private func tokens(_ type: String, _ value: String, minutes: Int = 1) -> String {
    point(
      value, minutes: minutes,
      ["type": .init(stringLiteral: type), "model": "claude-opus-5-5", "session.id": "b7e1"])
  }

  @Test func `the kinds of tokens of one span are one bucket`() throws {
    let record = try readLog(
      export(
        metric: "claude_code.token.usage", temporality: 1,
        points: [
          tokens("input", #""asInt":"6""#), tokens("output", #""asDouble":318"#),
          tokens("cacheRead", #""asInt":31870"#), tokens("cacheCreation", #""asDouble":2140.0"#),
        ]))[0]
    #expect(record.outcome == .buckets)
    #expect(record.buckets.count == 1)
    let bucket = record.buckets[0]
    #expect(bucket.report == .claudeCodeMetrics)
    #expect(bucket.usage.input == 6)
    #expect(bucket.usage.output == 318)
    #expect(bucket.usage.cacheRead == 31870)
    #expect(bucket.usage.cacheCreate == 2140)
    #expect(bucket.dimensions[.model] == "claude-opus-5-5")
    #expect(bucket.dimensions[.sessionID] == "b7e1")
    #expect(bucket.startingAt == 1_794_211_200_000)
    #expect(bucket.endingAt == 1_794_211_260_000)
    #expect(bucket.telling == .single)
  }

  @Test func `cost is money, exact`() throws {
    let bucket = try readLog(
      export(
        metric: "claude_code.cost.usage", temporality: 1,
        points: [point(#""asDouble":0.0453150001"#, model)]))[0].buckets[0]
    #expect(bucket.amount == "4.53150001")
    #expect(bucket.amountNanos == 45_315_000)
    #expect(bucket.currency == "USD")
  }

  @Test func `of a cumulative counter later points are the same bucket`() throws {
    let log = [1, 2].map {
      export(
        metric: "claude_code.token.usage", temporality: 2,
        points: [tokens("input", #""asInt":"\#($0 * 10)""#, minutes: $0)])
    }.joined()
    let buckets = try readLog(log).flatMap(\.buckets)
    #expect(buckets.map(\.usage.input) == [10, 20])
    #expect(buckets.allSatisfy { $0.telling == .runningTotal })
    #expect(buckets[0].key == buckets[1].key)
    #expect(buckets[0].endingAt < buckets[1].endingAt)
  }

  @Test func `tokens and cost of one span stand beside each other`() throws {
    let log =
      export(
        metric: "claude_code.token.usage", temporality: 1, points: [tokens("input", #""asInt":6"#)])
      + export(
        metric: "claude_code.cost.usage", temporality: 1,
        points: [point(#""asDouble":0.045"#, model)])
    let buckets = try readLog(log).flatMap(\.buckets)
    #expect(buckets.count == 2)
    #expect(Set(buckets.map(\.key)).count == 2)
  }

  @Test func `counters of different hosts are different buckets`() throws {
    let keys = try ["a", "b"].map { host in
      try readLog(
        export(
          metric: "claude_code.token.usage", temporality: 1,
          points: [tokens("input", #""asInt":"6""#)],
          resource: ["service.name": "claude-code", "host.name": .init(stringLiteral: host)])
      )[0].buckets[0].key
    }
    #expect(keys[0] != keys[1])
  }

  @Test func `the conventions' histogram counts its sum`() throws {
    let log = export(
      metric: "gen_ai.client.token.usage", temporality: 1,
      points: [
        point(
          #""count":"3","sum":22000"#,
          ["gen_ai.token.type": "input", "gen_ai.request.model": "claude-sonnet-5"])
      ], resource: ["service.name": "lumen-answer"]
    ).replacing(#""sum":{"#, with: #""histogram":{"#)
      .replacing("com.anthropic.claude_code", with: "lumen")
    #expect(try withJSON(log) { LogFormats.recognise($0)?.name } == "otel-genai")
    let bucket = try readLog(log)[0].buckets[0]
    #expect(bucket.report == .openTelemetryMetrics)
    #expect(bucket.usage.input == 22000)
    #expect(bucket.dimensions[.model] == "claude-sonnet-5")
  }

  @Test func `what cannot be summed is told`() throws {
    func read(_ name: String, _ temporality: Int, _ points: [String]) throws -> ReadRecord {
      try readLog(export(metric: name, temporality: temporality, points: points))[0]
    }
    let good = tokens("input", #""asInt":"6""#)
    #expect(
      try read("claude_code.session.count", 1, [good]).skipReason
        == "a metric that counts no usage")
    #expect(
      try read("claude_code.token.usage", 0, [good]).skipReason
        == "a metric that says neither delta nor cumulative")
    #expect(
      try read("claude_code.token.usage", 1, [tokens("input", #""asInt":"-6""#)]).reason
        == .negativeCount(.inputTokens))
    let mixed = try read(
      "claude_code.token.usage", 1,
      [
        good, good.replacing("startTimeUnixNano", with: "start"),
        tokens("thought", #""asInt":"6""#),
      ])
    #expect(mixed.rejectedRows.map(\.reason) == [.missingBucketBounds])
    #expect(mixed.buckets.count == 1)
    #expect(mixed.notes == ["a token count of an unknown type (thought)"])
  }
}
