import ArgumentParser
import CallStore
import Tables
import UsageLog

/// `forensics prices taken`.
struct PricesTaken: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "taken",
    abstract: "The price lists that were taken, and those that were taken back.",
    discussion: """
      In the order in which they count: where two have a price for the same day, the lower line's holds. \
      They stand above the prices that come with the program and below the files of 'prices' in \
      forensics.yml ('forensics config' shows those).
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let settings = try place.settings()
    let columns: [Tables.Column] = [
      .named("name"), .named("observed"), .named("taken_at", .instant), .named("prices", .count),
      .named("dropped_at", .instant),
    ]
    let rows: [[Value]] = try settings.priceShelf.entries().map { entry in
      [
        .text(entry.name), .text(dayText(entry.observedAt)), .integer(entry.takenAt),
        .integer(Int64(entry.prices)), entry.droppedAt.map { .integer($0) } ?? .null,
      ]
    }
    try output.write(
      plain: Tables.Table(columns: columns, rows: rows), named: "prices taken",
      catalogue: settings.priceBook().id)
  }
}
