import ArgumentParser
import CallStore
import Foundation
import Tables
import UsageLog

/// `forensics prices import`.
struct PricesImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take prices from LiteLLM's list or a CSV of your own, after a look at them.",
    discussion: """
      FILE is what 'prices diff' reads. Without --take nothing is taken: it shows what would be. --take new \
      takes prices of what has none; --take all also those that differ from the catalogue's, and those that \
      the catalogue says have ended (marked so).

      LiteLLM's list has no dates: its prices hold from the day it was seen (--observed) until the \
      catalogue's next price, and count as unverified. --valid-from says that new models had their price \
      earlier. A CSV's rows hold for their own days. Prices of calls that are there already change with \
      'forensics reprice'; 'prices drop' takes a list back, 'prices taken' shows them all.
      """)

  @Argument(help: ArgumentHelp("The list.", valueName: "file")) var file: String
  @Option(help: ArgumentHelp("new or all. (default: nothing, only show)", valueName: "choice"))
  var take: PriceTaking.Choice?
  @Option(
    help: ArgumentHelp("The day it was seen. (default: the file's last change)", valueName: "date"))
  var observed: String?
  @Option(help: ArgumentHelp("Only this model. Repeatable.", valueName: "name"))
  var model: [String] = []
  @Option(
    help: ArgumentHelp("Only this channel, all of its endpoints. Repeatable.", valueName: "name"))
  var channel: [String] = []
  @Option(
    help: ArgumentHelp(
      "The day from which new prices of a list without dates hold.", valueName: "date"))
  var validFrom: String?
  @Option(
    help: ArgumentHelp(
      "What the list is called. (default: 'LiteLLM' and the day, or the file's name)",
      valueName: "name"))
  var name: String?
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if let observed { _ = try PriceDay.observed(observed, file: file) }
    if let validFrom, utcDay(validFrom) == nil {
      throw ValidationError("--valid-from takes a date such as 2026-11-20, not '\(validFrom)'")
    }
    if let name, name.isEmpty || name == PriceList.shippedName || name.contains(where: \.isNewline)
    {
      throw ValidationError("--name takes a line of text other than '\(PriceList.shippedName)'")
    }
  }

  func run() throws {
    let settings = try place.settings()
    let configured = try settings.prices()
    let shelf = settings.priceShelf
    let book = try shelf.book(configured)
    let list = try PriceFileArgument(path: file, observed: observed, catalogue: book.catalogue)
    let taking = try PriceTaking(
      list.file, into: book.catalogue, observed: list.observed, newFrom: start(of: list),
      outranking: Set(configured.lists.map(\.name)), where: filter(list.file, in: book))
    let report = PriceTakingReport(taking: taking, list: list, catalogue: book.catalogue)
    guard let take else {
      return try report.write(
        taking.pieces, to: output, catalogue: book.id, notes: report.choices)
    }
    try refuseUnreadable(list.file)
    guard !taking.chosen(take).isEmpty else {
      return try report.write(
        [], to: output, catalogue: book.id, notes: report.nothing(take))
    }
    let name = try self.name ?? freeName(for: list, on: shelf)
    let prices = try taking.list(take, named: name)
    let changed = try alone {
      try shelf.take(prices, observed: list.observed, at: PriceDay.now)
    }
    let now = try shelf.book(configured)
    try report.write(
      taking.chosen(take), to: output, catalogue: now.id,
      notes: [
        "\(changed ? "taken" : "taken already") as \"\(name)\": \(counted(Int64(prices.rows.count), "price")); "
          + "the catalogue was \(book.id)",
        "next: forensics reprice --dry-run (what it changes); forensics prices drop \"\(name)\" takes it back",
      ])
  }

  /// The first instant of new prices, where it is not the day of the observation.
  private func start(of list: PriceFileArgument) throws -> Int64? {
    guard let day = validFrom.flatMap(utcDay) else { return nil }
    guard list.file.kind == .liteLLM else {
      throw ValidationError("--valid-from is for lists without dates; a CSV has its valid_from")
    }
    guard day <= list.observed else {
      throw ValidationError(
        "--valid-from \(dayText(day)) is after the day the list was seen, \(dayText(list.observed))"
      )
    }
    return day
  }

  private func filter(_ file: PriceFile, in book: PriceBook) throws -> (PriceRow) -> Bool {
    let listed = file.rows.map(\.model)
    let ids = try model.map { name in
      do throws(UnknownModelName) {
        return try ModelName(name, in: book.catalogue, also: listed).listed
      } catch {
        throw ValidationError("--model: \(error)")
      }
    }
    let (model, channel) = (Set(ids), channel)
    let isMeant = { (row: PriceRow) in
      (model.isEmpty || model.contains(PricedModel(row).canonical))
        && (channel.isEmpty || channel.contains(where: row.isSold))
    }
    guard file.rows.contains(where: isMeant) else {
      throw ValidationError("\(file.name) has no price of what --model and --channel name")
    }
    return isMeant
  }

  /// A user's own list is taken whole or not at all.
  private func refuseUnreadable(_ file: PriceFile) throws {
    guard file.kind == .catalogue, let first = file.passedOver.first else { return }
    throw UnreadablePrices(file: file.name, line: first.line, reason: first.reason)
  }

  private func freeName(for list: PriceFileArgument, on shelf: PriceShelf) throws -> String {
    let base =
      list.file.kind == .liteLLM ? "LiteLLM \(dayText(list.observed))" : list.file.name
    let used = Set(try shelf.entries().filter { $0.droppedAt == nil }.map(\.name))
    var (name, number) = (base, 1)
    while used.contains(name) {
      number += 1
      name = "\(base) (\(number))"
    }
    return name
  }
}

extension PriceTaking.Choice: ExpressibleByArgument {}

/// A line of a user's own list that is no price.
struct UnreadablePrices: Error, CustomStringConvertible {
  let file: String
  let line: Int
  let reason: String

  var description: String { "\(file):\(line): \(reason); mend it: nothing was taken" }
}
