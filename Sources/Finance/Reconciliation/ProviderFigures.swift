import CallStore
import UsageLog

/// Tokens of one class that a provider reports.
struct ReportedUsage {
  var day: CivilDate
  var model: String?
  var workspace: String?
  var terms: KnownTerms
  var tokenClass: TokenClass
  var count: Int64
}

/// An amount that a provider reports.
struct ReportedCost {
  enum Charge: Hashable {
    case tokens(TokenClass), webSearch, codeExecution, tax, credit
    case other(String)
    /// The report does not say what for.
    case open
  }

  /// nil where an invoice tells only of the whole period.
  var day: CivilDate?
  var model: String?
  var workspace: String?
  var terms: KnownTerms
  var charge: Charge
  var amount: ExactDollars
  /// How far its rounding may be off.
  var rounding: ExactDollars
}

/// What a provider says, from the one report that was chosen for it.
struct ProviderFigures<Row> {
  /// As reports are called: `cost_report`.
  var name: String
  var rows: [Row] = []
  /// The days that it tells of.
  var days: Set<CivilDate> = []
  /// Fetched before the day's figures were complete.
  var provisional: Set<CivilDate> = []
  /// What its rows are told apart by, and on how many days.
  var groupings: [String: Int] = [:]
  var longBuckets = 0
  var otherCurrencies: Set<String> = []

  /// Takes over the choice of each day.
  fileprivate init(
    _ report: UsageBucket.Report, _ buckets: [ReportedBucket],
    rows: (CivilDate, [ReportedBucket]) -> [Row]
  ) {
    name = report.rawValue
    let choice = ReportChoice(buckets)
    longBuckets = choice.longBuckets
    for (day, buckets) in choice.days.sorted(by: { $0.key < $1.key }) {
      days.insert(day)
      if buckets.contains(where: { $0.fetchedAt < day.endOfUTC + Self.revision(report) }) {
        provisional.insert(day)
      }
      groupings[Self.grouping(buckets), default: 0] += 1
      self.rows += rows(day, buckets)
    }
  }

  init(name: String) { self.name = name }

  /// For how long after a day's end its figures may still change.
  private static func revision(_ report: UsageBucket.Report) -> Int64 {
    switch report {
    // By the vendor's word.
    case .analyticsUsage, .analyticsCost: 30 * 86_400_000
    // Data appears within about five minutes, by the vendor's word; an hour is on the safe side.
    default: 3_600_000
    }
  }

  private static func grouping(_ buckets: [ReportedBucket]) -> String {
    let names = buckets.first?.groupedBy.map(\.rawValue).sorted() ?? []
    let widths = Set(buckets.map { ($0.endingAt - $0.startingAt) / 3_600_000 }).sorted()
    let width = widths.map { $0 == 24 ? "1d" : $0 == 0 ? "1m" : "\($0)h" }.joined(separator: "+")
    return "\(width) by \(names.isEmpty ? "nothing" : names.joined(separator: ", "))"
  }
}

extension ProviderFigures where Row == ReportedUsage {
  init(
    _ report: UsageBucket.Report, _ buckets: [ReportedBucket], _ rates: DayRates, _ book: PriceBook
  ) {
    self.init(report, buckets) { day, buckets in
      buckets.flatMap { bucket in
        let model = bucket.model(in: book)
        let usage = bucket.usage
        let counts: [(TokenClass, Int64)] = [
          (.input, usage.input), (.cacheWrite5m, usage.cacheWrite5m),
          (.cacheWrite1h, usage.cacheWrite1h), (.cacheRead, usage.cacheRead),
          (.output, usage.output), (.webSearch, usage.webSearches),
        ]
        return counts.filter { $0.1 > 0 }.map { tokenClass, count in
          ReportedUsage(
            day: day, model: model, workspace: bucket.workspace,
            terms: bucket.terms(model, day, rates), tokenClass: tokenClass, count: count)
        }
      }
    }
  }
}

extension ProviderFigures where Row == ReportedCost {
  init(
    _ report: UsageBucket.Report, _ buckets: [ReportedBucket], _ rates: DayRates, _ book: PriceBook
  ) {
    let known = buckets.filter { ($0.currency ?? "USD").uppercased() == "USD" }
    self.init(report, known) { day, buckets in
      buckets.compactMap { bucket in
        guard let amount = bucket.dollars else { return nil }
        let model = bucket.model(in: book)
        return ReportedCost(
          day: day, model: model, workspace: bucket.workspace,
          terms: bucket.terms(model, day, rates), charge: bucket.charge, amount: amount,
          rounding: ExactDollars(
            attos: report == .consoleCost ? 5_000_000_000_000_000 : 500_000_000))
      }
    }
    otherCurrencies = Set(buckets.compactMap(\.currency)).subtracting(["USD", "usd"])
  }
}

extension ReportedBucket {
  fileprivate var workspace: String? { dimensions[.workspaceID] ?? dimensions[.workspace] }

  /// The id; of a display name that no price book knows, what an id of that name would be.
  fileprivate func model(in book: PriceBook) -> String? {
    dimensions[.model].map { name in
      book.catalogue.snapshot(
        of: isDisplayName(name)
          ? name.lowercased().replacing(" ", with: "-").replacing(".", with: "-") : name)
    }
  }

  fileprivate func terms(_ model: String?, _ day: CivilDate, _ rates: DayRates) -> KnownTerms {
    var terms = KnownTerms()
    if groupedBy.contains(.serviceTier) { terms.tier = PriceTerms.tier(dimensions[.serviceTier]) }
    if groupedBy.contains(.inferenceGeo) {
      terms.geography = PriceTerms.geography(dimensions[.inferenceGeo])
    }
    if groupedBy.contains(.speed) {
      terms.speed = PriceTerms.speed(dimensions[.speed])
    } else if dimensions[.description]?.lowercased().contains("fast") == true {
      terms.speed = "fast"
    }
    if let model, rates.hasLongPrompts(model, on: day) {
      if groupedBy.contains(.contextWindow) {
        terms.isLong = dimensions[.contextWindow] == "200k-1M"
      }
    } else {
      terms.isLong = false
    }
    return terms
  }

  fileprivate var charge: ReportedCost.Charge {
    switch dimensions[.costType] {
    case nil: Self.tokenClasses[dimensions[.tokenType] ?? ""].map { .tokens($0) } ?? .open
    case "tokens": Self.tokenClasses[dimensions[.tokenType] ?? ""].map { .tokens($0) } ?? .open
    case "web_search": .webSearch
    case "code_execution": .codeExecution
    case let other?: .other(other)
    }
  }

  private static let tokenClasses: [String: TokenClass] = [
    "uncached_input_tokens": .input, "cache_read_input_tokens": .cacheRead,
    "cache_creation.ephemeral_5m_input_tokens": .cacheWrite5m,
    "cache_creation.ephemeral_1h_input_tokens": .cacheWrite1h, "output_tokens": .output,
  ]
}
