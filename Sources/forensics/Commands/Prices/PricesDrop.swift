import ArgumentParser
import CallStore
import UsageLog

/// `forensics prices drop`.
struct PricesDrop: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Take back a list that was taken.",
    discussion: """
      From now on nothing is priced with it. What it priced keeps its cost, and still knows the list, until \
      'forensics reprice'.
      """)

  @Argument(help: ArgumentHelp("From 'forensics prices taken'.", valueName: "name"))
  var name: String
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let settings = try place.settings()
    let prices = try alone { try settings.priceShelf.drop(name, at: PriceDay.now) }
    try Console.write("\"\(name)\" is dropped: \(counted(Int64(prices), "price"))\n")
    Console.complain(
      "catalogue \(try settings.priceBook().id); costs stay as they are until: forensics reprice")
  }
}
