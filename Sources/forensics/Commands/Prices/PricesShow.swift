import ArgumentParser
import Tables
import UsageLog

/// `forensics prices show`.
struct PricesShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "One model's prices on every channel, with their history.",
    discussion: """
      Takes an id as any log has it (us.anthropic.claude-opus-4-6-v1), a name (Claude Opus 4.6), or an id \
      without its maker (opus-4-6). The exact model or none: opus-5 is not opus-5-5.

      A line with prompt_over is what the whole request costs once its prompt has more tokens than that. \
      batch and us multiply all token rates; searches are per thousand.
      """)

  @Argument(help: ArgumentHelp("The model.", valueName: "model")) var model: String
  @Option(help: ArgumentHelp("Only what held then. (default: all history)", valueName: "date"))
  var at: String?
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func validate() throws { _ = try PriceDay.at(at) }

  func run() throws {
    let book = try place.priceBook()
    let catalogue = book.catalogue
    let id = try book.requireModel(model).listed
    let target = catalogue.target(of: id)
    let instant = try at.map { try PriceDay.at($0) }
    let rows = catalogue.rowsByChannel.filter { row in
      let canonical = PricedModel(row).canonical
      // A cloud's rows know the alias's model by its own id only.
      return (canonical == id || canonical == target)
        && instant.map { row.holds(at: $0) } ?? true
    }
    var notes = ["\(id), in USD per million tokens"]
    if let target { notes.append("an alias of \(target)") }
    let aliases = catalogue.aliases(of: id)
    if !aliases.isEmpty { notes.append("aliases: \(aliases.joined(separator: ", "))") }
    try output.write(
      plain: table(rows), named: "prices show", catalogue: book.id,
      notes: [notes.joined(separator: "; ")]
        + book.overrides.filter {
          $0.mayHold(forModels: [id] + catalogue.ids(of: id))
        }.notes)
  }

  private func table(_ rows: [PriceRow]) throws -> Tables.Table {
    let isForPeople = try output.isForPeople()
    let columns =
      ["channel", "model", "from", "until"].map { Column(name: $0) }
      + [Column(name: "prompt_over", unit: .tokens)]
      + ["input", "output", "write_5m", "write_1h", "read"].map(PriceCells.rate)
      + ["batch", "us"].map { Column(name: $0, unit: .real, exact: true) }
      + [PriceCells.rate("searches")]
      + ["verified", "list", "source"].map { Column(name: $0) }
    let cell = isForPeople ? PriceCells.shown : PriceCells.text
    return Tables.Table(
      columns: columns,
      rows: rows.flatMap { row in
        row.tiers.map { tier in
          [
            .text(row.provider), .text(row.model), cell(row.text(.validFrom)),
            cell(row.text(.validTo)), tier.over.map { .integer($0) } ?? .null,
          ] + PriceCells.rates(tier.rates) + [
            row.batch?.value ?? .null, row.usResidency?.value ?? .null,
            row.webSearch.map { .integer($0) } ?? .null,
            .text(row.unverified ? "no" : "yes"), .text(row.list), .text(row.source),
          ]
        }
      })
  }
}

extension PriceRow {
  /// The base rates, and those of prompts with more tokens than `over`.
  fileprivate var tiers: [(over: Int64?, rates: Rates)] {
    [(nil, rates)] + (longPrompt.map { [($0.threshold, $0.rates)] } ?? [])
  }
}
