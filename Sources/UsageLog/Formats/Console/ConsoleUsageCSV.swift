/// The Claude Console's export of tokens, by day or hour.
///
/// Described in docs/formats/console-usage-csv.md.
package struct ConsoleUsageCSV: DelimitedLogFormat {
  package static let name = "console-usage-csv"
  package static let summary = "the Claude Console's usage export (claude_api_tokens_….csv)"
  package static let delimitings = [Delimiting.comma, .semicolon, .tab]
  package static let hasHeader = true

  private var rows = ConsoleRows(
    report: .consoleUsage,
    dimensions: ["model_version": .model, "usage_type": .serviceTier],
    measures: [
      "usage_input_tokens_no_cache", "usage_input_tokens_cache_write",
      "usage_input_tokens_cache_write_5m", "usage_input_tokens_cache_write_1h",
      "usage_input_tokens_cache_read", "usage_output_tokens", "web_search_count",
    ])

  package init(options: ReadingOptions) {}

  package static func recognises(first: DelimitedRow) -> Bool {
    let names = ConsoleRows.names(in: first)
    return names.contains(ConsoleRows.time)
      && names.contains { $0.hasPrefix("usage_input_tokens_") }
  }

  package mutating func begin(with first: DelimitedRow) throws(LogError) {
    try rows.begin(with: first)
  }

  package mutating func read(_ row: DelimitedRow, into output: inout RecordOutput) {
    rows.read(row, into: &output) { row, bucket throws(RejectionReason) in
      bucket.usage = try Self.usage(row)
    }
  }

  private static func usage(_ row: ConsoleRows.Row) throws(RejectionReason) -> Call.Usage {
    var usage = Call.Usage()
    usage.input = try row.count("usage_input_tokens_no_cache", .inputTokens)
    usage.cacheRead = try row.count("usage_input_tokens_cache_read", .cacheReadTokens)
    usage.output = try row.count("usage_output_tokens", .outputTokens)
    usage.webSearches = try row.count("web_search_count", .webSearchRequests)
    // The oldest exports do not split the writes.
    usage.cacheCreate = try row.count("usage_input_tokens_cache_write", .cacheCreateTokens)
    let short = try row.count("usage_input_tokens_cache_write_5m", .cacheCreate5mTokens)
    usage.cacheCreate1h = try row.count("usage_input_tokens_cache_write_1h", .cacheCreate1hTokens)
    if short != nil || usage.cacheCreate1h != nil {
      usage.cacheCreate = (short ?? 0) + (usage.cacheCreate1h ?? 0)
    }
    return usage
  }
}
