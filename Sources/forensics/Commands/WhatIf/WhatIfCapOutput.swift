import ArgumentParser
import UsageLog

/// `forensics what-if cap-output`.
struct WhatIfCapOutput: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cap-output",
    abstract: "Output cut off beyond a number of tokens.",
    discussion: """
      The affected calls are those that would have been cut off in the middle: a risk for quality, and what is asked \
      again costs again. --percentile takes each feature's own calls as the measure: with 99, one call in a hundred is \
      cut off.
      """)

  @Option(help: ArgumentHelp("max_tokens.", valueName: "tokens")) var max: Int64?
  @Option(help: ArgumentHelp("What so many of a feature's calls stay within.", valueName: "pct"))
  var percentile: PercentArgument?
  @OptionGroup var shared: WhatIfOptions

  func validate() throws {
    try checkTokens(max, "--max")
    if (max == nil) == (percentile == nil) {
      throw ValidationError("say where to cut: --max TOKENS or --percentile 99")
    }
  }

  func run() throws {
    let limit = max.map { OutputCap.Limit.tokens($0) } ?? .percentile(percentile?.basisPoints ?? 0)
    try shared.run(
      OutputCap(limit), named: "cap-output",
      remarks: ["each affected call's answer would end in the middle: look at some before you cap"])
  }
}
