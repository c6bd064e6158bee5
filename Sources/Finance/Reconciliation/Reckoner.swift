import CallStore
import UsageLog

extension Reconciliation {
  /// Pure: the same input gives the same bridge.
  package init(_ input: ReconciliationInput) {
    var reports = input
    let days = Set(input.ledger.query.dayStarts.map(CivilDate.init(ofUTC:)))
    reports.invoice = input.invoice?.within(days)
    let invoice = reports.invoice
    // A bill is held against the report, where there is one; else it stands for it.
    if !input.costs.isEmpty { reports.invoice = nil }
    var reckoner = Reckoner(reports)
    reckoner.run()
    self = reckoner.result
    if reports.invoice == nil, let invoice { goOn(to: invoice) }
  }
}

/// Holds every class of tokens of every day on three sides against each other, and posts what it finds.
struct Reckoner {
  var result = Reconciliation()
  let input: ReconciliationInput
  let rates: DayRates
  let usage: ProviderFigures<ReportedUsage>?
  let costs: ProviderFigures<ReportedCost>
  let figures: [CallFigure]
  /// What all sides tell apart.
  let keepsDay: Bool
  let keepsModel: Bool
  let keepsWorkspace: Bool
  let keepsClass: Bool
  let covered: Set<CivilDate>

  init(_ input: ReconciliationInput) {
    self.input = input
    let rates = DayRates(input.book, channel: input.channel)
    self.rates = rates
    let starts = input.ledger.query.dayStarts
    // A bill of the whole period: its days are one.
    let only = input.invoice.flatMap {
      $0.tellsDays ? nil : starts.first.map(CivilDate.init(ofUTC:))
    }
    figures = input.ledger.entries.map { entry in
      let start = starts[entry.day]
      return CallFigure(
        entry, day: only ?? CivilDate(ofUTC: start), isInside: input.window.contains(start),
        channel: input.channel, rates, input.book)
    }
    let days = Set(starts.map(CivilDate.init(ofUTC:)))
    if let invoice = input.invoice {
      (usage, costs) = invoice.figures(days, rates, input.book)
    } else {
      let reported = input.usage.first.map {
        ProviderFigures<ReportedUsage>($0.report, input.usage, rates, input.book)
      }
      usage = reported.flatMap { $0.rows.contains { $0.model == nil } ? nil : $0 }
      costs = ProviderFigures<ReportedCost>(
        input.costs.first?.report ?? .cost, input.costs, rates, input.book)
    }
    covered = costs.days
    let plain = costs.rows.filter { $0.charge.isForCalls }
    keepsDay = !costs.rows.contains { $0.day == nil }
    keepsModel = !plain.contains { $0.charge != .webSearch && $0.model == nil }
    keepsClass = !plain.contains { $0.charge == .open }
    keepsWorkspace = Self.sharesWorkspaces(
      figures.filter(\.isOfChannel), usage: usage?.rows, costs: plain)
  }

  /// Whether calls and reports call the workspaces the same; calls that name none may be of any.
  private static func sharesWorkspaces(
    _ figures: [CallFigure], usage: [ReportedUsage]?, costs: [ReportedCost]
  ) -> Bool {
    let own = Set(figures.map(\.workspace))
    let reported = [usage.map { Set($0.map(\.workspace)) }, Set(costs.map(\.workspace))]
      .compactMap(\.self).filter { !$0.isEmpty }
    guard !own.subtracting([nil]).isEmpty, !reported.isEmpty else { return false }
    return reported.allSatisfy { names in
      !names.subtracting([nil]).isDisjoint(with: own) && (!own.contains(nil) || names.contains(nil))
    }
  }

  mutating func run() {
    postCalls()
    postProvider()
    matchTokens()
    matchOthers()
    tell()
  }

  /// The finest place that all sides know.
  func place(
    _ day: CivilDate?, _ model: String?, _ workspace: String?, _ tokenClass: String?
  ) -> Reconciliation.Place {
    Reconciliation.Place(
      day: keepsDay ? day : nil, model: keepsModel ? model : nil,
      workspace: keepsWorkspace ? workspace : nil, tokenClass: keepsClass ? tokenClass : nil)
  }

  func place(_ key: MatchKey) -> Reconciliation.Place {
    place(key.day, key.model, key.workspace, key.tokenClass.rawValue)
  }

  // MARK: - The two totals

  private mutating func postCalls() {
    for adjustment in input.ledger.adjustments {
      let amount = ExactDollars(nanos: adjustment.calls.storedNanos)
      result.post(.calls, amount, at: Reconciliation.Place())
      result.post(.residual(.adjustments), -amount, at: Reconciliation.Place())
    }
    for figure in figures {
      let whole = place(figure.day, figure.model, figure.workspace, nil)
      let isCovered = covered.contains(figure.day)
      guard figure.isInside else {
        guard figure.isOfChannel, isCovered else { continue }
        for (tokenClass, part) in figure.parts {
          result.post(
            .residual(.boundaryDay), part.amount, tokens: part.tokens,
            at: place(figure, tokenClass))
        }
        continue
      }
      result.callCount += figure.calls
      var exact = ExactDollars.zero
      for (tokenClass, part) in figure.parts {
        result.post(.calls, part.amount, tokens: part.tokens, at: place(figure, tokenClass))
        exact += part.amount
      }
      result.post(.calls, figure.stored - exact, at: whole)
      result.post(.residual(.rounding), exact - figure.reckoned, at: whole)
      result.post(.residual(.storedCosts), figure.reckoned - figure.stored, at: whole)
      if !figure.isOfChannel || !isCovered {
        for (tokenClass, part) in figure.parts {
          result.post(
            .residual(figure.isOfChannel ? .uncoveredDays : .otherChannels), -part.amount,
            tokens: -part.tokens, at: place(figure, tokenClass))
        }
      }
    }
  }

  private func place(_ figure: CallFigure, _ tokenClass: TokenClass) -> Reconciliation.Place {
    // Reports tell of searches without their models.
    place(
      figure.day, tokenClass == .webSearch && figure.isOfChannel ? nil : figure.model,
      figure.workspace, tokenClass.rawValue)
  }

  private mutating func postProvider() {
    for row in costs.rows {
      result.post(.provider, row.amount, at: place(of: row))
    }
  }

  func place(of row: ReportedCost) -> Reconciliation.Place {
    place(row.day, row.charge == .webSearch ? nil : row.model, row.workspace, row.charge.name)
  }
}
