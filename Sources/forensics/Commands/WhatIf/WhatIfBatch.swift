import ArgumentParser
import UsageLog

/// `forensics what-if batch`.
struct WhatIfBatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Calls that nobody waits for, at batch prices.",
    discussion: """
      Only features that forensics.yml marks, or those of --feature with --not-interactive:

        features:
          nightly-digest: {interactive: false}

      Cache hits inside a batch are best effort, so there are two figures: with the cache reads that were logged, and with \
      all of them written anew. Fast mode is not sold in batches; other service tiers stay as they are.
      """)

  @Flag(help: "Nobody waits for the features given with --feature.") var notInteractive = false
  @OptionGroup var shared: WhatIfOptions

  func validate() throws {
    if notInteractive, shared.filters.feature.isEmpty {
      throw ValidationError("--not-interactive says it of features: name them with --feature")
    }
  }

  func run() throws {
    let marked = try shared.place.settings().backgroundFeatures
    if !notInteractive, marked.isEmpty {
      throw ValidationError(
        "no feature is known to be one that nobody waits for; name some with --feature NAME --not-interactive, "
          + "or in forensics.yml: features: {NAME: {interactive: false}}")
    }
    let features = notInteractive ? shared.filters.feature : marked
    try shared.run(
      BatchMove(features: features), named: "batch",
      remarks: [
        "between the two figures: cache hits in a batch are best effort, and missed reads count as five-minute writes",
        "lost in a batch: answers at once, streaming, fast mode; web searches cost what they did",
      ])
  }
}
