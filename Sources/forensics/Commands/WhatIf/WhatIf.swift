import ArgumentParser

/// `forensics what-if`.
struct WhatIf: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "What your own calls would have cost, made otherwise. Nothing is written.",
    discussion: """
      forensics what-if route --from opus-5-5 --to sonnet-5-5 --share 70%
      forensics what-if batch --feature nightly-digest --not-interactive
      forensics what-if cache --since 7d
      forensics what-if trim-input --tokens 500 --feature triage
      forensics what-if history --window 6
      forensics what-if cap-output --percentile 99
      forensics what-if channel --to bedrock --region us

      Both sides are priced call by call with the price book in use. docs/what-if.md says what each one \
      assumes, and what it charges for side effects.
      """,
    subcommands: [
      WhatIfRoute.self, WhatIfBatch.self, WhatIfCache.self, WhatIfTrimInput.self,
      WhatIfHistory.self, WhatIfCapOutput.self, WhatIfChannel.self,
    ])
}
