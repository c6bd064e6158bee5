import ArgumentParser
import Foundation
import Tables
import UsageLog

/// `forensics breakeven`.
struct Breakeven: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "breakeven",
    abstract: "After how many reads writing to the prompt cache pays, for each model.",
    discussion: """
      A write for 5 minutes or an hour costs more than plain input, a read less: with n reads after it, it \
      pays once n > (write - input) / (input - read), in exact fractions of the catalogue's rates; the \
      first read is the next whole number.

      1h_vs_5m compares an hour with five minutes where every call comes too late for the five. Where traffic \
      keeps the five minutes alive (each read does, for nothing), the hour never pays; pings are the reads that \
      only keep them alive and together cost what the hour costs more.
      """)

  @Option(
    help: ArgumentHelp("Only this model. Repeatable. (default: all of Claude)", valueName: "name"))
  var model: [String] = []
  @Option(help: ArgumentHelp("Show what so many reads after a write save.", valueName: "n"))
  var reads: Int64?
  @OptionGroup(title: "Prices") var conditions: EstimateConditions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Place") var place: PlaceOptions

  func validate() throws {
    if let reads, !(0...1_000_000_000).contains(reads) {
      throw ValidationError("--reads takes a whole number of 0 or more, not \(reads)")
    }
  }

  func run() throws {
    let book = try place.priceBook()
    let names = model.isEmpty ? ComparedModels.all(of: "claude", in: book.catalogue) : model
    let models = try names.map { try ModelPrices($0, in: book, conditions: conditions) }
    var rows: [[Value]] = []
    var unpriced: [String: [String]] = [:]
    var agreed: [String: [String]] = [:]
    for prices in models {
      guard let period = prices.plan.period(at: prices.instant) else {
        let why = NoPrice(prices: prices, reason: prices.plan.otherwise).summary
        unpriced[why, default: []].append(prices.name.id)
        continue
      }
      rows.append(row(prices.name.id, period.rates))
      if let override = period.override, case .rates = override.effect {
        agreed[override.name, default: []].append(prices.name.id)
      }
    }
    if rows.isEmpty, let first = models.first {
      throw NoPrice(prices: first, reason: first.plan.otherwise)
    }
    let instant = try conditions.instant()
    var notes = models.first.map { [$0.catalogueRemark] } ?? []
    for (contract, names) in agreed.sorted(by: { $0.key < $1.key }) {
      notes.append("contract \(contract) applied: \(names.joined(separator: ", "))")
    }
    for (why, names) in unpriced.sorted(by: { $0.key < $1.key }) {
      notes.append("without a price: \(names.joined(separator: ", ")) (\(why))")
    }
    try output.write(
      Answer(
        recipe: "breakeven", asOf: instant, catalogue: book.id,
        table: Tables.Table(columns: columns, rows: rows),
        notes: notes),
      format: output.chosenFormat(), zone: .gmt)
  }

  private var columns: [Tables.Column] {
    [
      .named("model"), .named("write_5m_times", .real), .named("write_1h_times", .real),
      .named("read_times", .real), .named("breakeven_5m", .real), .named("first_read_5m", .count),
      .named("breakeven_1h", .real), .named("first_read_1h", .count),
      .named("breakeven_1h_vs_5m", .real), .named("first_read_1h_vs_5m", .count),
      .named("pings_1h_vs_5m", .real),
    ]
      + (reads == nil
        ? [] : [.named("saved_5m_pct", .pct), .named("saved_1h_pct", .pct)])
  }

  private func row(_ model: String, _ rates: Rates) -> [Value] {
    let point = CacheBreakEven(rates)
    let multiples = [rates.cacheWrite5m, rates.cacheWrite1h, rates.cacheRead].map { rate in
      rate.map { quotient(Int128($0), over: Int128(rates.input)) } ?? .null
    }
    let points = [point.fiveMinutes, point.oneHour, point.hourAgainstExpired].flatMap { point in
      [real(point?.reads), point.map { .integer($0.firstRead) } ?? .null]
    }
    let saved = reads.map { reads in
      [PromptCaching.Lifetime.fiveMinutes, .oneHour].map { lifetime in
        point.saving(after: reads, for: lifetime).map { percent($0.saved, of: $0.of) } ?? .null
      }
    }
    return [.text(model)] + multiples + points + [real(point.pingsForHour)] + (saved ?? [])
  }

  private func real(_ ratio: Ratio?) -> Value {
    ratio.map { quotient(Int128($0.numerator), over: Int128($0.denominator)) } ?? .null
  }
}
