import ArgumentParser
import Foundation

/// `--channel --region --at`: which of the dated prices are meant.
struct EstimateConditions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the model runs: anthropic, bedrock, vertex, foundry, … (default: its maker's API)",
      valueName: "name"))
  var channel: String?
  @Option(
    help: ArgumentHelp(
      "The cloud's endpoint: global, or a geography or location (us, eu, us-east5).",
      valueName: "name"))
  var region: String?
  @Option(
    help: ArgumentHelp(
      "The prices of this day (UTC), or instant. (default: now)", valueName: "date"))
  var at: String?

  func validate() throws {
    if let at { _ = try TimeBound(at, option: "--at") }
  }

  /// UTC milliseconds.
  func instant() throws -> Int64 {
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    return try at.map { try TimeBound($0, option: "--at").resolved(now: now, zone: .gmt) } ?? now
  }
}

/// `--batch --fast --inference-geo`: what multiplies the prices.
struct PriceModifierOptions: ParsableArguments {
  @Flag(help: "At batch prices.") var batch = false
  @Flag(help: "At fast mode's prices.") var fast = false
  @Option(help: ArgumentHelp("us for inference in the US only.", valueName: "geo"))
  var inferenceGeo: String?
}
