import CallStore

extension ReportedCost.Charge {
  /// What a call's log could have, had it been complete.
  var isForCalls: Bool {
    switch self {
    case .tokens, .webSearch, .open: true
    case .codeExecution, .tax, .credit, .other: false
    }
  }

  var isTokens: Bool { if case .tokens = self { true } else { false } }

  /// As a place has it; nil for what is not told apart.
  var name: String? {
    switch self {
    case .tokens(let tokenClass): tokenClass.rawValue
    case .webSearch: "web_search"
    case .codeExecution: "code_execution"
    case .tax: "tax"
    case .credit: "credit"
    case .other(let name): name
    case .open: nil
    }
  }
}

/// What a reader has to know of how it was reckoned.
extension Reckoner {
  mutating func tell() {
    if let usage { result.sources.append(source("usage", usage)) }
    result.sources.append(source("cost", costs))
    var remarks: [String] = []
    if costs.rows.isEmpty { remarks.append("there is no report of cost in this period") }
    if usage == nil, !costs.rows.isEmpty {
      remarks.append(
        "no usage report by model: tokens are what the amounts stand for at that day's rates")
    }
    let long = costs.longBuckets + (usage?.longBuckets ?? 0)
    if long > 0 {
      remarks.append(
        "\(long) buckets reach over a UTC day's end and were left out: ask for days (bucket_width=1d)"
      )
    }
    for currency in costs.otherCurrencies.sorted() {
      remarks.append("amounts in \(currency) were left out: the calls are priced in USD")
    }
    let withoutUsage = callsWithoutUsage
    if withoutUsage > 0 {
      remarks.append(
        "\(withoutUsage) calls log no usage: what the provider counts for them stands under missing calls"
      )
    }
    remarks += untold
    result.remarks = remarks
  }

  private func source<Row>(_ side: String, _ figures: ProviderFigures<Row>) -> Reconciliation.Source
  {
    Reconciliation.Source(
      side: side, report: figures.name, days: figures.days.count, groupings: figures.groupings,
      provisional: figures.provisional.sorted())
  }

  var callsWithoutUsage: Int64 {
    figures.filter { $0.isInside && $0.isOfChannel }.reduce(0) { $0 + $1.withoutUsage }
  }

  /// What the sides do not share, so that it cannot be compared.
  var untold: [String] {
    guard !costs.rows.isEmpty else { return input.invoice?.remarks ?? [] }
    var untold = input.invoice?.remarks ?? []
    if !keepsDay {
      untold.append("the bill does not tell days apart: the period is compared as one")
    }
    if !keepsModel { untold.append("the report does not tell models apart") }
    if !keepsClass {
      untold.append(
        "the report does not say what its amounts are for: ask for group_by description")
    }
    if !keepsWorkspace {
      untold.append(
        "calls and reports do not name the same workspaces: all of them are compared as one")
    }
    return untold
  }
}
