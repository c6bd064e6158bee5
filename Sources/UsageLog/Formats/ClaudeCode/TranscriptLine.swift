/// One line of a Claude Code transcript: its envelope, and the response in it if there is one.
struct TranscriptLine {
  private let record: JSONValue
  /// What holds the response's time, request id and message: the line, or what a progress line mirrors.
  private let entry: JSONValue
  /// A subagent's response, copied into its parent's file.
  let isMirror: Bool

  init(_ record: JSONValue) {
    self.record = record
    let mirrored = record["data"]?["message"]
    isMirror = mirrored?["message"]?["usage"]?.isObject == true
    entry = isMirror ? mirrored ?? record : record
  }

  var message: JSONValue? { entry["message"] }

  /// OpenRouter's sessions may write null for counts; nothing but nulls is no usage.
  var hasCounts: Bool {
    guard let usage = message?["usage"] else { return false }
    return [
      "input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens",
    ].contains { usage[$0]?.text != nil }
  }

  var isSynthetic: Bool { message?["model"]?.text.map { $0 == "<synthetic>" } ?? false }

  var isErrorMessage: Bool { isTrue("isApiErrorMessage") }

  private var isSidechain: Bool { isTrue("isSidechain") }

  private func isTrue(_ key: StaticString) -> Bool {
    entry[key]?.node.kind == .true || record[key]?.node.kind == .true
  }

  private var agent: Text? { (record["agentId"] ?? record["data"]?["agentId"])?.text }

  /// Sets what the line says about its call; the session's project is the last part of its folder.
  func tell(_ fields: CallFields) {
    fields.set(.occurredAt, entry["timestamp"])
    fields.set(.occurredAt, record["timestamp"])
    fields.set(.requestID, entry["requestId"])
    fields.set(.costDollars, entry["costUSD"])
    fields.set(.sessionID, record["sessionId"])
    fields.set(.workspace, record["cwd"]?.text.map { $0.lastPathComponent })
    fields.set(.agent, agent)
    let isSubagent = isMirror || isSidechain || agent != nil
    fields.set(.feature, isSubagent ? Text(literal: "subagent") : Text(literal: "main"))
  }

  /// The line's own id stands in where the response has none.
  func identify(_ call: inout Call) {
    call.requestIDIsIssued = call.requestID?.hasPrefix("req_") ?? false
    call.isReplay = isMirror || isSidechain
    call.timesDrift = true
    if call.messageID == nil, call.requestID == nil {
      call.requestID = record["uuid"]?.text?.named(upTo: Text.longestID)
    }
  }
}

// MARK: - Errors

extension TranscriptLine {
  /// The API's answer: a number, a word, or what old versions wrote into the message (`API Error: 529 …`).
  var errorStatus: Int64? {
    let told = record["apiErrorStatus"]?.text.flatMap { wholeNumber($0) }
    let word = record["error"]?.text ?? record["error"]?["type"]?.text
    return [told, word.flatMap(Self.status), statusInMessage].lazy.compactMap { $0 }
      .first { (100...599).contains($0) }
  }

  private static func status(_ word: Text) -> Int64? {
    if let code = wholeNumber(word) ?? ErrorStatus.code(word) { return code }
    return switch word.string {
    case "invalid_request": 400
    case "authentication_failed": 401
    case "permission_denied": 403
    case "not_found": 404
    case "rate_limit": 429
    case "server_error": 500
    case "timeout": 504
    case "overloaded": 529
    default: nil
    }
  }

  private var statusInMessage: Int64? {
    guard let content = message?["content"] else { return nil }
    let first = content.isArray ? content.children.lazy.compactMap { $0["text"]?.text }.first : nil
    let prefix: StaticString = "API Error: "
    guard let text = first ?? content.text, text.hasPrefix(prefix) else { return nil }
    let code = text.dropFirst(prefix.utf8CodeUnitCount).prefix(3)
    return code.count == 3 ? plainInteger(code) : nil
  }
}

