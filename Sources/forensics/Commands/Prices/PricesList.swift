import ArgumentParser
import Tables
import UsageLog

/// `forensics prices list`.
struct PricesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The prices that hold on a day, or all there ever were.",
    discussion: """
      For people the columns are short; CSV, TSV and JSON have every column of the catalogue by its own \
      name, so '--all --format csv' is a catalogue that 'prices diff' and 'prices check' read.
      """)

  @OptionGroup var selection: PriceSelection
  @Option(help: ArgumentHelp("The day: a date, or an instant. (default: now)", valueName: "date"))
  var at: String?
  @Flag(help: "Every price, past and scheduled too.") var all = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if all, at != nil { throw ValidationError("--all and --at contradict each other") }
    _ = try PriceDay.at(at)
  }

  func run() throws {
    let book = try place.priceBook()
    let isMeant = try selection.filter(in: book)
    let instant = try PriceDay.at(at)
    let rows = book.catalogue.rowsByChannel.filter { isMeant($0) && (all || $0.holds(at: instant)) }
    let table = try output.isForPeople() ? Self.short(rows) : Self.full(rows)
    let day = all ? "at any time" : "on \(dayText(instant))"
    try output.write(
      plain: table, named: "prices", catalogue: book.id,
      notes: ["\(counted(Int64(rows.count), "price")) \(day), in USD per million tokens"]
        + selection.overrides(in: book).notes)
  }

  static func short(_ rows: [PriceRow]) -> Tables.Table {
    let columns =
      [Column(name: "channel"), Column(name: "model")]
      + ["input", "output", "write_5m", "write_1h", "read"].map(PriceCells.rate)
      + ["long_prompts", "from", "until", "verified"].map { Column(name: $0) }
    return Tables.Table(
      columns: columns,
      rows: rows.map { row in
        [.text(row.provider), .text(PricedModel(row).canonical)] + PriceCells.rates(row.rates)
          + [
            PriceCells.shown(row.longPromptText), PriceCells.shown(row.text(.validFrom)),
            PriceCells.shown(row.text(.validTo)), .text(row.unverified ? "no" : "yes"),
          ]
      })
  }

  private static func full(_ rows: [PriceRow]) -> Tables.Table {
    let columns = PriceColumn.allCases.map { column in
      let isRate = PriceColumn.rates.contains(column) || column.isLongRate || column == .webSearch
      let unit: Tables.Unit = column.isNumber ? .real : .text
      return isRate ? PriceCells.rate(column.name) : Column(name: column.name, unit: unit)
    }
    return Tables.Table(
      columns: columns,
      rows: rows.map { row in PriceColumn.allCases.map { row.value($0) } })
  }
}

extension PriceCatalogue {
  /// Channel after channel, in the order in which the catalogue begins with them.
  var rowsByChannel: [PriceRow] {
    var order: [String: Int] = [:]
    for row in rows where order[row.provider] == nil { order[row.provider] = order.count }
    return rows.enumerated().sorted {
      (order[$0.element.provider] ?? 0, $0.offset) < (order[$1.element.provider] ?? 0, $1.offset)
    }.map(\.element)
  }
}

extension PriceRow {
  /// `> 100,000: 0.5 / 2.5`.
  var longPromptText: String? {
    longPrompt.map {
      "> \(grouped($0.threshold)): \(text(.longInput) ?? "") / \(text(.longOutput) ?? "")"
    }
  }

  fileprivate func value(_ column: PriceColumn) -> Value {
    switch column {
    case .input: PriceCells.usd(rates.input)
    case .output: PriceCells.usd(rates.output)
    case .cacheWrite5m: PriceCells.usd(rates.cacheWrite5m)
    case .cacheWrite1h: PriceCells.usd(rates.cacheWrite1h)
    case .cacheRead: PriceCells.usd(rates.cacheRead)
    case .longInput: PriceCells.usd(longPrompt?.rates.input)
    case .longOutput: PriceCells.usd(longPrompt?.rates.output)
    // Picodollars a search are nanodollars a thousand.
    case .webSearch: webSearch.map { .integer($0) } ?? .null
    case .longThreshold: longPrompt.map { .integer($0.threshold) } ?? .null
    case .batch: batch?.value ?? .null
    case .usResidency: usResidency?.value ?? .null
    case .unverified: .integer(unverified ? 1 : 0)
    case .provider, .model, .aliasOf, .validFrom, .validTo, .source: PriceCells.text(text(column))
    }
  }
}

extension Ratio {
  /// For showing only.
  var value: Value { .real(Double(numerator) / Double(denominator)) }
}

extension PriceColumn {
  fileprivate var isLongRate: Bool { self == .longInput || self == .longOutput }

  fileprivate var isNumber: Bool {
    [.longThreshold, .batch, .usResidency, .unverified].contains(self)
  }
}
