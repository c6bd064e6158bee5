/// Rows of one bucket that agree in every dimension this can tell, added up.
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
    if let added = row.requests {
      let total = (sum.requests ?? 0) + added
      if total > Self.limit { throw .badRequestCount }
      sum.requests = total
    }
    if let cents = try Self.sum(amount, row.amount) { try sum.setAmount(cents) }
    if let cents = try Self.sum(listAmount, row.listAmount) { try sum.setListAmount(cents) }
    self = sum
  }

  private static func sum(_ one: String?, _ other: String?) throws(RejectionReason) -> String? {
    guard let one, let other else { return one ?? other }
    guard var exact = ExactDecimal(one), let added = ExactDecimal(other), exact.add(added) else {
      throw .unreadableAmount
    }
    return exact.text
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
    amountNanos = try Self.nanos(ofCents: cents)
    amount = cents
  }

  /// The same for the amount before discounts.
  mutating func setListAmount(_ cents: String) throws(RejectionReason) {
    listAmountNanos = try Self.nanos(ofCents: cents)
    listAmount = cents
  }

  /// A cent is ten million nano-dollars; the text itself is kept beside them, it may be finer.
  private static func nanos(ofCents cents: String) throws(RejectionReason) -> Int64 {
    var cents = cents
    let nanos = cents.withUTF8 { bytes in
      bytes.baseAddress.flatMap { wholeUnits(Text(start: $0, count: bytes.count), scale: 7) }
    }
    guard let nanos else { throw .unreadableAmount }
    return nanos
  }
}
