/// After how many reads a cache write pays, in exact arithmetic on one row's rates.
///
/// With write rate w, read rate m and input rate i, n reads after a write cost w + n·m; without a cache
/// the same n + 1 calls cost (n + 1)·i. So the write pays once n > (w − i) / (i − m).
package struct CacheBreakEven: Hashable, Sendable {
  /// A write that 1 or more reads pay for, and the point beyond which they do.
  package struct Point: Hashable, Sendable {
    /// The number of reads at which both cost the same, seldom a whole one.
    package let reads: Ratio

    /// The first whole number of reads beyond it: the first read at which caching is cheaper.
    package var firstRead: Int64 { reads.numerator / reads.denominator + 1 }

    /// - Returns: nil where a read saves nothing, so that no number of them pays.
    init?(paying surcharge: Int64, saving: Int64) {
      guard saving > 0 else { return nil }
      reads = Ratio(max(0, surcharge), over: saving)
    }
  }

  private let rates: Rates

  package init(_ rates: Rates) { self.rates = rates }

  /// For a write that lasts five minutes, against no cache.
  package var fiveMinutes: Point? { point(of: rates.cacheWrite5m) }

  /// For a write that lasts an hour, against no cache.
  package var oneHour: Point? { point(of: rates.cacheWrite1h) }

  /// For an hour against five minutes, where each call comes after the five minutes have expired.
  ///
  /// The five-minute entry is then written n + 1 times: w1 + n·m < (n + 1)·w5.
  package var hourAgainstExpired: Point? {
    guard let short = rates.cacheWrite5m, let long = rates.cacheWrite1h, let read = rates.cacheRead
    else { return nil }
    return Point(paying: long - short, saving: short - read)
  }

  /// How many reads that only keep a five-minute entry alive cost what an hour's write costs more.
  package var pingsForHour: Ratio? {
    guard let short = rates.cacheWrite5m, let long = rates.cacheWrite1h,
      let read = rates.cacheRead, read > 0
    else { return nil }
    return Ratio(max(0, long - short), over: read)
  }

  /// The share of the input's cost that a write and so many reads save, against no cache; below 0 it costs more.
  ///
  /// - Returns: the saving over the cost, both whole; nil without a rate.
  package func saving(
    after reads: Int64, for lifetime: PromptCaching.Lifetime
  ) -> (saved: Int128, of: Int128)? {
    let write = lifetime == .fiveMinutes ? rates.cacheWrite5m : rates.cacheWrite1h
    guard let write, let read = rates.cacheRead, rates.input > 0 else { return nil }
    let fresh = Int128(rates.input) * Int128(reads + 1)
    return (fresh - Int128(write) - Int128(read) * Int128(reads), fresh)
  }

  private func point(of write: Int64?) -> Point? {
    guard let write, let read = rates.cacheRead else { return nil }
    return Point(paying: write - rates.input, saving: rates.input - read)
  }
}
