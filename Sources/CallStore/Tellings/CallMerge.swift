import UsageLog

/// Two records of one call become one row: fields are merged, not rows.
///
/// The fuller record decides what was used and how it is priced; whoever knows anything else first keeps
/// it. What the call costs and how it counts does not depend on which of two records came first; its time,
/// its tenant and the like are the first one's. Of a call and its replay the call knows better whatever it knows.
struct CallMerge {
  struct Result {
    var isChanged = false
    /// Equally full, but not of the same usage.
    var isConflict = false
  }

  /// The text behind a code: codes are given out in the order of the logs, which must not matter.
  let name: (Int64) throws -> String?

  /// Merges row 1 of `rows` into row 0; rows 0 and 1 share their memory of texts.
  func merge(_ rows: inout CodedCalls) throws -> Result {
    var result = Result()
    let null = CodedCalls.null
    var wins = rows[1, .rowVersion] > rows[0, .rowVersion]
    if rows[1, .rowVersion] == rows[0, .rowVersion] {
      let order = Self.compare(rows, Self.tokens)
      result.isConflict = order != 0
      wins = try order != 0 ? order > 0 : isAhead(rows)
    }
    func set(_ column: CallColumn, _ value: Int64) {
      guard rows[0, column] != value else { return }
      rows[0, column] = value
      result.isChanged = true
    }
    func takes(_ column: CallColumn) -> Bool {
      rows[1, column] != null && (wins || rows[0, column] == null)
    }
    let isReplayed = Self.isReplay(rows, 0) && !Self.isReplay(rows, 1)
    let isReplay = !Self.isReplay(rows, 0) && Self.isReplay(rows, 1)
    let isElsewhere = Self.isAnotherRequest(rows)
    takeRequest(&rows, &result)
    // A part belongs to its whole; another record's does not fit.
    if takes(.model) { set(.modelRaw, rows[1, .modelRaw]) }
    let isSameCount = rows[0, .cacheCreateTokens] == rows[1, .cacheCreateTokens]
    if isSameCount ? takes(.cacheCreate1hTokens) : takes(.cacheCreateTokens) {
      set(.cacheCreate1hTokens, rows[1, .cacheCreate1hTokens])
    }
    for column in CallColumn.billed where column != .modelRaw && column != .cacheCreate1hTokens {
      if takes(column) { set(column, rows[1, column]) }
    }
    for column in CallColumn.filled where rows[0, column] != rows[1, column] {
      if column == .requestID, isReplay || isReplayed { continue }
      // A side question's agent did not ask for what it only repeats.
      if column == .agent, isElsewhere, isReplay || isReplayed {
        if isReplayed { set(.agent, rows[1, .agent]) }
        continue
      }
      if rows[1, column] != null, isReplayed || rows[0, column] == null {
        set(column, rows[1, column])
      }
    }
    takeBetterTime(&rows, isReplayed: isReplayed, &result)
    return result
  }

  /// Equally full records that do not say the same of what was used.
  static func disagree(_ rows: CodedCalls, _ one: Int, _ other: Int) -> Bool {
    rows[one, .rowVersion] == rows[other, .rowVersion]
      && tokens.contains { rows[one, $0] != rows[other, $0] }
  }

  static func isReplay(_ rows: CodedCalls, _ row: Int) -> Bool { rows[row, .rowVersion] < 0 }

  /// Whether they come of two requests; hidden iterations, which have none, where they stand in two places.
  private static func isAnotherRequest(_ rows: CodedCalls) -> Bool {
    switch (rows.bytes(0, .requestID), rows.bytes(1, .requestID)) {
    case (let one?, let other?): one != other
    case (nil, nil):
      rows[0, .feature] != rows[1, .feature] && rows[0, .feature] != CodedCalls.null
        && rows[1, .feature] != CodedCalls.null
    default: false
    }
  }

  /// A replay came with a request of its own: the call's is what the record itself says.
  private func takeRequest(_ rows: inout CodedCalls, _ result: inout Result) {
    guard Self.isReplay(rows, 0), !Self.isReplay(rows, 1) else { return }
    if rows.bytes(0, .requestID) != rows.bytes(1, .requestID) { result.isChanged = true }
    rows[0, .requestID] = rows[1, .requestID]
  }

  /// A record with a time of its own knows better than the file's time did.
  private func takeBetterTime(
    _ rows: inout CodedCalls, isReplayed: Bool, _ result: inout Result
  ) {
    guard rows[1, .timeIsApproximate] == CodedCalls.null,
      isReplayed || rows[0, .timeIsApproximate] == 1,
      rows[0, .occurredAt] != rows[1, .occurredAt] || rows[0, .timeIsApproximate] == 1
    else { return }
    for column in [CallColumn.hour, .occurredAt, .timeIsApproximate] {
      rows[0, column] = rows[1, column]
    }
    result.isChanged = true
  }

  private static let tokens: [CallColumn] = [
    .inputTokens, .cacheCreateTokens, .cacheReadTokens, .outputTokens,
  ]

  /// Which of two equally full records of the same tokens decides: any rule will do that is the same in
  /// both orders.
  private func isAhead(_ rows: CodedCalls) throws -> Bool {
    let order = Self.compare(rows, [.cacheCreate1hTokens, .webSearchRequests, .statusCode])
    if order != 0 { return order > 0 }
    func text(_ row: Int, _ column: CallColumn) throws -> String {
      let code = rows[row, column]
      return code == CodedCalls.null ? "" : try name(code) ?? ""
    }
    for column in [
      CallColumn.model, .modelRaw, .serviceTier, .speed, .inferenceGeo, .channel, .region,
      .stopReason, .stopCategory, .outcome,
    ] where rows[0, column] != rows[1, column] {
      return try text(1, column) > text(0, column)
    }
    return false
  }

  private static func compare(_ rows: CodedCalls, _ columns: [CallColumn]) -> Int {
    for column in columns where rows[1, column] != rows[0, column] {
      return rows[1, column] < rows[0, column] ? -1 : 1
    }
    return 0
  }
}
