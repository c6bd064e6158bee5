import ArgumentParser
import Tables
import UsageLog

/// `forensics prices check`.
struct PricesCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look over the catalogue, or a list, for overlaps, gaps and suspicious rates.",
    discussion: """
      Errors: two prices for one moment, lines that cannot be read. Warnings: gaps, a read above the input, \
      an output below it, a regional endpoint that does not cost a tenth more, an alias that differs from \
      its model, rates 50 times the input, jumps to more than 5 times, a batch that is not half, an override \
      for a model or channel that no list has. Notes are true of some real prices: other cache ratios, unverified and scheduled rows.

      Exit status 3 if there is an error or a warning.
      """)

  @Argument(
    help: ArgumentHelp(
      "A list, as 'prices diff' reads it. (default: the catalogue)", valueName: "file"))
  var file: String?
  @Option(help: ArgumentHelp("What 'now' is, for scheduled prices.", valueName: "date"))
  var at: String?
  @Flag(help: "Show the notes too.") var notes = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func validate() throws { _ = try PriceDay.at(at) }

  func run() throws {
    let book = try place.priceBook()
    let catalogue = book.catalogue
    let now = try PriceDay.at(at)
    let list = try file.map {
      try PriceFileArgument(path: $0, observed: nil, catalogue: catalogue).file
    }
    let rows = list?.rows ?? catalogue.rows
    let check = PriceListCheck(rows, passedOver: list?.passedOver ?? [], now: now)
    let columns =
      [
        Column(name: "level"), Column(name: "check"), Column(name: "line"), Column(name: "channel"),
        Column(name: "model"), Column(name: "finding"),
      ]
    let overrides = file == nil ? book.overrideFindings : []
    let shown = overrides + check.findings.filter { notes || $0.level < .note }
    try output.write(
      plain: Tables.Table(columns: columns, rows: shown.map(Self.cells)), named: "prices check",
      catalogue: book.id,
      notes: [summary(check, rows.count, list?.name)]
        + (overrides.isEmpty ? [] : ["\(counted(Int64(overrides.count), "override")) to look at"]))
    if check.needsLook || !overrides.isEmpty { throw ExitCode(3) }
  }

  private static func cells(_ finding: PriceFinding) -> [Value] {
    [
      .text(finding.level.rawValue), .text(finding.check),
      finding.line > 0 ? .integer(Int64(finding.line)) : .null,
      .text(finding.provider), .text(finding.model), .text(finding.detail),
    ]
  }

  private func summary(_ check: PriceListCheck, _ rows: Int, _ name: String?) -> String {
    let counts = PriceFinding.Level.allCases.map { level in
      counted(Int64(check.findings.count { $0.level == level }), level.rawValue)
    }
    let kinds = Dictionary(grouping: check.findings.filter { $0.level == .note }, by: \.check)
      .map { "\($0.key) \($0.value.count)" }.sorted().joined(separator: ", ")
    let hint = kinds.isEmpty ? "" : " (\(kinds)\(notes ? "" : "; --notes shows them"))"
    return "\(name ?? "the catalogue"), \(counted(Int64(rows), "price")): "
      + counts.joined(separator: ", ") + hint
  }
}