// MARK: - Kinds of lines

extension TranscriptLine {
  /// Lines of this type are the transcript's own, with one of these keys beside it.
  private static let types: Set<String> = [
    "assistant", "user", "system", "summary", "attachment", "progress", "file-history-snapshot",
    "file-history-delta", "queue-operation", "ai-title", "custom-title", "last-prompt", "mode",
    "permission-mode", "cost-state", "tag", "agent-name", "agent-color", "agent-setting",
    "pr-link", "worktree-state", "content-replacement", "task-summary", "attribution-snapshot",
    "speculation-accept", "bridge-session", "saved_hook_context", "marble-origami-commit",
    "marble-origami-snapshot", "context-collapse-commit", "context-collapse-snapshot",
  ]

  private static let keys: [StaticString] = ["sessionId", "uuid", "leafUuid", "snapshot"]

  /// Keys of a response's line; a log with others beside them is an application's.
  private static let envelope: Set<String> = [
    "type", "uuid", "parentUuid", "timestamp", "sessionId", "cwd", "version", "gitBranch",
    "userType", "entrypoint", "slug", "promptId", "agentId", "forkedFrom", "isSidechain",
    "requestId", "isApiErrorMessage", "apiErrorStatus", "error", "costUSD", "durationMs", "message",
    "isMeta", "logicalParentUuid",
  ]

  /// - Returns: false for the lines of `claude -p --output-format stream-json`, which say `session_id`.
  static func recognises(_ record: JSONValue) -> Bool {
    guard record.isObject, record["session_id"] == nil || record["sessionId"] != nil else {
      return false
    }
    if let type = record["type"]?.text {
      if record["parentUuid"] != nil, record["uuid"] != nil { return true }
      if types.contains(type.string) { return keys.contains { record[$0] != nil } }
      if isJournal(record, type) { return true }
    }
    guard record["message"]?["usage"]?.isObject == true, record["timestamp"] != nil,
      record["requestId"] != nil || record["sessionId"] != nil || record["costUSD"] != nil
    else { return false }
    return record.children.allSatisfy { envelope.contains($0.key.string) }
  }

  /// A workflow's journal, which lies among the transcripts and tells no usage.
  private static func isJournal(_ record: JSONValue, _ type: Text) -> Bool {
    (type == "started" || type == "result") && record["key"] != nil && record["agentId"] != nil
  }

  /// A type that is not known is named, so that a new kind of line is noticed.
  var whyNoCall: String {
    guard let type = record["type"]?.text, !Self.types.contains(type.string),
      !Self.isJournal(record, type)
    else {
      return message?["usage"] == nil
        ? "a transcript line that is no call" : "a response without token counts"
    }
    return "an unknown kind of transcript line"
      + (type.plainWord.map { " (\($0))" } ?? "")
  }

  /// Behind it, no more lines of the last response follow.
  var endsTurn: Bool {
    record["type"]?.text.map { $0 == "system" || $0 == "last-prompt" || $0 == "summary" } ?? false
  }
}

extension Text {
  /// Text that outlives every record.
  init(literal: StaticString) {
    self.init(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
  }

  /// Behind the last `/` or `\`, one at the end not counted.
  var lastPathComponent: Text {
    func separates(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
    }
    var path = self
    while path.count > 1, separates(path[path.count - 1]) { path = path.prefix(path.count - 1) }
    let slash = path.bytes.lastIndex(where: separates)
    return slash.map { path.dropFirst($0 + 1) } ?? path
  }

  /// A word that is safe to show: up to 40 letters, digits, `_`, `.` and `-`; nil for anything else.
  var plainWord: String? {
    let isPlain = bytes.allSatisfy { byte in
      isDigit(byte) || lowercased(byte) &- 0x61 < 26 || "_.-".utf8.contains(byte)
    }
    return isPlain && (1...40).contains(count) ? string : nil
  }
}
