import UsageLog

/// Prices calls and turns them into rows: names become codes, ids an identity, the cost one integer.
struct CallCoder {
  private(set) var names: NameTable
  private(set) var longNames = LongNames()
  private var pricing: CallPricing
  private var models: [ModelKey: ModelCodes] = [:]
  private var lines = LineCounter()
  private let importID: Int64
  private var outcomes: [Call.Outcome: Int64] = [:]

  private struct ModelKey: Hashable {
    var model: Int64
    var channel: Int64
  }

  /// Codes of the canonical model and of the channel, as far as the raw model's form tells it.
  private struct ModelCodes {
    var model: Int64
    var channel: Int64
  }

  init(names: NameTable, pricing: CallPricing, importID: Int64 = 0) {
    self.names = names
    self.importID = importID
    self.pricing = pricing
  }

  /// Forgets which lines were seen: ordinals of equal lines are counted within one log.
  ///
  /// - Parameter tail: what was read last of the log before; its lines count too.
  mutating func beginLog(behind tail: [UInt8], isWhole: Bool, _ format: UInt64) {
    lines = LineCounter()
    let whole = isWhole ? tail[...] : tail.drop { $0 != 0x0A }
    for line in whole.split(separator: 0x0A) {
      line.withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress else { return }
        let text = Text(start: start, count: bytes.count).trimmed
        _ = lines.next(contentHash(text.bytes, seed: format))
      }
    }
  }

  mutating func takeNewNames() -> (names: [(Int64, String)], longNames: [(Int64, String)]) {
    (names.takeNew(), longNames.takeNew())
  }

  /// Adds the rows of one record: its call and the hidden iterations inside.
  mutating func append(
    _ calls: [Call], line: UnsafeBufferPointer<UInt8>?, lineNumber: Int64, source: Int64,
    format: UInt64, to rows: inout CodedCalls
  ) {
    guard let call = calls.first else { return }
    let identity: UInt64
    var clues = IdentityClues()
    clues.drifts = call.timesDrift
    if let id = call.messageID {
      identity = CallIdentity.ofMessage(id)
      if let request = call.requestID, call.hasIssuedRequestID, !call.isReplay {
        clues.alias = CallIdentity.ofRequest(request, attempt: nil)
      }
    } else if let id = call.requestID {
      identity = CallIdentity.ofRequest(id, attempt: call.hasIssuedRequestID ? nil : call.attempt)
      clues.isRequest = true
    } else {
      let hash = contentHash(line ?? UnsafeBufferPointer(start: nil, count: 0), seed: format)
      clues.lineHash = hash
      identity = LineIdentity.identity(hash, ordinal: lines.next(hash))
    }
    for call in calls {
      let row = rows.append()
      var own = identity
      var known = clues
      if let iteration = call.iteration {
        own = CallIdentity.ofIteration(iteration.type, iteration.index, in: identity)
        known.lineHash = nil
        known.alias = clues.alias.map {
          CallIdentity.ofIteration(iteration.type, iteration.index, in: $0)
        }
      }
      rows[row, .identity] = Int64(bitPattern: own)
      rows.set(row, known)
      rows[row, .importID] = importID
      rows[row, .source] = source
      rows[row, .sourceLine] = lineNumber
      encode(call, row, &rows)
    }
  }

  private mutating func encode(_ call: Call, _ row: Int, _ rows: inout CodedCalls) {
    let null = CodedCalls.null
    rows[row, .hour] = call.occurredAt / 3_600_000
    rows[row, .occurredAt] = call.occurredAt
    if call.timeIsApproximate { rows[row, .timeIsApproximate] = 1 }
    rows.set(row, .messageID, bytes: call.iteration == nil ? call.messageID?.bytes : nil)
    rows.set(row, .requestID, bytes: call.iteration == nil ? call.requestID?.bytes : nil)
    rows.set(row, .parentCall, bytes: call.parentCall?.bytes)
    rows[row, .tenant] = names.code(call.tenantID)
    rows[row, .feature] = names.code(call.feature)
    rows[row, .deploy] = names.code(call.deploySHA)
    rows[row, .prompt] = longNames.code(call.prompt)
    rows[row, .serviceTier] = names.code(call.serviceTier)
    rows[row, .speed] = names.code(call.speed)
    rows[row, .inferenceGeo] = names.code(call.inferenceGeo)
    rows[row, .region] = names.code(call.region)
    rows[row, .workspace] = names.code(call.workspace)
    rows[row, .apiKey] = names.code(call.apiKey)
    rows[row, .agent] = names.code(call.agent)
    rows[row, .stopReason] = names.code(call.stopReason)
    rows[row, .stopCategory] = names.code(call.stopCategory)
    if let type = call.iteration?.type {
      rows[row, .kind] = type.isEmpty ? names.code("iteration") : names.code(type)
    }
    rows[row, .session] = longNames.code(call.sessionID)
    rows[row, .user] = longNames.code(call.userID)
    rows[row, .operation] = longNames.code(call.operationID)
    rows[row, .prefixHash] = longNames.code(call.prefixHash)
    rows[row, .toolHash] = longNames.code(call.toolHash)
    rows[row, .inputTokens] = call.usage.input ?? null
    rows[row, .cacheCreateTokens] = call.usage.cacheCreate ?? null
    rows[row, .cacheCreate1hTokens] = call.usage.cacheCreate1h ?? null
    rows[row, .cacheReadTokens] = call.usage.cacheRead ?? null
    rows[row, .outputTokens] = call.usage.output ?? null
    rows[row, .webSearchRequests] = call.usage.webSearches ?? null
    rows[row, .loggedCostNanos] = call.loggedCostNanos ?? null
    rows[row, .statusCode] = call.statusCode ?? null
    rows[row, .latencyMs] = call.latencyMs ?? null
    rows[row, .ttftMs] = call.ttftMs ?? null
    rows[row, .attempt] = call.attempt ?? null
    rows[row, .maxTokens] = call.maxTokens ?? null
    if let outcome = call.outcome { rows[row, .outcome] = outcomeCode(outcome) }
    rows[row, .rowVersion] = call.rowVersion
    nameModel(of: call, row, &rows)
    pricing.price(&rows, row) { names.name($0) }
  }

  private mutating func nameModel(of call: Call, _ row: Int, _ rows: inout CodedCalls) {
    guard let model = call.model else {
      rows[row, .channel] = names.code(
        optional: call.channel.map { canonicalChannel($0.string) })
      return
    }
    let raw = names.code(model)
    let key = ModelKey(model: raw, channel: names.code(call.channel))
    let codes = models[key] ?? self.codes(of: model.string, call.channel?.string)
    models[key] = codes
    rows[row, .model] = codes.model
    if raw != codes.model { rows[row, .modelRaw] = raw }
    rows[row, .channel] = codes.channel
  }

  private mutating func codes(of model: String, _ channel: String?) -> ModelCodes {
    let id = canonicalModel(model)
    return ModelCodes(
      model: names.code(optional: id.canonical),
      channel: names.code(
        optional: id.channel(logged: channel.map { canonicalChannel($0) })))
  }

  private mutating func outcomeCode(_ outcome: Call.Outcome) -> Int64 {
    if let code = outcomes[outcome] { return code }
    let code = names.code(outcome.rawValue)
    outcomes[outcome] = code
    return code
  }
}

extension NameTable {
  mutating func code(optional name: String?) -> Int64 {
    guard let name, !name.isEmpty else { return CodedCalls.null }
    return code(name)
  }
}

extension Call {
  /// How full the record is: usage at all, then how much of the output it saw, then how many of
  /// the facts that decide the price.
  ///
  /// Taken from the record alone, so that the order of imports does not matter.
  ///
  /// A side conversation's replay stands below every record of the call itself.
  var rowVersion: Int64 { isReplay ? fullness - CallIdentity.replayPenalty : fullness }

  private var fullness: Int64 {
    var facts: Int64 = 0
    if usage.cacheCreate1h != nil { facts += 1 }
    if usage.webSearches != nil { facts += 1 }
    if serviceTier != nil { facts += 1 }
    if speed != nil { facts += 1 }
    if inferenceGeo != nil { facts += 1 }
    if stopReason != nil { facts += 1 }
    if hasContent != nil { facts += 1 }
    return (usage.isLogged ? 1 : 0) << 48 | min(usage.output ?? 0, 1 << 31) << 8 | facts
  }
}
