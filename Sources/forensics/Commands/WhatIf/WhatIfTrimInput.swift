import ArgumentParser
import UsageLog

/// `forensics what-if trim-input`.
struct WhatIfTrimInput: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trim-input",
    abstract: "Less input in every call.",
    discussion: """
      Never below zero. --of says what is cut: all of the prompt in proportion, only what is not cached, or only the \
      cached prefix. A prompt that becomes short enough pays the base rates again, and a cached prefix that becomes \
      too short is plain input.
      """)

  @Option(help: ArgumentHelp("So many tokens less.", valueName: "n")) var tokens: Int64?
  @Option(help: ArgumentHelp("So much less of the prompt.", valueName: "pct"))
  var percent: PercentArgument?
  @Option(help: "all, uncached or cached. (default: all)") var of: InputTrim.Part?
  @OptionGroup var shared: WhatIfOptions

  func validate() throws {
    try checkTokens(tokens, "--tokens")
    if (tokens == nil) == (percent == nil) {
      throw ValidationError("say how much less: --tokens N or --percent P")
    }
  }

  func run() throws {
    let amount =
      tokens.map { InputTrim.Amount.tokens($0) } ?? .basisPoints(percent?.basisPoints ?? 0)
    try shared.run(InputTrim(amount, of: of ?? .all), named: "trim-input")
  }
}

extension InputTrim.Part: ExpressibleByArgument {}
