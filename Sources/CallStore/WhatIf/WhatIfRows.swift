import UsageLog

/// Reads what a hypothesis needs of each call from the packed columns, and nothing else.
struct WhatIfRows {
  private let calls: ChosenCalls
  private let span: Range<Int64>
  private let filters: [CodeFilter]
  private let columns: [ScanColumn]
  private let outputAbove: Int64?

  /// What an observed call consists of, and what its prices go by.
  private static let observed: [ScanColumn] = [
    .occurredAt, .feature, .inputTokens, .cacheCreateTokens, .cacheCreate1hTokens,
    .cacheReadTokens, .outputTokens, .webSearchRequests, .costNanos, .priceBook, .kind, .model,
    .modelRaw, .channel, .region, .serviceTier, .speed, .inferenceGeo,
  ]
  /// What else pricing looks at: who pays, and which requests failed.
  private static let facts: [ScanColumn] = [
    .statusCode, .outcome, .stopReason, .stopCategory, .workspace, .apiKey,
  ]
  /// Caches and conversations are what order is needed for.
  private static let ordered: [ScanColumn] = [.identity, .prompt, .prefixHash, .session]

  /// - Parameter group: what the answer is grouped by.
  init(
    _ selection: Selection, _ reach: Reach, by group: ScanColumn, _ calls: ChosenCalls
  ) throws {
    self.calls = calls
    span = UsageWindow.span(of: selection)
    var filters = ScanRequest.filters(of: selection)
    if let models = reach.models {
      filters.append(ScanRequest.Filter(dimension: .model, values: models))
    }
    if let features = reach.features {
      filters.append(ScanRequest.Filter(dimension: .feature, values: features))
    }
    self.filters = try calls.filters(filters)
    outputAbove = reach.outputAbove
    let columns = Self.observed + Self.facts + (reach.isInOrder ? Self.ordered : [])
    self.columns = columns.contains(group) ? columns : columns + [group]
  }

  /// Hands over each call as a row of a block: a part's calls, or an hour's where order matters.
  func each(inOrder: Bool, _ body: (_ calls: CallBlock, _ row: Int) throws -> Void) throws {
    let block = CallBlock(columns)
    func flush() throws {
      try block.each(inOrder: inOrder) { try body(block, $0) }
      block.removeAll()
    }
    var last: Int64?
    try calls.each(in: span, filters) { hour, chosen in
      if !inOrder || hour != last { try flush() }
      last = hour
      var chosen = chosen
      if let outputAbove {
        try calls.keep(&chosen, where: .outputTokens) { $0 > outputAbove }
      }
      try block.append(chosen, of: calls.columns)
    }
    try flush()
  }
}
