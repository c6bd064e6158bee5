/// A streamed Messages API response, as its events tell it.
///
/// `message_start` holds the input side and a placeholder for the output; the last `message_delta` is
/// cumulative and wins wherever it says anything.
struct MessageStream {
  /// The message of `message_start`.
  private(set) var start: JSONValue?
  private(set) var delta: JSONValue?
  private(set) var stopDelta: JSONValue?
  private(set) var error: JSONValue?
  private(set) var hasContent = false

  /// Nil where none of the events is one of a Messages API stream.
  init?(_ events: [JSONValue]) {
    for event in events { take(event) }
    if start == nil, delta == nil, error == nil { return nil }
  }

  private mutating func take(_ event: JSONValue) {
    guard let type = event["type"]?.text else { return }
    if type == "message_start" {
      start = event["message"]
    } else if type == "message_delta" {
      if event["usage"]?.isObject == true { delta = event }
      if event["delta"]?["stop_reason"]?.text != nil { stopDelta = event["delta"] }
    } else if type.hasPrefix("content_block") {
      hasContent = true
    } else if type == "error", event["error"]?.isObject == true {
      error = event
    }
  }

  /// What `JSONCallReader` may read on: the iterations stand in the event that has the final usage.
  var message: JSONValue? { error ?? delta ?? start }

  /// Sets everything the events say about the call.
  func set(_ fields: CallFields) {
    fields.set(.messageID, start?["id"])
    fields.set(.model, start?["model"])
    for usage in [delta?["usage"], start?["usage"]] {
      fields.set(.inputTokens, usage?["input_tokens"])
      fields.set(.cacheCreateTokens, usage?["cache_creation_input_tokens"])
      fields.set(.cacheReadTokens, usage?["cache_read_input_tokens"])
      fields.set(.outputTokens, usage?["output_tokens"])
      let writes = usage?["cache_creation"]
      fields.set(.cacheCreate5mTokens, writes?["ephemeral_5m_input_tokens"])
      fields.set(.cacheCreate1hTokens, writes?["ephemeral_1h_input_tokens"])
      fields.set(.webSearchRequests, usage?["server_tool_use"]?["web_search_requests"])
      fields.set(.serviceTier, usage?["service_tier"])
      fields.set(.inferenceGeo, usage?["inference_geo"])
      fields.set(.speed, usage?["speed"])
    }
    fields.set(.stopReason, stopDelta?["stop_reason"])
    fields.set(.stopCategory, stopDelta?["stop_details"]?["category"])
  }

  /// Settles the call again: only the events show whether anything was said.
  func settle(_ call: inout Call) {
    call.hasContent = hasContent
    if call.outcome == .refused || call.outcome == .refusedMidStream { call.outcome = nil }
    if call.statusCode == nil, call.outcome != .errored { call.statusCode = 200 }
    call.settleOutcome()
  }
}
