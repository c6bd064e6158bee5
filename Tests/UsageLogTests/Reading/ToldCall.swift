@testable import UsageLog

/// A call copied out of its record, so that it can be kept, compared and printed.
struct ToldCall: Equatable {
  /// Every field the call has a value in, as text; counts and money as integers.
  var told: [Field: String] = [:]
  var occurredAt: Int64
  var timeIsNaive: Bool
  var timeIsApproximate: Bool
  var hasContent: Bool?
  var isReplay: Bool
  var requestIDIsIssued: Bool
  var iteration: String?

  subscript(field: Field) -> String? { told[field] }

  /// `input/writes/reads/output`, the shape in which the format reference tells a usage.
  var usage: String {
    [Field.inputTokens, .cacheCreateTokens, .cacheReadTokens, .outputTokens]
      .map { told[$0] ?? "-" }.joined(separator: "/")
  }

  init(_ call: Call) {
    occurredAt = call.occurredAt
    timeIsNaive = call.timeIsNaive
    timeIsApproximate = call.timeIsApproximate
    hasContent = call.hasContent
    isReplay = call.isReplay
    requestIDIsIssued = call.requestIDIsIssued
    iteration = call.iteration.map {
      "\($0.type.string)#\($0.index)\(call.outcome == .refused ? " declined" : "")"
    }
    tell(texts: call)
    tell(numbers: call)
    told[.outcome] = call.outcome?.rawValue
    told[.promptHash] = call.prompt.map { key in
      switch key {
      case .digits(let digits): "#" + String(digits, radix: 16)
      case .text(let text): text.string
      }
    }
  }

  private mutating func tell(texts call: Call) {
    let texts: [(Field, Text?)] = [
      (.messageID, call.messageID), (.requestID, call.requestID), (.tenantID, call.tenantID),
      (.feature, call.feature), (.deploySHA, call.deploySHA), (.model, call.model),
      (.serviceTier, call.serviceTier), (.speed, call.speed), (.inferenceGeo, call.inferenceGeo),
      (.channel, call.channel), (.region, call.region), (.stopReason, call.stopReason),
      (.stopCategory, call.stopCategory), (.workspace, call.workspace), (.apiKey, call.apiKey),
      (.agent, call.agent), (.sessionID, call.sessionID), (.userID, call.userID),
      (.operationID, call.operationID), (.parentCall, call.parentCall),
      (.prefixHash, call.prefixHash), (.toolHash, call.toolHash),
    ]
    for (field, text) in texts { told[field] = text?.string }
  }

  private mutating func tell(numbers call: Call) {
    let numbers: [(Field, Int64?)] = [
      (.occurredAt, call.occurredAt), (.inputTokens, call.usage.input),
      (.cacheCreateTokens, call.usage.cacheCreate),
      (.cacheCreate1hTokens, call.usage.cacheCreate1h), (.cacheReadTokens, call.usage.cacheRead),
      (.outputTokens, call.usage.output), (.webSearchRequests, call.usage.webSearches),
      (.costNanos, call.loggedCostNanos), (.statusCode, call.statusCode),
      (.latencyMs, call.latencyMs), (.ttftMs, call.ttftMs), (.attempt, call.attempt),
      (.maxTokens, call.maxTokens),
    ]
    for (field, number) in numbers { told[field] = number.map { String($0) } }
  }
}
