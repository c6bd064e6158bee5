import ArgumentParser

/// `forensics prices`.
struct Prices: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices",
    abstract: "The dated price catalogue: read it, check it, hold another list against it.",
    discussion: """
      Rates are USD per million tokens (MTok), exact; days are UTC. The catalogue has an id that changes \
      with any of its bytes. What it has no price for stays unpriced: no model is priced as its family.
      """,
    subcommands: [PricesList.self, PricesShow.self, PricesDiff.self, PricesCheck.self],
    defaultSubcommand: PricesList.self)
}
