/// Rows of a Vertex AI request-response log, as BigQuery exports them to JSON.
///
/// Described in docs/formats/vertex-request-response.md.
package struct VertexRequestResponse: JSONLogFormat {
  package static let name = "vertex-request-response"
  package static let summary = "Vertex AI request-response logs, out of BigQuery"

  private var reader: JSONCallReader
  private let labels: CallLabels
  private let embedded = EmbeddedJSON()
  private let texts = RecordTexts()
  private var promptHash = PromptHash()

  package init(options: ReadingOptions) {
    reader = JSONCallReader(options: options)
    labels = CallLabels(options: options)
  }

  package static func recognises(_ record: JSONValue) -> Bool {
    record["logging_time"] != nil
      && (record["full_response"] != nil || record["response_payload"] != nil)
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    embedded.begin()
    texts.begin()
    guard Self.recognises(record) else {
      output.outcome = .skipped("no row of a request-response log")
      return
    }
    if Self.countsTokens(record) {
      output.outcome = .skipped("a count of tokens, which calls no model")
      return
    }
    let answer = VertexAnswer(
      response(of: record, column: "full_response", payload: "response_payload"))
    let request = response(of: record, column: "full_request", payload: "request_payload").first
    let metadata = embedded.value(record["metadata"])
    let prompt = (request?["messages"] ?? request?["contents"]).map { promptHash.hash($0) }
    let labels = labels
    do throws(RejectionReason) {
      let gemini = try GeminiUsage(answer.geminiUsage)
      reader.read(message: answer.message, fileTime: nil, into: &output) { fields in
        fields.set(.occurredAt, record["logging_time"])
        fields.set(.requestID, record["request_id"])
        Self.setPlace(record, fields)
        gemini?.set(fields)
        answer.set(fields)
        for tags in [metadata?["labels"], metadata, request?["labels"]] {
          labels.read(tags, into: fields)
        }
        fields.set(.userID, request?["metadata"]?["user_id"])
        fields.set(.tenantID, record["endpoint"]?.text?.pathPart(behind: "projects"))
        fields.set(
          .maxTokens, request?["max_tokens"] ?? request?["generationConfig"]?["maxOutputTokens"])
      } adjust: { call in
        call.prompt = call.prompt ?? prompt.map { .digits($0) }
        gemini?.settle(&call)
        answer.settle(&call)
      }
    } catch {
      output.outcome = .rejected(error)
    }
    if output.outcome == .call {
      output.notes.append(
        "Vertex AI logs hold a sample of the calls where samplingRate is below 1: totals are of the sample"
      )
    }
  }

  /// Claude's token counting has an endpoint that is named like a model.
  private static func countsTokens(_ record: JSONValue) -> Bool {
    let model = record["model"]?.text?.position(of: "count-tokens")
    let method = record["api_method"]?.text
    return model != nil || method?.position(of: "ountTokens") != nil
      || method?.position(of: "count-tokens") != nil
  }

  /// What a column holds, else the pieces in the older one.
  private func response(
    of record: JSONValue, column: StaticString, payload: StaticString
  ) -> [JSONValue] {
    let parts = ResponseParts(of: record[column], embedded, texts).values
    return parts.isEmpty ? ResponseParts(of: record[payload], embedded, texts).values : parts
  }

  /// The location is the endpoint's, which decides the price.
  private static func setPlace(_ record: JSONValue, _ fields: CallFields) {
    let endpoint = record["endpoint"]?.text
    fields.set(.channel, Text(constant: "vertex"))
    fields.set(.region, endpoint?.pathPart(behind: "locations"))
    fields.set(.model, record["model"])
    if endpoint?.pathPart(behind: "models") != nil { fields.set(.model, endpoint) }
  }
}
