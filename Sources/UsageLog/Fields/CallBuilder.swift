/// Turns field values into a call, the same way for every flat format.
struct CallBuilder {
  /// Values the user gave for what the source lacks (`--set`), weaker than anything logged.
  let defaults: [Field: Text]
  /// Offset of naive times from UTC, in milliseconds at that instant.
  let naiveOffset: @Sendable (Int64) -> Int64
  /// What the record's container says, for what the record itself does not.
  var envelope: Envelope?

  /// - Throws: the reason why the record cannot be a call.
  func call(
    from values: FieldValues, fileTime: Int64, requiresTime: Bool
  ) throws(RejectionReason) -> Call {
    if let field = values.conflict { throw .duplicateKey(field) }
    var call = Call()
    try readTime(values, fileTime: fileTime, requiresTime: requiresTime, into: &call)
    readIdentity(values, into: &call)
    try readUsage(values, into: &call)
    readPlaces(values, into: &call)
    readResult(values, into: &call)
    return call
  }

  /// 2010 to 2099: anything else is no time of an LLM call.
  static let times: Range<Int64> = 1_262_304_000_000..<4_102_444_800_000

  private func readTime(
    _ values: FieldValues, fileTime: Int64, requiresTime: Bool, into call: inout Call
  ) throws(RejectionReason) {
    let logged = values.text(.occurredAt) ?? envelope?.time
    guard let text = logged ?? text(values, .occurredAt) else {
      // An archive's files may say they are from 1970.
      guard !requiresTime, Self.times.contains(fileTime) else { throw .missingTime }
      call.occurredAt = fileTime
      call.timeIsApproximate = true
      return
    }
    guard let instant = Instant(text) else { throw .unreadableTime }
    call.occurredAt = instant.milliseconds
    if instant.isNaive {
      call.timeIsNaive = true
      call.occurredAt -= naiveOffset(instant.milliseconds)
    }
    guard Self.times.contains(call.occurredAt) else { throw .timeOutOfRange }
    call.timeIsApproximate = logged == nil
  }

  private func readIdentity(_ values: FieldValues, into call: inout Call) {
    call.messageID = callID(values.text(.messageID))
    call.requestID = callID(values.text(.requestID))
    // The articles' wrapper and gateways store the response's id as request_id.
    if let id = call.requestID, id.isResponseID {
      if call.messageID == nil { call.messageID = id }
      call.requestID = nil
    }
    call.attempt = attempt(values)
    call.operationID = id(values, .operationID)
    call.parentCall = id(values, .parentCall)
  }

  /// Attempts count from one, retries from nought.
  private func attempt(_ values: FieldValues) -> Int64? {
    if values.text(.attempt) == nil, let retries = count(values, .retryCount, upTo: 1_000_000) {
      return retries + 1
    }
    return count(values, .attempt, upTo: 1_000_000)
  }

  /// What wrappers log when they had no id is none.
  private func callID(_ text: Text?) -> Text? {
    guard let text = text?.named(upTo: Text.longestID) else { return nil }
    for word in ["err", "error", "unknown", "none", "null", "nil", "undefined", "n/a", "-", "0"]
      as [StaticString] where text.matches(word)
    {
      return nil
    }
    return text
  }

  private func readUsage(_ values: FieldValues, into call: inout Call) throws(RejectionReason) {
    var usage = Call.Usage()
    usage.input = try tokens(values, .inputTokens)
    usage.output = try tokens(values, .outputTokens)
    usage.cacheRead = try tokens(values, .cacheReadTokens)
    usage.cacheCreate = try tokens(values, .cacheCreateTokens)
    let shortWrites = try tokens(values, .cacheCreate5mTokens)
    usage.cacheCreate1h = try tokens(values, .cacheCreate1hTokens)
    usage.webSearches = try tokens(values, .webSearchRequests)
    if shortWrites != nil || usage.cacheCreate1h != nil {
      // The split is authoritative, but a remainder it does not name was still written.
      usage.cacheCreate = max(
        usage.cacheCreate ?? 0, (shortWrites ?? 0) + (usage.cacheCreate1h ?? 0))
    }
    try readInclusiveInput(values, into: &usage)
    if usage.isLogged {
      usage.input = usage.input ?? 0
      usage.cacheCreate = usage.cacheCreate ?? 0
      usage.cacheRead = usage.cacheRead ?? 0
      usage.output = usage.output ?? 0
    }
    call.usage = usage
  }

