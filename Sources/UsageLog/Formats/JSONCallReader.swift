/// Reads a call out of whatever an application logs as JSON: a flat row, a raw Messages API
/// response, or a wrapper around a request and its response.
///
/// Described in docs/formats/messages-response.md and application-json.md.
///
/// Values nearer to the response win: the model that answered over the model that was asked for.
struct JSONCallReader {
  private var keys: KeyTable
  private let fields: CallFields
  private var promptHash = PromptHash()
  private var found = Found()
  private let responseText = LoggedResponseText()
  /// Whether a record without a time takes the file's, whatever it is.
  private let mayLackTime: Bool

  /// Strength of a value by where it stood; added to the rank of its spelling.
  private enum Place: UInt8 {
    case response = 0
    case usage = 20
    case record = 40
    case wrapper = 80
    case metadata = 120
    case request = 160
  }

  /// Parts of the record that are more than one value.
  private struct Found {
    var isMessage = false
    var otherSDKs = OtherSDKs()
    var messages: JSONValue?
    var iterations: JSONValue?
    var content: JSONValue?
    var errorType: Text?
    var isError = false
    /// An error as the API itself answers it.
    var isErrorBody = false
    /// The response stood in the record as a text.
    var isText = false
    /// Members of the usage that are not known, and not nought.
    var unknownUsage: [String] = []
  }

  init(options: ReadingOptions, mayLackTime: Bool = false) {
    keys = KeyTable(mapped: options.mapped, use: options.use)
    fields = CallFields(options: options)
    self.mayLackTime = mayLackTime
  }

  private var values: FieldValues { fields.values }

  /// Spellings of keys that it has met.
  var knownKeys: Int { keys.used }

  /// - Parameter fileTime: for responses that carry no time, in UTC milliseconds.
  mutating func read(_ record: JSONValue, fileTime: Int64, into output: inout RecordOutput) {
    output.clear()
    guard record.isObject else {
      output.outcome = .skipped("not an object")
      return
    }
    fields.begin()
    begin()
    let isResponse = Self.isAnswer(record) || isErrorBody(record)
    collect(record, as: isResponse ? .response : .record, depth: 0)
    if !found.isMessage, !values.has(.outputTokens), Self.countsTokens(record) {
      output.outcome = .skipped("a count of tokens, which calls no model")
      return
    }
    let isTimeless = found.isMessage || found.isErrorBody || mayLackTime
    finish(fileTime: isTimeless ? fileTime : nil, into: &output)
  }

  /// Reads a Messages API response, or the error body in its place, out of a record that tells more about it.
  ///
  /// - Parameters:
  ///   - message: nil where the response was not logged.
  ///   - fileTime: nil where the record always has a time of its own.
  ///   - beside: sets what the record says about the call; it wins over the response.
  ///   - adjust: changes the call once it is built.
  mutating func read(
    message: JSONValue?, fileTime: Int64?, into output: inout RecordOutput,
    beside: (CallFields) -> Void, adjust: (inout Call) -> Void = { _ in }
  ) {
    output.clear()
    fields.begin()
    begin()
    beside(fields)
    if let message { collect(message, as: .response, depth: 0) }
    finish(fileTime: fileTime, into: &output, adjust: adjust)
  }

  private mutating func begin() {
    responseText.begin()
    found = Found()
  }

  private mutating func finish(
    fileTime: Int64?, into output: inout RecordOutput, adjust: (inout Call) -> Void = { _ in }
  ) {
    guard isCall else {
      output.outcome = .skipped("no usage in it")
      return
    }
    do {
      found.otherSDKs.setInput(fields)
      var call = try fields.call(fileTime: fileTime)
      try found.otherSDKs.settle(&call)
      settle(&call)
      adjust(&call)
      output.calls.append(call)
      try Iterations.split(found.iterations, of: call, into: &output.calls)
      output.outcome = .call
      for name in found.unknownUsage {
        output.notes.append("usage field '\(name)' is not known and was not counted")
      }
    } catch {
      output.clear()
      output.outcome = .rejected(error)
    }
  }

  /// A line of an application log that says nothing about tokens, a model or a failed request is no call.
  private var isCall: Bool {
    found.isMessage || found.isErrorBody || values.has(.inputTokens) || values.has(.outputTokens)
      || values.has(.promptTokens) || values.has(.cacheReadTokens)
      || values.has(.cacheCreateTokens)
      || (values.has(.model)
        && (values.has(.statusCode) || values.has(.requestID) || found.isError))
      || found.errorType.flatMap(ErrorStatus.code) != nil
  }

