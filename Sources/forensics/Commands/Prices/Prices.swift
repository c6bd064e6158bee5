import ArgumentParser

/// `forensics prices`.
struct Prices: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices",
    abstract:
      "The dated price catalogue: read it, check it, take other lists, find what has no price.",
    discussion: """
      Rates are USD per million tokens (MTok), exact; days are UTC. The catalogue has an id that changes \
      with any of its bytes, and with what was taken or agreed. What it has no price for stays unpriced: no model is priced as its family.
      """,
    subcommands: [
      PricesList.self, PricesShow.self, PricesUnpriced.self, PricesDiff.self, PricesImport.self,
      PricesTaken.self, PricesDrop.self, PricesCheck.self,
    ],
    defaultSubcommand: PricesList.self)
}
