/// What a logged Vertex AI response says, whichever model gave it: Claude's message or the events of its
/// stream, Gemini's response or its chunks, or an error in place of one.
struct VertexAnswer {
  private let stream: MessageStream?
  private var whole: JSONValue?
  /// Gemini's last counts, which hold for all chunks.
  private(set) var geminiUsage: JSONValue?
  private var finishReason: JSONValue?
  private var responseID: JSONValue?
  private var version: JSONValue?
  private var errorCode: JSONValue?
  private let isEmpty: Bool

  init(_ parts: [JSONValue]) {
    isEmpty = parts.isEmpty
    stream = MessageStream(parts)
    if parts.count == 1, stream == nil { whole = parts[0] }
    for part in parts {
      geminiUsage = part["usageMetadata"] ?? part["usage_metadata"] ?? geminiUsage
      responseID = part["responseId"] ?? responseID
      version = part["modelVersion"] ?? version
      finishReason =
        part["candidates"]?.children.first { _ in true }?["finishReason"] ?? finishReason
      errorCode = part["error"]?["code"] ?? errorCode
    }
  }

  /// What `JSONCallReader` may read on.
  var message: JSONValue? {
    if geminiUsage != nil { return nil }
    return stream?.message ?? whole
  }

  func set(_ fields: CallFields) {
    stream?.set(fields)
    fields.set(.messageID, responseID)
    fields.set(.model, version)
    fields.set(.stopReason, finishReason)
    fields.set(.statusCode, errorCode)
  }

  func settle(_ call: inout Call) {
    if let stream {
      stream.settle(&call)
    } else {
      if !isEmpty, call.statusCode == nil, call.outcome != .errored { call.statusCode = 200 }
      call.settleOutcome()
    }
  }
}
