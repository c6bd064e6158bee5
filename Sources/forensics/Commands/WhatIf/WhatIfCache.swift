import ArgumentParser
import UsageLog

/// `forensics what-if cache`.
struct WhatIfCache: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "No cache, five minutes or an hour, by the gaps between your calls.",
    discussion: """
      Calls share a prefix by its logged hash, else by feature and model where they used the cache, else by their prompt \
      hash. Of calls that cached nothing, what they share is not logged: at most the shortest of them, or as many \
      tokens as --prefix-tokens says. A read renews an entry. The cost of everything else in the calls stays in \
      all columns.
      """)

  @Option(
    help: ArgumentHelp("Tokens shared by calls that cached nothing.", valueName: "tokens"))
  var prefixTokens: Int64?
  @OptionGroup var shared: WhatIfOptions

  func validate() throws { try checkTokens(prefixTokens, "--prefix-tokens") }

  func run() throws {
    try shared.run(
      CacheChoice(prefixTokens: prefixTokens), named: "cache",
      remarks: [
        "a five-minute write (1.25 times input) pays at the first read, an hour's (2 times) at the second; "
          + "exact by model: forensics breakeven"
      ])
  }
}
