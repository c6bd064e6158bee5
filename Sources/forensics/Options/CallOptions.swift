import ArgumentParser
import Foundation
import UsageLog

/// The tokens of one call.
struct CallOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Input tokens that do not go through the cache.", valueName: "tokens"))
  var input: Int64?
  @Option(help: ArgumentHelp("The same by the rule of thumb: ¾ of a word a token.", valueName: "n"))
  var words: Int64?
  @Option(
    help: ArgumentHelp(
      "The same for a file's text: 4 characters a token. - is standard input.", valueName: "path"))
  var textFile: String?
  @Option(
    name: .customLong("output"),
    help: ArgumentHelp(
      "Output tokens. A name with a suffix is a file to write instead of printing.",
      valueName: "tokens"))
  var outputs: [String] = []
  @Option(help: ArgumentHelp("Output in words, by the rule of thumb.", valueName: "n"))
  var outputWords: Int64?
  @Option(help: ArgumentHelp("Tokens written to the prompt cache.", valueName: "tokens"))
  var cacheWrite: Int64?
  @Option(help: ArgumentHelp("Tokens read from the prompt cache.", valueName: "tokens"))
  var cacheRead: Int64?

  func validate() throws {
    let counts = [
      ("--input", input), ("--words", words), ("--output", output), ("--output-words", outputWords),
      ("--cache-write", cacheWrite), ("--cache-read", cacheRead),
    ]
    for (name, count) in counts { try checkTokens(count, name) }
    if [input != nil, words != nil, textFile != nil].count(where: \.self) > 1 {
      throw ValidationError(
        "--input, --words and --text-file are three ways to say the same; give one")
    }
    if let odd = files.first(where: { Double($0) != nil }) {
      throw ValidationError(
        "--output takes whole tokens (450) or a file (report.csv), not '\(odd)'")
    }
    if outputs.count - files.count > 1 {
      throw ValidationError("--output takes the tokens of one call's answer; give one number")
    }
    if output != nil, outputWords != nil {
      throw ValidationError("--output and --output-words are two ways to say the same; give one")
    }
  }

  /// A whole number of `--output`.
  var output: Int64? { outputs.lazy.compactMap { Int64($0) }.first }

  /// The files of `--output`, as in every other command.
  var files: [String] { outputs.filter { Int64($0) == nil } }

  var isGiven: Bool {
    input != nil || words != nil || textFile != nil || output != nil || outputWords != nil
      || cacheWrite != nil || cacheRead != nil
  }

  var usesRuleOfThumb: Bool { words != nil || textFile != nil || outputWords != nil }

  func workload(_ lifetime: PromptCaching.Lifetime) throws -> Workload {
    let written = cacheWrite ?? 0
    return Workload(
      call: TokenUsage(
        input: try inputTokens(), cacheWrite5m: lifetime == .fiveMinutes ? written : 0,
        cacheWrite1h: lifetime == .oneHour ? written : 0, cacheRead: cacheRead ?? 0,
        output: output ?? outputWords.map { RuleOfThumb.tokens(words: $0) } ?? 0))
  }

  private func inputTokens() throws -> Int64 {
    if let words { return RuleOfThumb.tokens(words: words) }
    guard let textFile else { return input ?? 0 }
    if textFile == "-" { return RuleOfThumb.tokens(characters: Int64(Console.readAll().count)) }
    guard let data = FileManager.default.contents(atPath: textFile) else {
      throw ValidationError("--text-file: cannot read '\(textFile)'; check the path")
    }
    return RuleOfThumb.tokens(characters: Int64(String(decoding: data, as: UTF8.self).count))
  }
}

/// - Throws: where a count of tokens is negative, or beyond a thousand million.
func checkTokens(_ count: Int64?, _ option: String) throws {
  guard let count, !(0...1_000_000_000).contains(count) else { return }
  throw ValidationError("\(option) takes 0 to 1000000000 tokens, not \(count)")
}
