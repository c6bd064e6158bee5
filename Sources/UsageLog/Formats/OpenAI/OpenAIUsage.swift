/// Raw answers of APIs and SDKs other than Anthropic's: chat completions, Responses, embeddings and batch output in
/// OpenAI's style, LangChain messages, Vercel AI SDK results, Bedrock Converse and Gemini responses.
///
/// Described in docs/formats/openai-usage.md.
///
/// The same inside an application's own row is the application's, and read by the same rules.
package struct OpenAIUsage: JSONLogFormat {
  package static let name = "openai-usage"
  package static let summary = "raw answers in the style of OpenAI and of SDKs"

  private var reader: JSONCallReader

  package init(options: ReadingOptions) {
    reader = JSONCallReader(options: options, mayLackTime: true)
  }

  package static func recognises(_ record: JSONValue) -> Bool {
    guard record.isObject else { return false }
    if OpenAIObject.isBatch(record) { return true }
    if OpenAIObject.isAnswer(record) || isBatchLine(record) || RowPage.holds(record, isRow) {
      return !ApplicationTime.isIn(record)
    }
    return isSDKAnswer(record) && !ApplicationTime.isIn(record)
  }

  private static func isRow(_ record: JSONValue) -> Bool {
    OpenAIObject.isBatch(record)
      || OpenAIObject.isAnswer(record) && record["object"]?.text.map { $0 == "list" } != true
  }

  private static func isBatchLine(_ record: JSONValue) -> Bool {
    if isGeminiLine(record) { return true }
    return record["custom_id"]?.isString == true && record["result"] == nil
      && (record["response"] != nil || record["error"] != nil)
  }

  /// Gemini's `{key, response}`, Vertex AI's `{request, response, processed_time}`.
  private static func isGeminiLine(_ record: JSONValue) -> Bool {
    guard record["key"]?.isString == true || record["processed_time"] != nil,
      let response = record.object("response")
    else { return false }
    return response["usageMetadata"]?.isObject == true
  }

  private static func isSDKAnswer(_ record: JSONValue) -> Bool {
    if let metadata = record["usageMetadata"] ?? record["usage_metadata"], metadata.isObject {
      return record["candidates"] != nil || record["modelVersion"] != nil
        || record["response_metadata"] != nil || record["input_token_details"] != nil
        || record["content"] != nil
    }
    guard let usage = record.object("usage"), usage["inputTokens"] != nil else { return false }
    return record["ResponseMetadata"] != nil || record["stopReason"] != nil
      || record["finishReason"] != nil
  }

  package mutating func records(in value: JSONValue) -> [JSONValue]? {
    OpenAIObject.isAnswer(value) ? nil : RowPage.rows(of: value, Self.isRow)
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    if OpenAIObject.isBatch(record) {
      output.clear()
      output.outcome = .skipped("a batch object, which sums up its results")
    } else if Self.isBatchLine(record) {
      readBatchLine(record, fileTime: fileTime, into: &output)
    } else {
      reader.read(record, fileTime: fileTime, into: &output)
    }
  }

  private static func isAlone(_ response: JSONValue) -> Bool {
    response["usage"]?.isObject == true || response["usageMetadata"]?.isObject == true
  }

  /// `{custom_id, response: {status_code, request_id, body}, error}`: half the price, like every batch.
  ///
  /// Vertex AI puts the answer where OpenAI has its envelope.
  private mutating func readBatchLine(
    _ line: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    guard let response = line.object("response"),
      let body = response.object("body") ?? (Self.isAlone(response) ? response : nil)
    else {
      output.clear()
      output.outcome = .skipped("a batch request that was not answered")
      return
    }
    reader.read(
      message: body, fileTime: fileTime, into: &output,
      beside: { fields in
        fields.set(.statusCode, response["status_code"])
        fields.set(.requestID, line["id"])
        fields.set(.occurredAt, line["processed_time"])
      },
      adjust: { $0.serviceTier = Text.literal("batch") })
  }
}

/// What OpenAI's APIs answer with: objects that say what they are.
enum OpenAIObject {
  private static let kinds: [StaticString] = [
    "chat.completion", "response", "text_completion", "chat.completion.chunk",
  ]

  /// The state of a batch; its usage is that of its results, which its output file tells one by one.
  static func isBatch(_ object: JSONValue) -> Bool {
    object["object"]?.text.map { $0 == "batch" } == true
  }

  /// Whether it is one, with its usage; embeddings are a list with a model.
  static func isAnswer(_ object: JSONValue) -> Bool {
    guard let kind = object["object"]?.text, object["usage"]?.isObject == true else { return false }
    return kinds.contains { kind == $0 } || (kind == "list" && object["model"] != nil)
  }
}

/// A time that only an application logs beside an answer.
enum ApplicationTime {
  static func isIn(_ record: JSONValue) -> Bool {
    ["occurred_at", "timestamp", "ts", "time", "logged_at"].contains { record[$0] != nil }
  }
}