  // MARK: - Collecting

  private mutating func collect(
    _ object: JSONValue, as place: Place, depth: Int, isUsage: Bool = false
  ) {
    for member in object.children {
      let meaning = keys.meaning(of: member.key)
      if let text = member.text {
        if meaning.field != nil {
          if meaning.needsNumber, !member.isNumber { continue }
          // What the user mapped is the last word, wherever it stands.
          let rank = meaning.rank == 0 ? 0 : meaning.rank + place.rawValue
          values.set(meaning.fieldIndex, rank: rank, text, in: object.index)
        } else if meaning.isID {
          collectID(text, as: place, in: object.index)
        } else if meaning.isType, place == .response {
          found.isMessage = found.isMessage || text == "message"
        } else if meaning.isObjectKind, place == .response {
          found.isMessage = true
        } else if let nest = meaning.nest, nest.isResponseText, place != .response, member.isString
        {
          collectText(member, depth: depth)
        } else if meaning.nest == .error, member.isString, !text.trimmed.isEmpty {
          found.isError = true
        } else if isUsage, member.isNumber, !meaning.isKnownUsage, meaning.nest == nil {
          noteUnknownUsage(member.key, text)
        }
      } else if let nest = meaning.nest, member.isObject || member.isArray {
        collect(member, in: nest, as: place, depth: depth)
      }
    }
  }

  private mutating func collect(_ value: JSONValue, in nest: Nest, as place: Place, depth: Int) {
    switch nest {
    case .usage:
      let inside = place == .record || place == .wrapper ? .usage : place
      // An SDK's own counting, with the provider's beside it: that is what is billed.
      let counts = value["raw"].flatMap { $0.isObject && !$0.isEmptyContainer ? $0 : nil } ?? value
      collect(
        counts, as: inside, depth: depth, isUsage: inside == .usage || inside == .response)
    case .usageMetadata, .inputDetail:
      found.otherSDKs.take(value, in: nest, into: values, rank: place.rawValue)
      collect(value, as: place == .record || place == .wrapper ? .usage : place, depth: depth)
    case .inputCounts, .outputCounts, .responseMetadata, .choices:
      found.otherSDKs.take(value, in: nest, into: values, rank: place.rawValue)
    case .metrics:
      if place != .request { collect(value, as: .wrapper, depth: depth + 1) }
    case .cacheCreation, .serverToolUse:
      collect(value, as: place, depth: depth, isUsage: place == .usage || place == .response)
    case .promptDetails, .inputDetails:
      collect(value, as: place, depth: depth)
    case .iterations:
      if found.iterations == nil, value.isArray { found.iterations = value }
    case .stopDetails:
      if let category = value["category"]?.text {
        values.set(.stopCategory, rank: place.rawValue, category, in: value.index)
      }
    case .content:
      if place == .response, found.content == nil { found.content = value }
    case .messages:
      if found.messages == nil, value.isArray { found.messages = value }
    case .error:
      guard !value.isEmptyContainer else { return }
      found.isError = true
      if place == .response { found.isErrorBody = true }
      found.errorType = found.errorType ?? value["type"]?.text
    case .request, .params:
      if value.isObject { collect(value, as: .request, depth: depth + 1) }
    case .headers:
      collectHeaders(value, as: place == .request ? .request : .wrapper)
    case .metadata, .context, .tags, .labels, .attributes, .extra, .properties:
      if value.isObject, place != .response || depth == 0 {
        collect(value, as: place == .request ? .request : .metadata, depth: depth + 1)
      }
    case .response, .message, .body, .result, .output, .data, .payload, .log, .responseBody:
      collectWrapped(value, as: place, depth: depth)
    }
  }

  private mutating func noteUnknownUsage(_ key: Text, _ count: Text) {
    guard wholeUnits(count, scale: 0) != 0 else { return }
    let name = Names.key(key)
    if !found.unknownUsage.contains(name) { found.unknownUsage.append(name) }
  }

