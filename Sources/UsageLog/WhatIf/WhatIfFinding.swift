/// What a hypothesis counted on its way over the calls.
package enum WhatIfFinding: Hashable, Sendable {
  /// How many batches the requests fit, in all and where each day's are sent by themselves.
  case batches(requests: Int64, inAll: Int64, daily: Int64)
  /// Where a feature's output is cut off; features by their codes.
  case caps([Int64: Int64])
  /// Tokens through the cache, under both lifetimes.
  case cached(reads5m: Int64, writes5m: Int64, reads1h: Int64, writes1h: Int64)
  /// How often a conversation's prompt became shorter by itself.
  case restarts(Int64)
}
