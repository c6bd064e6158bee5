/// Results of a Bedrock batch inference job (`*.jsonl.out`), with the manifest beside them.
///
/// Described in docs/formats/bedrock-batch.md.
package struct BedrockBatch: JSONLogFormat {
  package static let name = "bedrock-batch"
  package static let summary = "results of an Amazon Bedrock batch inference job (*.jsonl.out)"

  private var reader: JSONCallReader
  private let embedded = EmbeddedJSON()
  private let texts = RecordTexts()
  private var promptHash = PromptHash()

  package init(options: ReadingOptions) { reader = JSONCallReader(options: options) }

  package static func recognises(_ record: JSONValue) -> Bool {
    if record["recordId"] != nil {
      return record["modelInput"] != nil || record["modelOutput"] != nil
        || record["error"]?["errorCode"] != nil
    }
    return isManifest(record)
  }

  private static func isManifest(_ record: JSONValue) -> Bool {
    record["totalRecordCount"] != nil && record["processedRecordCount"] != nil
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    embedded.begin()
    texts.begin()
    guard Self.recognises(record), !Self.isManifest(record) else {
      output.outcome = .skipped(
        Self.isManifest(record)
          ? "a batch job's manifest, which counts its records"
          : "no result of a batch job")
      return
    }
    let answer = BedrockAnswer(ResponseParts(of: record["modelOutput"], embedded, texts).values)
    let error = record["error"]
    guard !answer.isEmpty || error?.isObject == true else {
      output.outcome = .skipped("a batch job's request without its result")
      return
    }
    let request = embedded.value(record["modelInput"])
    let prompt = request?["messages"].map { promptHash.hash($0) }
    let code = error?["errorCode"]?.text
    reader.read(message: answer.message, fileTime: fileTime, into: &output) { fields in
      fields.set(.channel, Text(constant: "bedrock"))
      fields.set(.serviceTier, Text(constant: "batch"))
      if answer.isEmpty { fields.setNoUsage() }
      answer.set(fields)
      fields.set(.maxTokens, request?["max_tokens"] ?? request?["inferenceConfig"]?["maxTokens"])
      fields.set(.userID, request?["metadata"]?["user_id"])
    } adjust: { call in
      call.prompt = call.prompt ?? prompt.map { .digits($0) }
      answer.settle(&call)
      if answer.isEmpty {
        call.outcome = .errored
        call.statusCode = code.flatMap { BedrockErrors.status($0) }
      }
    }
  }
}

extension CallFields {
  /// A request that failed used nothing.
  func setNoUsage() {
    set(.inputTokens, Text(constant: "0"))
    set(.outputTokens, Text(constant: "0"))
  }
}
