import ArgumentParser
import CallStore
import Tables

/// `forensics retry-storms`.
struct RetryStorms: RecipeCommand {
  static let recipe = Recipe("retry-storms", embedded: PackageResources.retry_storms_sql)

  @Option(help: "More calls than this make a storm. (default: 100)") var calls: Int?
  @Option(help: ArgumentHelp("Within this span of time. (default: 5m)", valueName: "span"))
  var within: String?
  @Option(help: "So many times the fingerprint's own usual pace. (default: 5)") var surge: Int?
  @Option(
    help: ArgumentHelp(
      "What the calls share: prompt, tool or any other column. (default: prompt)",
      valueName: "column"))
  var fingerprint: String?
  @Flag(help: "Show honest bulk work, too, and why it is taken for that.") var all = false
  @OptionGroup var shared: RecipeOptions

  var arguments: [String: String?] {
    [
      "calls": calls.map(String.init), "within": within, "surge": surge.map(String.init),
      "fingerprint": fingerprint, "all": all ? "yes" : nil,
    ]
  }

  func run() throws {
    try shared.run(
      Self.recipe, arguments: arguments.compactMapValues(\.self), period: nil, remark: toolCalls)
  }

  /// Loops of a tool whose prompt grows show only in the other fingerprint.
  private func toolCalls(_ database: CallDatabase, _ selection: Selection) throws -> String? {
    guard fingerprint == nil else { return nil }
    let row = try database.rows(
      of: Recipe(name: "tool-calls", text: Self.toolCalls), over: selection, arguments: [:], asOf: 0
    ).first
    guard case .integer(let calls) = row?.first, calls > 0 else { return nil }
    return
      "\(counted(calls, "call")) logged a tool and its arguments: --fingerprint tool looks for storms of those"
  }

  private static let toolCalls = """
    -- Calls that log a hash of the tool and its arguments.
    -- @usage tool_hash
    SELECT COALESCE(SUM(calls), 0) AS n_calls FROM selected_usage WHERE tool_hash IS NOT NULL
    """
}
