import ArgumentParser
import UsageLog

/// `forensics what-if history`.
struct WhatIfHistory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Fewer earlier turns sent again: a sliding window, or a summary.",
    discussion: """
      Needs sessions in the log. What a turn added is its prompt less the one before; what the first turn sent is \
      always kept. A window moves what stands behind that with every turn, so that it cannot be read from the cache \
      any more; a summary moves it once in so many turns, and is paid for with its input and its output.
      """)

  @Option(help: ArgumentHelp("Keep what the last so many turns added.", valueName: "turns"))
  var window: Int64?
  @Option(help: ArgumentHelp("Tokens of a summary instead.", valueName: "tokens"))
  var summary: Int64?
  @Option(help: ArgumentHelp("Write it anew after so many turns.", valueName: "turns"))
  var every: Int64?
  @OptionGroup var shared: WhatIfOptions

  func validate() throws {
    try checkTokens(summary, "--summary")
    if (window == nil) == (summary == nil) {
      throw ValidationError("give --window TURNS, or --summary TOKENS with --every TURNS")
    }
    if (summary == nil) != (every == nil) {
      throw ValidationError("--summary TOKENS and --every TURNS belong together")
    }
    if let turns = window ?? every, !((window == nil ? 2 : 1)...1_000_000).contains(turns) {
      throw ValidationError("--window takes 1 turn or more, --every 2 or more, not \(turns)")
    }
  }

  func run() throws {
    let rule: HistoryLimit.Rule =
      if let window { .window(turns: window) } else {
        .summary(tokens: summary ?? 0, every: every ?? 0)
      }
    try shared.run(HistoryLimit(rule), named: "history")
  }
}
