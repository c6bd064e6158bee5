import ArgumentParser
import CallStore
import Tables
import UsageLog

/// `forensics prices unpriced`.
struct PricesUnpriced: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpriced",
    abstract: "Calls without a cost: which models, why, and the lines that would price them.",
    discussion: """
      Each line is a model as it was logged, with the reason that the prices in use give; priced-by-now \
      means that they know it, and 'forensics reprice' would fill it in. Below the table, or alone with \
      --yaml, stand overrides for forensics.yml with their amounts left open (USD per million tokens). A \
      same_as is a suggestion, behind a #. Calls that a commitment covers are not meant; hidden iterations \
      count as calls. Nothing is changed.
      """)

  @Flag(help: "Print only the overrides to fill in.") var yaml = false
  @OptionGroup(title: "Window (default: all calls)") var window: WindowOptions
  @OptionGroup(title: "Filters, repeatable") var filters: FilterOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Database and configuration") var place: PlaceOptions

  static let recipe = Recipe("unpriced", embedded: PackageResources.unpriced_sql)

  func run() throws {
    let settings = try place.settings()
    let (zoneName, zone) = try window.zone(settings)
    let database = try CallDatabase(DatabaseFile(path: settings.database.value))
    let now = try window.now(newest: database.newestCall(), zone: zone)
    var (since, until) = try window.bounds(
      now: now, zone: zone, standard: nil, standardOption: "--since")
    if window.until == nil, window.asOf == nil, since == nil { until = nil }
    var answer = try database.answer(
      Self.recipe, over: Selection(since: since, until: until, filters: try filters.chosen()),
      asOf: now, timezone: zoneName)
    let book = try settings.priceBook()
    let calls = UnpricedCalls(answer.table.rows, book: book)
    if yaml { return try writeYAML(calls) }
    let isForPeople = try output.isForPeople()
    answer.catalogue = book.id
    answer.table = isForPeople ? Self.short(calls.groups) : Self.full(calls.groups)
    answer.notes = notes(calls, isForPeople: isForPeople)
    try output.write(answer, format: output.chosenFormat(), zone: zone)
    if isForPeople, !calls.yaml.isEmpty {
      try Console.write("\n" + calls.yaml.map { $0 + "\n" }.joined())
    }
  }

  private func writeYAML(_ calls: UnpricedCalls) throws {
    try Console.write(calls.yaml.map { $0 + "\n" }.joined())
    for note in notes(calls, isForPeople: true) { Console.complain(note) }
  }

  private func notes(_ calls: UnpricedCalls, isForPeople: Bool) -> [String] {
    var notes: [String] = []
    var met: Set<UnpricedCalls.Finding> = []
    for finding in calls.groups.map(\.key.finding)
    where isForPeople && met.insert(finding).inserted {
      notes.append("\(finding.name): \(finding.what); \(finding.wayOut)")
    }
    if calls.callsWithoutUsage > 0 {
      notes.append(
        "\(counted(calls.callsWithoutUsage, "call")) without usage besides: their logs say no tokens, "
          + "so no price helps")
    }
    return notes
  }

  private typealias Selector = (name: String, value: (PriceConditions) -> String?)

  private static var selectors: [Selector] {
    [
      ("channel", \.channel), ("region", \.region), ("service_tier", \.serviceTier),
      ("speed", \.speed), ("inference_geo", \.inferenceGeo),
    ]
  }

  /// Only columns that say something; reasons are spelled out below.
  private static func short(_ groups: [UnpricedCalls.Group]) -> Tables.Table {
    let given = selectors.filter { selector in
      groups.contains { $0.key.conditions.flatMap(selector.value) != nil }
    }
    return table(groups, given, reasons: [("reason", \.name)], missing: .text(""))
  }

  private static func full(_ groups: [UnpricedCalls.Group]) -> Tables.Table {
    table(
      groups, selectors,
      reasons: [("reason", \.name), ("what", \.what), ("way_out", \.wayOut)], missing: .null)
  }

  private static func table(
    _ groups: [UnpricedCalls.Group], _ selectors: [Selector],
    reasons: [(String, (UnpricedCalls.Finding) -> String)], missing: Value
  ) -> Tables.Table {
    let columns =
      [Tables.Column.named("model")] + selectors.map { .named($0.name) }
      + [
        .named("calls", .count), .named("tokens", .tokens), .named("first_seen", .instant),
        .named("last_seen", .instant),
      ] + reasons.map { .named($0.0) }
    return Tables.Table(
      columns: columns,
      rows: groups.map { group in
        let conditions = group.key.conditions
        let model = conditions.map { Value.text($0.model) } ?? missing
        let selected = selectors.map { selector in
          conditions.flatMap(selector.value).map { Value.text($0) } ?? missing
        }
        return [model] + selected
          + [
            .integer(group.calls), .integer(group.tokens), .integer(group.first),
            .integer(group.last),
          ] + reasons.map { .text($0.1(group.key.finding)) }
      })
  }
}
