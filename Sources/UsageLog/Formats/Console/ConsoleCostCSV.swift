/// The Claude Console's export of cost, in dollars rounded to cents.
///
/// Described in docs/formats/console-cost-csv.md.
package struct ConsoleCostCSV: DelimitedLogFormat {
  package static let name = "console-cost-csv"
  package static let summary = "the Claude Console's cost export (claude_api_cost_….csv)"
  package static let delimitings = [Delimiting.comma, .semicolon, .tab]
  package static let hasHeader = true

  private var rows = ConsoleRows(
    report: .consoleCost, dimensions: [:], measures: ["cost_usd", "list_price_usd"])

  package init(options: ReadingOptions) {}

  package static func recognises(first: DelimitedRow) -> Bool {
    ConsoleRows.names(in: first).isSuperset(of: [ConsoleRows.time, "token_type", "cost_usd"])
  }

  package mutating func begin(with first: DelimitedRow) throws(LogError) {
    try rows.begin(with: first)
  }

  package mutating func read(_ row: DelimitedRow, into output: inout RecordOutput) {
    rows.read(row, into: &output) { row, bucket throws(RejectionReason) in
      guard let cents = try row.cents("cost_usd") else { throw .unreadableAmount }
      try bucket.setAmount(cents)
      if let listed = try row.cents("list_price_usd") { try bucket.setListAmount(listed) }
      bucket.currency = "USD"
    }
  }
}
