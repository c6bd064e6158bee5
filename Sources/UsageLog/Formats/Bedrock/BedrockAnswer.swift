/// What a Bedrock response says about its call, in any of the shapes in which it is logged.
///
/// `InvokeModel`: the model's own body (for Claude a message), or the list of its stream's events;
/// `Converse`: one object; `ConverseStream`: the same object merged, or the list of its events.
struct BedrockAnswer {
  private let stream: MessageStream?
  /// The model's own object, or Converse's.
  private var body: JSONValue?
  private var usage: JSONValue?
  private var stopReason: JSONValue?
  private var latency: JSONValue?
  /// Counts that Bedrock adds to the end of an `InvokeModel` stream.
  private var metrics: JSONValue?
  let isEmpty: Bool

  init(_ parts: [JSONValue]) {
    isEmpty = parts.isEmpty
    stream = MessageStream(parts)
    if parts.count == 1, stream == nil { body = parts[0] }
    for part in parts {
      metrics = part["amazon-bedrock-invocationMetrics"] ?? metrics
      take(converse: part["metadata"])
      take(converse: part)
      stopReason = part["messageStop"]?["stopReason"] ?? stopReason
    }
  }

  private mutating func take(converse part: JSONValue?) {
    guard let part else { return }
    if let counts = part["usage"], counts["inputTokens"] != nil || counts["outputTokens"] != nil {
      usage = counts
    }
    stopReason = part["stopReason"] ?? stopReason
    latency = part["metrics"]?["latencyMs"] ?? latency
  }

  /// What `JSONCallReader` may read on.
  var message: JSONValue? { stream?.message ?? body }

  func set(_ fields: CallFields) {
    fields.set(.inputTokens, metrics?["inputTokenCount"])
    fields.set(.outputTokens, metrics?["outputTokenCount"])
    fields.set(.cacheReadTokens, metrics?["cacheReadInputTokenCount"])
    fields.set(.cacheCreateTokens, metrics?["cacheWriteInputTokenCount"])
    fields.set(.latencyMs, metrics?["invocationLatency"])
    fields.set(.ttftMs, metrics?["firstByteLatency"])
    stream?.set(fields)
    if stream == nil { setConverse(fields) }
  }

  func settle(_ call: inout Call) {
    if let stream {
      stream.settle(&call)
    } else {
      if call.statusCode == nil, call.outcome != .errored { call.statusCode = 200 }
      call.settleOutcome()
    }
  }

  /// Counts in the names of Llama's and Titan's own answers, which tell no usage object.
  private func setOwnNames(_ fields: CallFields) {
    fields.set(.inputTokens, body?.first("prompt_token_count", "inputTextTokenCount"))
    fields.set(.outputTokens, body?["generation_token_count"])
    let results = body?["results"].map { Array($0.children) } ?? []
    fields.set(.outputTokens, results.first?["tokenCount"])
    fields.set(.stopReason, results.first?["completionReason"])
  }

  private func setConverse(_ fields: CallFields) {
    setOwnNames(fields)
    fields.set(.inputTokens, usage?["inputTokens"])
    fields.set(.outputTokens, usage?["outputTokens"])
    fields.set(.cacheReadTokens, usage?["cacheReadInputTokens"])
    fields.set(.cacheReadTokens, usage?["cacheReadInputTokenCount"])
    fields.set(.cacheCreateTokens, usage?["cacheWriteInputTokens"])
    fields.set(.cacheCreateTokens, usage?["cacheWriteInputTokenCount"])
    let writes = usage?["cacheDetails"]?.children.first {
      $0["ttl"]?.text.map { $0 == "1h" } == true
    }
    fields.set(.cacheCreate1hTokens, writes?["inputTokens"])
    fields.set(.stopReason, stopReason)
    fields.set(.latencyMs, latency)
  }
}
