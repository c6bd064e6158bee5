/// Amazon Bedrock's model invocation log, as it lies in S3 or as CloudWatch hands it out.
///
/// Described in docs/formats/bedrock-invocation.md.
package struct BedrockInvocation: JSONLogFormat {
  package static let name = "bedrock-invocation"
  package static let summary = "Amazon Bedrock's invocation log, CloudWatch's copies too"

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
    isInvocation(record) || isEvent(record) || CloudWatchEvents.isControlMessage(record)
      || CloudWatchEvents.all(in: record)?.contains(where: isEvent) == true
  }

  private static func isInvocation(_ record: JSONValue) -> Bool {
    record["schemaType"]?.text.map { $0 == "ModelInvocationLog" } == true
  }

  /// Whether a record lies in the event; only what looks like one is parsed.
  private static func isEvent(_ event: JSONValue) -> Bool {
    guard let message = CloudWatchEvents.message(of: event) else { return false }
    if message.isObject { return isInvocation(message) }
    guard let text = message.text, text.position(of: "ModelInvocationLog") != nil else {
      return false
    }
    let embedded = EmbeddedJSON()
    return withExtendedLifetime(embedded) { embedded.parse(text).map(isInvocation) ?? false }
  }

  package mutating func records(in value: JSONValue) -> [JSONValue]? {
    guard let events = CloudWatchEvents.all(in: value), events.contains(where: Self.isEvent)
    else { return nil }
    return events
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    embedded.begin()
    texts.begin()
    if Self.isInvocation(record) {
      read(invocation: record, into: &output)
    } else if let inner = embedded.value(CloudWatchEvents.message(of: record)),
      Self.isInvocation(inner)
    {
      read(invocation: inner, loggedAt: CloudWatchEvents.time(of: record), into: &output)
    } else if CloudWatchEvents.isControlMessage(record) {
      output.outcome = .skipped("a CloudWatch control message")
    } else {
      output.outcome = .skipped("a log event that is no model invocation")
    }
  }

  private mutating func read(
    invocation record: JSONValue, loggedAt: JSONValue? = nil, into output: inout RecordOutput
  ) {
    let answer = BedrockAnswer(
      ResponseParts(of: record["output"]?["outputBodyJson"], embedded, texts).values)
    let request = embedded.value(record["input"]?["inputBodyJson"])
    let prompt = request?["messages"].map { promptHash.hash($0) }
    let labels = labels
    reader.read(message: answer.message, fileTime: nil, into: &output) { fields in
      fields.set(.occurredAt, record["timestamp"] ?? loggedAt)
      fields.set(.requestID, record["requestId"])
      fields.set(.channel, Text(constant: "bedrock"))
      fields.set(.region, record["region"])
      Self.setCounts(of: record, fields)
      // The id as logged says how far its endpoint reaches, and so its price.
      let model = record["modelId"]?.text
      if model.map(Self.namesModel) == true { fields.set(.model, model) }
      answer.set(fields)
      fields.set(.model, model, rank: Self.weakest)
      labels.read(record["requestMetadata"], into: fields)
      Self.setRequest(request, fields)
      Self.setCaller(of: record, fields)
      fields.set(.feature, record["operation"])
    } adjust: { call in
      call.requestIDIsIssued = call.requestID != nil
      call.prompt = call.prompt ?? prompt.map { .digits($0) }
      answer.settle(&call)
      if let code = record["errorCode"]?.text, !code.isEmpty {
        call.outcome = .errored
        call.statusCode = BedrockErrors.status(code)
      }
    }
    if record["output"]?["outputBodyS3Path"]?.text != nil, answer.isEmpty {
      output.notes.append(
        "a response kept as an S3 object of its own: no message id, latency or cache split of it")
    }
  }

  /// Bedrock's own counts; what the response says only fills what they lack.
  private static func setCounts(of record: JSONValue, _ fields: CallFields) {
    let input = record["input"]
    fields.set(.inputTokens, input?["inputTokenCount"])
    fields.set(.cacheReadTokens, input?["cacheReadInputTokenCount"])
    fields.set(.cacheCreateTokens, input?["cacheWriteInputTokenCount"])
    fields.set(.outputTokens, record["output"]?["outputTokenCount"])
  }

  /// Behind whatever a response says.
  private static let weakest: UInt8 = 250

  /// A profile of the account's own, or provisioned throughput, has an id that says nothing.
  private static func namesModel(_ id: Text) -> Bool {
    !id.hasPrefix("arn:") || id.position(of: ":inference-profile/") != nil
      || id.position(of: ":foundation-model/") != nil
  }

  private static func setRequest(_ request: JSONValue?, _ fields: CallFields) {
    fields.set(.maxTokens, request?["max_tokens"] ?? request?["inferenceConfig"]?["maxTokens"])
    fields.set(.userID, request?["metadata"]?["user_id"])
  }

  /// Without tags the caller's role is the next best name for who made the call.
  private static func setCaller(of record: JSONValue, _ fields: CallFields) {
    let arn = record["identity"]?["arn"]?.text
    fields.set(.tenantID, arn)
    fields.set(.tenantID, record["accountId"])
    fields.set(.workspace, record["accountId"])
    fields.set(.userID, arn.flatMap(caller))
  }

  /// `support-bot/i-0abc` of `arn:aws:sts::111122223333:assumed-role/support-bot/i-0abc`.
  private static func caller(_ arn: Text) -> Text? {
    guard let colon = arn.bytes.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let resource = arn.dropFirst(colon + 1)
    let slash = resource.bytes.firstIndex(of: UInt8(ascii: "/"))
    return slash.map { resource.dropFirst($0 + 1) } ?? resource
  }
}
