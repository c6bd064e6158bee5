import ArgumentParser
import Tables
import UsageLog

/// `forensics prices diff`.
struct PricesDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What another price list says otherwise than the catalogue.",
    discussion: """
      FILE is LiteLLM's model_prices_and_context_window.json, or CSV in the catalogue's columns. Nothing is \
      taken; 'prices import' does that. LiteLLM's list has no dates: it is what was said on the day of --observed, often weeks behind \
      the vendor. What it leaves out (a 1-hour write, a batch price) is no difference.

      Shown are all prices that differ, then models that the catalogue does not have, on channels that it \
      knows; --all adds other channels. --skipped shows what in the file is no usable price, and why.
      """)

  @Argument(help: ArgumentHelp("The list.", valueName: "file")) var file: String
  @Option(
    help: ArgumentHelp("The day it was seen. (default: the file's last change)", valueName: "date"))
  var observed: String?
  @Option(
    help: ArgumentHelp(
      "Compare with the catalogue of this day. (default: LiteLLM's the day it was seen, CSV now)",
      valueName: "date"))
  var at: String?
  @Flag(help: "Models on channels that the catalogue does not have, too.") var all = false
  @Flag(help: "Instead: what in the file was not taken, and why.") var skipped = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if let observed { _ = try PriceDay.observed(observed, file: file) }
    _ = try PriceDay.at(at)
  }

  func run() throws {
    let book = try place.priceBook()
    let catalogue = book.catalogue
    let list = try PriceFileArgument(path: file, observed: observed, catalogue: catalogue)
    if skipped { return try writeSkipped(list.file, book.id) }
    let instant =
      try at == nil && list.file.kind == .liteLLM ? list.observed : PriceDay.at(at)
    let diff = PriceListDiff(list.file, against: catalogue, at: instant)
    let shown = diff.entries.filter { all || $0.isChange || $0.isOn(catalogue.channels) }
    try output.write(
      plain: table(shown), named: "prices diff", catalogue: book.id,
      notes: notes(diff, shown, list, at: instant))
  }

  private func table(_ entries: [PriceListDiff.Entry]) -> Tables.Table {
    Tables.Table(columns: PriceDifference.columns, rows: entries.flatMap(\.cells))
  }

  private func notes(
    _ diff: PriceListDiff, _ shown: [PriceListDiff.Entry], _ list: PriceFileArgument,
    at instant: Int64
  ) -> [String] {
    let changed = diff.entries.count(where: \.isChange)
    var counts = [
      "\(grouped(Int64(diff.equal))) equal", "\(grouped(Int64(changed))) changed",
      "\(grouped(Int64(diff.entries.count - changed))) new",
      "\(grouped(Int64(diff.onlyInCatalogue))) only in the catalogue",
    ]
    if diff.notHolding > 0 { counts.append("\(grouped(Int64(diff.notHolding))) of other days") }
    let seen =
      list.file.kind == .liteLLM ? ", observed \(dayText(list.observed))" : ""
    var notes = [
      "\(list.file.name)\(seen), beside the catalogue of \(dayText(instant)): "
        + counts.joined(separator: ", ")
    ]
    if diff.entries.count > shown.count {
      notes.append(
        "\(counted(Int64(diff.entries.count - shown.count), "new model")) on channels that the catalogue "
          + "does not have; --all shows them")
    }
    notes += list.file.readingNotes
    if !list.file.passedOver.isEmpty { notes.append("--skipped shows each that was not taken") }
    return notes
  }

  private func writeSkipped(_ file: PriceFile, _ catalogue: String) throws {
    let columns =
      [Column(name: "line", unit: .text)] + ["name", "reason"].map { Column(name: $0) }
    let rows: [[Value]] = file.passedOver.sorted { ($0.line, $0.name) < ($1.line, $1.name) }
      .map { [.integer(Int64($0.line)), .text($0.name), .text($0.reason)] }
    try output.write(
      plain: Tables.Table(columns: columns, rows: rows), named: "prices diff",
      catalogue: catalogue, notes: file.readingNotes)
  }
}

extension PriceListDiff.Entry {
  fileprivate var isChange: Bool {
    if case .changed = self { return true }
    return false
  }

  fileprivate func isOn(_ channels: Set<String>) -> Bool {
    switch self {
    case .new(let row), .changed(let row, _, _): channels.contains(where: row.isSold)
    }
  }

  /// A changed model has a line a column, a new one a line.
  fileprivate var cells: [[Value]] {
    switch self {
    case .new(let row): [PriceDifference.cells("new", row)]
    case .changed(let row, _, let changes):
      changes.map { PriceDifference.cells("changed", row, $0) }
    }
  }
}