  /// Some sources count cached tokens as input: take them out again, unless they cannot be inside.
  private func readInclusiveInput(
    _ values: FieldValues, into usage: inout Call.Usage
  ) throws(RejectionReason) {
    let included = try tokens(values, .cachedTokens)
    let prompt = try tokens(values, .promptTokens)
    guard included != nil || prompt != nil else { return }
    let namesReads = usage.cacheRead != nil
    if !namesReads { usage.cacheRead = included }
    let cached = (usage.cacheRead ?? 0) + (usage.cacheCreate ?? 0)
    if let input = usage.input {
      // Beside Anthropic's name for the reads, or a count of the whole prompt, the input excludes them.
      // One number under both names is the whole prompt.
      let isWhole = prompt == nil || prompt == input
      if isWhole, !namesReads, cached <= input { usage.input = input - cached }
    } else if let prompt {
      usage.input = cached <= prompt ? prompt - cached : prompt
    }
  }

  private func readPlaces(_ values: FieldValues, into call: inout Call) {
    call.tenantID = name(values, .tenantID)
    call.feature = name(values, .feature)
    call.deploySHA = name(values, .deploySHA)
    call.model = name(values, .model)
    call.prompt = id(values, .promptHash).map { PromptKey($0) }
    call.channel = name(values, .channel)
    call.region = name(values, .region)
    call.workspace = id(values, .workspace)
    call.apiKey = id(values, .apiKey)
    call.agent = name(values, .agent)
    call.sessionID = id(values, .sessionID)
    call.userID = id(values, .userID)
    call.prefixHash = id(values, .prefixHash)
    call.toolHash = id(values, .toolHash)
  }

  private func readResult(_ values: FieldValues, into call: inout Call) {
    call.serviceTier = name(values, .serviceTier)
    call.speed = name(values, .speed)
    call.inferenceGeo = name(values, .inferenceGeo)
    call.stopReason = name(values, .stopReason)
    call.stopCategory = name(values, .stopCategory)
    call.maxTokens = count(values, .maxTokens, upTo: 1_000_000_000)
    call.latencyMs = latency(values)
    call.ttftMs = milliseconds(text(values, .ttftMs), scale: 0)
    call.loggedCostNanos = loggedCost(values)
    readStatus(text(values, .statusCode), into: &call)
    call.outcome =
      call.outcome ?? text(values, .outcome).flatMap { Call.Outcome(rawValue: $0.string) }
  }

  private func readStatus(_ status: Text?, into call: inout Call) {
    guard let status else { return }
    if let code = wholeNumber(status) {
      if (100...599).contains(code) { call.statusCode = code }
    } else {
      switch StatusWord(status) {
      case .succeeded: call.statusCode = 200
      case .failed: call.outcome = .errored
      case nil: break
      }
    }
  }

  /// A duration without a unit in its name: a fraction below a thousand can only be seconds.
  private func latency(_ values: FieldValues) -> Int64? {
    if let written = text(values, .latencyMs) { return milliseconds(written, scale: 0) }
    guard let written = text(values, .latency) else { return nil }
    let isFraction = written.bytes.contains(UInt8(ascii: "."))
    if isFraction, let thousandths = wholeUnits(written, scale: 3), thousandths < 1_000_000 {
      return milliseconds(written, scale: 3)
    }
    return milliseconds(written, scale: 0)
  }

  private func milliseconds(_ text: Text?, scale: Int) -> Int64? {
    guard let text, let value = wholeUnits(text, scale: scale), (0...86_400_000).contains(value)
    else { return nil }
    return value
  }

  private func loggedCost(_ values: FieldValues) -> Int64? {
    for (field, scale) in [
      (FieldIndex.costNanos, 0), (.costMicros, 3), (.costCents, 7), (.costDollars, 9),
    ] {
      if let written = text(values, field), let nanos = wholeUnits(written, scale: scale),
        nanos >= 0
      {
        return nanos
      }
    }
    return nil
  }

  private func tokens(_ values: FieldValues, _ field: FieldIndex) throws(RejectionReason) -> Int64?
  {
    try tokenCount(text(values, field), field.field)
  }

  private func count(_ values: FieldValues, _ field: FieldIndex, upTo limit: Int64) -> Int64? {
    guard let value = text(values, field).flatMap({ wholeNumber($0) }), (0...limit).contains(value)
    else { return nil }
    return value
  }

  @inline(__always)
  private func text(_ values: FieldValues, _ field: FieldIndex) -> Text? {
    values.text(field) ?? (defaults.isEmpty ? nil : defaults[field.field])
  }

  private func name(_ values: FieldValues, _ field: FieldIndex) -> Text? {
    text(values, field)?.named()
  }

  private func id(_ values: FieldValues, _ field: FieldIndex) -> Text? {
    text(values, field)?.named(upTo: Text.longestID)
  }
}
