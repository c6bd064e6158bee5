/// What one model attempt used: five disjoint classes of tokens, and web searches.
///
/// `input` excludes cached tokens and `output` includes thinking. Writes without a breakdown by
/// lifetime count as 5-minute writes. Every count must be 0...1,000,000,000; readers reject others.
package struct TokenUsage: Hashable, Sendable {
  package var input: Int64
  package var cacheWrite5m: Int64
  package var cacheWrite1h: Int64
  package var cacheRead: Int64
  package var output: Int64
  package var webSearches: Int64

  package init(
    input: Int64 = 0, cacheWrite5m: Int64 = 0, cacheWrite1h: Int64 = 0, cacheRead: Int64 = 0,
    output: Int64 = 0, webSearches: Int64 = 0
  ) {
    self.input = input
    self.cacheWrite5m = cacheWrite5m
    self.cacheWrite1h = cacheWrite1h
    self.cacheRead = cacheRead
    self.output = output
    self.webSearches = webSearches
  }

  /// The prompt's length, which selects the long-prompt rates.
  package var promptTokens: Int64 { input + cacheWrite5m + cacheWrite1h + cacheRead }
}