  private mutating func collectWrapped(_ value: JSONValue, as place: Place, depth: Int) {
    guard value.isObject, depth < 3 else { return }
    if Self.isAnswer(value) || isErrorBody(value) {
      // Some answers carry a time: what was logged around them is the request's.
      let time = values.mark(.occurredAt)
      collect(value, as: .response, depth: depth + 1)
      values.weaken(.occurredAt, since: time)
    } else if place != .response {
      collect(value, as: place == .request ? .request : .wrapper, depth: depth + 1)
    }
  }

  /// A response that was logged as a text; two of them in one record are one.
  private mutating func collectText(_ text: JSONValue, depth: Int) {
    guard depth < 3, !found.isText, let value = responseText.response(text),
      Self.isAnswer(value) || isErrorBody(value)
    else { return }
    found.isText = true
    collect(value, as: .response, depth: depth + 1)
  }

  private mutating func collectHeaders(_ headers: JSONValue, as place: Place) {
    guard headers.isObject else { return }
    for header in headers.children {
      guard let text = header.text else { continue }
      if header.key.matches("request-id") {
        values.set(.requestID, rank: place.rawValue, text, in: headers.index)
      } else if header.key.matches("x-request-id") {
        // Proxies and callers make up ids of their own under this name.
        values.set(.requestID, rank: place.rawValue + 1, text, in: headers.index)
      } else if header.key.matches("anthropic-workspace-id") {
        values.set(.workspace, rank: place.rawValue, text, in: headers.index)
      }
    }
  }

  /// `id` means the response's id inside a response; elsewhere only if it looks like one of theirs.
  private func collectID(_ text: Text, as place: Place, in object: Int) {
    if text.hasPrefix("gen-") {
      // OpenRouter's, whose own records know it as the request's.
      values.set(.requestID, rank: place.rawValue, text, in: object)
    } else if place == .response || text.isResponseID {
      values.set(.messageID, rank: place.rawValue, text, in: object)
    } else if text.hasPrefix("req_") {
      values.set(.requestID, rank: place.rawValue + 30, text, in: object)
    }
  }

  /// Counting tokens costs nothing, whatever it answers.
  private static func countsTokens(_ record: JSONValue) -> Bool {
    for key in ["path", "url", "uri", "endpoint", "route"] as [StaticString] {
      for object in [record, record["request"]] {
        if object?[key]?.text?.position(of: "count_tokens") != nil { return true }
      }
    }
    return false
  }

  /// Whether it is the response of a Messages API, or of an API in OpenAI's style.
  static func isAnswer(_ object: JSONValue) -> Bool {
    guard object["usage"]?.isObject == true else { return false }
    if let type = object["type"]?.text { return type == "message" }
    return object["stop_reason"] != nil || OpenAIObject.isAnswer(object)
  }

  private func isErrorBody(_ object: JSONValue) -> Bool {
    guard object["type"]?.text.map({ $0 == "error" }) == true else { return false }
    return object["error"]?.isObject == true
  }

  // MARK: - Finishing

  private mutating func settle(_ call: inout Call) {
    if call.prompt == nil, let messages = found.messages {
      call.prompt = .digits(promptHash.hash(messages))
    }
    if let content = found.content { call.hasContent = !content.isEmptyContainer }
    if found.isError {
      call.outcome = .errored
      if call.statusCode == nil { call.statusCode = found.errorType.flatMap(ErrorStatus.code) }
    } else if found.isMessage, call.statusCode == nil {
      call.statusCode = 200
    }
    call.settleOutcome()
  }
}

/// Statuses of the API's error types (docs/formats/messages-response.md).
enum ErrorStatus {
  static func code(_ type: Text) -> Int64? {
    switch type.string {
    case "invalid_request_error": 400
    case "authentication_error": 401
    case "billing_error": 402
    case "permission_error": 403
    case "not_found_error": 404
    case "conflict_error": 409
    case "request_too_large": 413
    case "rate_limit_error": 429
    case "api_error": 500
    case "timeout_error": 504
    case "overloaded_error": 529
    default: nil
    }
  }
}

extension Call {
  /// Says how the call ended, from its status and stop reason.
  mutating func settleOutcome() {
    if let statusCode, statusCode >= 400 { outcome = .errored }
    guard outcome == nil else { return }
    if let stopReason, stopReason == "refusal" {
      outcome = hasContent ?? ((usage.output ?? 0) > 0) ? .refusedMidStream : .refused
    } else if statusCode != nil || stopReason != nil {
      outcome = .succeeded
    }
  }
}
