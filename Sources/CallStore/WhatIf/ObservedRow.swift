import UsageLog

/// A stored row as a hypothesis sees it.
extension ObservedCall {
  /// - Parameter place: where it ran, by a hash.
  init(_ rows: CallBlock, _ row: Int, place: UInt64, cache: CacheTerms) {
    self.init()
    func value(_ column: CallColumn) -> Int64 { max(0, rows[row, column]) }
    identity = rows[row, .identity]
    occurredAt = rows[row, .occurredAt]
    let create1h = value(.cacheCreate1hTokens)
    usage = TokenUsage(
      input: value(.inputTokens), cacheWrite5m: value(.cacheCreateTokens) - create1h,
      cacheWrite1h: create1h, cacheRead: value(.cacheReadTokens), output: value(.outputTokens),
      webSearches: value(.webSearchRequests))
    isHidden = rows[row, .kind] != CodedCalls.null
    feature = value(.feature)
    self.cache = cache
    let place = combined(place, rows[row, .workspace])
    let ofFeature = combined(place, rows[row, .feature])
    prefix = ofFeature
    if let hash = rows.value(row, .prefixHash) {
      prefix = combined(place &+ 1, hash)
      hasLoggedPrefix = true
    }
    prompt = rows.value(row, .prompt).map { combined(ofFeature &+ 2, $0) }
    conversation = rows.value(row, .session).map { combined(ofFeature &+ 3, $0) }
  }
}

extension CallBlock {
  /// A cache belongs to a model at a place, and to one speed there.
  func cachePlace(of row: Int) -> UInt64 {
    [CallColumn.model, .channel, .region, .speed].reduce(1) { combined($0, self[row, $1]) }
  }
}

private func combined(_ hash: UInt64, _ value: Int64) -> UInt64 {
  mixed(hash &* 0x100_0000_01B3 ^ UInt64(bitPattern: value))
}
