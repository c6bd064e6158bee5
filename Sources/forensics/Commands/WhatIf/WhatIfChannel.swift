import ArgumentParser
import UsageLog

/// `forensics what-if channel`.
struct WhatIfChannel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "channel",
    abstract: "The same calls at another channel, with its prices and without what it lacks.",
    discussion: """
      Prompt caches do not move along: each prefix is written once more. Calls that use what the channel does not sell \
      stay where they are, with the reason.
      """)

  @Option(help: "anthropic, bedrock, vertex or foundry.") var to: String
  @Option(
    help: ArgumentHelp(
      "The cloud's endpoint: global, or a geography or location (us, eu, us-east5).",
      valueName: "name"))
  var region: String?
  @OptionGroup var shared: WhatIfOptions

  func validate() throws {
    guard ["anthropic", "bedrock", "vertex", "foundry"].contains(to) else {
      throw ValidationError("--to takes anthropic, bedrock, vertex or foundry, not '\(to)'")
    }
    let isCloud = to == "bedrock" || to == "vertex"
    if isCloud, region == nil {
      throw ValidationError(
        "global and regional endpoints of \(to) differ in price; add --region global or --region us"
      )
    }
    if !isCloud, region != nil { throw ValidationError("--region is for bedrock and vertex") }
  }

  func run() throws {
    let move = ChannelMove(to: to, region: region)
    try shared.run(move, named: "channel", remarks: move.lacks)
  }
}
