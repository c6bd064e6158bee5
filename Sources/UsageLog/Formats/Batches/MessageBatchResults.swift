/// Results of the Message Batches API, one request's a line, in any order.
///
/// Described in docs/formats/message-batch-results.md.
///
/// They carry no time; a batch object in front of them tells when their batch ended, else it is the file's.
package struct MessageBatchResults: JSONLogFormat {
  package static let name = "message-batch-results"
  package static let summary = "results of the Message Batches API"

  private var reader: JSONCallReader
  private let fields: CallFields
  private let texts = RecordTexts()
  private let requests: BatchRequests
  private var batchID: String?
  private var endedAt: Int64?

  package init(options: ReadingOptions) {
    reader = JSONCallReader(options: options)
    fields = CallFields(options: options)
    requests = options.requests
    batchID = Self.batchID(in: options.fileName)
  }

  package static func recognises(_ record: JSONValue) -> Bool {
    if record["custom_id"]?.isString == true { return kind(of: record) != nil || isRequest(record) }
    return isBatch(record)
  }

  /// `succeeded`, `errored`, `canceled` or `expired`, also where the result's members were flattened.
  private static func kind(of record: JSONValue) -> Text? {
    guard let kind = (record["result"] ?? record)["type"]?.text else { return nil }
    let isKnown =
      kind == "succeeded" || kind == "errored" || kind == "canceled" || kind == "expired"
    return isKnown ? kind : nil
  }

  private static func isRequest(_ record: JSONValue) -> Bool {
    record["params"]?.isObject == true
      && record.children.allSatisfy { $0.key == "custom_id" || $0.key == "params" }
  }

  private static func isBatch(_ record: JSONValue) -> Bool {
    record["type"]?.text.map { $0 == "message_batch" } == true
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    texts.begin()
    guard let kind = Self.kind(of: record), let customID = record["custom_id"]?.text else {
      output.outcome = .skipped(skip(record))
      return
    }
    let result = record["result"] ?? record
    if kind == "succeeded" {
      readMessage(result["message"], of: customID, at: endedAt ?? fileTime, into: &output)
    } else if kind == "errored" {
      readError(result["error"], of: customID, at: endedAt ?? fileTime, into: &output)
    } else if kind == "canceled" {
      output.outcome = .skipped("a canceled batch request, which was never billed")
    } else {
      output.outcome = .skipped("an expired batch request, which was never billed")
    }
    if output.outcome == .call, let gap = requests.gap(customID) { output.notes.append(gap) }
  }

  private mutating func skip(_ record: JSONValue) -> String {
    if Self.isRequest(record) {
      return "a batch's request, not its result (give its file with --requests)"
    }
    guard Self.isBatch(record) else { return "no result of a batch" }
    batchID = record["id"]?.text.flatMap { Self.batchID(in: $0.string) } ?? batchID
    endedAt =
      (record["ended_at"]?.text ?? record["created_at"]?.text)
      .flatMap { Instant($0) }?.milliseconds
    return "a batch object, which dates the results behind it"
  }

  private mutating func readMessage(
    _ message: JSONValue?, of customID: Text, at time: Int64, into output: inout RecordOutput
  ) {
    guard let message, message["usage"]?.isObject == true else {
      output.outcome = .skipped("a batch result without its message")
      return
    }
    let request = requests[customID]
    let id = message["id"]?.text == nil ? requestID(customID) : nil
    let user = request?.userID.map { texts.text($0) }
    reader.read(message: message, fileTime: time, into: &output) { fields in
      fields.set(.requestID, id)
      fields.set(.userID, user)
    } adjust: { call in
      call.complete(from: request)
    }
  }

  /// Only succeeded requests are billed.
  private func readError(
    _ error: JSONValue?, of customID: Text, at time: Int64, into output: inout RecordOutput
  ) {
    let request = requests[customID]
    let issued = error?["request_id"]?.text
    fields.begin()
    fields.set(.requestID, issued ?? requestID(customID))
    fields.set(.userID, request?.userID.map { texts.text($0) })
    do throws(RejectionReason) {
      var call = try fields.call(fileTime: time)
      call.requestIDIsIssued = issued != nil && call.requestID != nil
      call.usage.input = call.usage.input ?? 0
      call.usage.cacheCreate = call.usage.cacheCreate ?? 0
      call.usage.cacheRead = call.usage.cacheRead ?? 0
      call.usage.output = call.usage.output ?? 0
      let type = (error?["error"] ?? error)?["type"]?.text
      call.statusCode = call.statusCode ?? type.flatMap(ErrorStatus.code)
      call.outcome = .errored
      call.complete(from: request)
      output.calls.append(call)
      output.outcome = .call
    } catch {
      output.outcome = .rejected(error)
    }
  }

  /// Custom ids recur from batch to batch: they identify a call only together with their batch's.
  private func requestID(_ customID: Text) -> Text? {
    batchID.map { texts.text($0 + "/" + customID.string) }
  }

  /// The id `msgbatch_…` inside a file's name or a text.
  private static func batchID(in text: String) -> String? {
    guard let start = text.firstRange(of: "msgbatch_") else { return nil }
    let rest = text[start.upperBound...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return rest.isEmpty ? nil : "msgbatch_" + rest
  }
}

extension Call {
  /// What every call of a batch has in common, and what was submitted for this one.
  fileprivate mutating func complete(from request: BatchRequests.Request?) {
    serviceTier = serviceTier ?? Text(constant: "batch")
    prompt = prompt ?? request?.prompt.map { .digits($0) }
    maxTokens = maxTokens ?? request?.maxTokens
  }
}
