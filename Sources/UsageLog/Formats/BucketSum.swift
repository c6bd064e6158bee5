/// Rows of one bucket that differ only in a dimension this does not know, added up.
extension UsageBucket {
  /// Far beyond any report, and small enough to be added again.
  private static let limit: Int64 = 10_000_000_000_000_000

  /// Adds another row of the same bucket.
  ///
  /// - Throws: why the two have no sum; the bucket is then as it was.
  mutating func add(_ row: UsageBucket) throws(RejectionReason) {
    var sum = self
    try Self.add(row.usage.input, to: &sum.usage.input, .inputTokens)
    try Self.add(row.usage.cacheCreate, to: &sum.usage.cacheCreate, .cacheCreateTokens)
    try Self.add(row.usage.cacheCreate1h, to: &sum.usage.cacheCreate1h, .cacheCreate1hTokens)
    try Self.add(row.usage.cacheRead, to: &sum.usage.cacheRead, .cacheReadTokens)
    try Self.add(row.usage.output, to: &sum.usage.output, .outputTokens)
    try Self.add(row.usage.webSearches, to: &sum.usage.webSearches, .webSearchRequests)
    if let amount, let added = row.amount {
      guard var exact = ExactDecimal(amount), let other = ExactDecimal(added), exact.add(other)
      else { throw .unreadableAmount }
      try sum.setAmount(exact.text)
    }
    self = sum
  }

  private static func add(
    _ count: Int64?, to sum: inout Int64?, _ field: Field
  ) throws(RejectionReason) {
    guard let count else { return }
    let total = (sum ?? 0) + count
    if total > limit { throw .absurdCount(field) }
    sum = total
  }

  /// Takes an amount in cents, and what it is in nano-dollars.
  mutating func setAmount(_ cents: String) throws(RejectionReason) {
    var cents = cents
    // A cent is ten million nano-dollars; the text itself is kept, it may be finer.
    let nanos = cents.withUTF8 { bytes in
      bytes.baseAddress.flatMap { wholeUnits(Text(start: $0, count: bytes.count), scale: 7) }
    }
    guard let nanos else { throw .unreadableAmount }
    amount = cents
    amountNanos = nanos
  }
}
