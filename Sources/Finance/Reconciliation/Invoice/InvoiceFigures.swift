import CallStore
import UsageLog

extension Invoice {
  /// Whether each line has a day of its own.
  var tellsDays: Bool { !rows.contains { $0.day == nil } }

  /// What it says of these days; lines without a day are of the whole period.
  func within(_ days: Set<CivilDate>) -> Invoice {
    var invoice = self
    invoice.rows.removeAll { row in row.day.map { !days.contains($0) } ?? false }
    let others = rows.count - invoice.rows.count
    if others > 0 {
      invoice.remarks.append("\(others) lines of \(name) are of other days: left out")
    }
    return invoice
  }

  /// The bill as the two reports that it stands for; usage only where it counts tokens of every model.
  ///
  /// - Parameter days: the UTC days of the window. A bill tells of all of them.
  func figures(
    _ days: Set<CivilDate>, _ rates: DayRates, _ book: PriceBook
  ) -> (usage: ProviderFigures<ReportedUsage>?, costs: ProviderFigures<ReportedCost>) {
    var usage = ProviderFigures<ReportedUsage>(name: name)
    var costs = ProviderFigures<ReportedCost>(name: name)
    let first = days.min()
    for row in rows {
      let day = tellsDays ? row.day : first
      let model = row.model.map(book.catalogue.snapshot(of:))
      let terms = Self.terms(row, model, day, rates)
      costs.rows.append(
        ReportedCost(
          day: tellsDays ? day : nil, model: model, workspace: row.workspace, terms: terms,
          charge: row.reportedCharge, amount: row.amount, rounding: row.rounding))
      if let day, let tokens = row.tokens, let tokenClass = row.tokenClass {
        usage.rows.append(
          ReportedUsage(
            day: day, model: model, workspace: row.workspace, terms: terms,
            tokenClass: tokenClass, count: tokens))
      }
    }
    costs.days = tellsDays ? days : Set([first].compactMap(\.self))
    usage.days = costs.days
    costs.groupings = [tellsDays ? "lines by day" : "lines of the whole period": costs.days.count]
    usage.groupings = costs.groupings
    let counted = rows.filter { $0.tokenClass != nil }
    let isCounted =
      !counted.isEmpty && counted.allSatisfy { $0.tokens != nil && $0.model != nil }
      && !rows.contains { $0.charge == .open }
    return (isCounted ? usage : nil, costs)
  }

  private static func terms(
    _ row: InvoiceRow, _ model: String?, _ day: CivilDate?, _ rates: DayRates
  ) -> KnownTerms {
    var terms = KnownTerms()
    guard row.tokenClass != nil else { return terms }
    terms.tier = row.isBatch ? "batch" : PriceTerms.standard
    terms.speed = row.isFast ? "fast" : PriceTerms.standard
    terms.geography = row.geography
    if let model, let day, rates.hasLongPrompts(model, on: day) { return terms }
    terms.isLong = false
    return terms
  }
}

extension InvoiceRow {
  var tokenClass: TokenClass? {
    guard case .tokens(let tokens) = charge else { return nil }
    return switch tokens {
    case .input: .input
    case .cacheWrite5m: .cacheWrite5m
    case .cacheWrite1h: .cacheWrite1h
    case .cacheRead: .cacheRead
    case .output: .output
    }
  }

  fileprivate var reportedCharge: ReportedCost.Charge {
    switch charge {
    case .tokens: tokenClass.map { .tokens($0) } ?? .open
    case .webSearch: .webSearch
    case .codeExecution: .codeExecution
    case .tax: .tax
    case .credit: .credit
    case .other(let name): .other(name)
    case .open: .open
    }
  }
}
