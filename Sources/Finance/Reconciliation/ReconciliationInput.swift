package import CallStore
package import UsageLog

/// What a reconciliation is made from.
package struct ReconciliationInput: Sendable {
  /// By model, channel and workspace, over whole UTC days cut at the window's edges.
  package var ledger: SpendLedger
  /// What is asked for, in UTC milliseconds.
  package var window: Range<Int64>
  /// Current buckets of usage and of cost, from one report each.
  package var usage: [ReportedBucket] = []
  package var costs: [ReportedBucket] = []
  /// Held against the report of cost; where there is none, it stands for both.
  package var invoice: Invoice?
  package var book: PriceBook
  /// Whose calls they are: `anthropic`, `bedrock` and the like.
  package var channel: String

  package init(
    ledger: SpendLedger, window: Range<Int64>, book: PriceBook, channel: String = "anthropic"
  ) {
    self.ledger = ledger
    self.window = window
    self.book = book
    self.channel = channel
  }

  /// The ledger that reconciling a window needs: the UTC days that it touches, cut at its edges.
  package static func query(_ window: Range<Int64>) -> LedgerQuery {
    let first = CivilDate(ofUTC: window.lowerBound)
    let last = CivilDate(ofUTC: max(window.lowerBound, window.upperBound - 1))
    let days = (first.dayNumber...last.dayNumber).map { CivilDate(dayNumber: $0).startOfUTC }
    let edges = [window.lowerBound, window.upperBound].filter { $0 < last.endOfUTC }
    return LedgerQuery(
      dayStarts: Set(days + edges).sorted(), until: last.endOfUTC,
      by: [.model, .channel, .workspace])
  }

  /// What usage is read from, the best first.
  package static let usageReports: [UsageBucket.Report] = [.usage, .analyticsUsage, .consoleUsage]
  package static let costReports: [UsageBucket.Report] = [.cost, .analyticsCost, .consoleCost]
}

extension CallDatabase {
  /// Reconciles a window with what the database holds of the provider's reports.
  ///
  /// - Parameters:
  ///   - usage: the report to take; nil for the first that tells of most days.
  ///   - cost: likewise.
  ///   - invoice: what the reports are held against, or what counts where there are none.
  package func reconciliation(
    of window: Range<Int64>, prices: PriceSettings, book: PriceBook,
    usage: UsageBucket.Report? = nil, cost: UsageBucket.Report? = nil, invoice: Invoice? = nil,
    channel: String = "anthropic"
  ) throws -> Reconciliation {
    let query = ReconciliationInput.query(window)
    var input = ReconciliationInput(
      ledger: try ledger(query, prices: prices), window: window, book: book, channel: channel)
    let days = query.since..<query.until
    input.invoice = invoice
    // The reports are Anthropic's own.
    if channel == "anthropic" {
      let usages = try reportedBuckets(
        of: usage.map { [$0] } ?? ReconciliationInput.usageReports, in: days)
      let costs = try reportedBuckets(
        of: cost.map { [$0] } ?? ReconciliationInput.costReports, in: days)
      input.costs = Self.fullest(costs)
      input.usage = Self.fullest(usages)
    }
    return Reconciliation(input)
  }

  /// The report that tells of the most days; of equals the first.
  private static func fullest(_ buckets: [ReportedBucket]) -> [ReportedBucket] {
    var best: (days: Int, rows: [ReportedBucket]) = (0, [])
    for report in ReconciliationInput.usageReports + ReconciliationInput.costReports {
      let rows = buckets.filter { $0.report == report }
      let days = Set(rows.map { CivilDate(ofUTC: $0.startingAt) }).count
      if days > best.days { best = (days, rows) }
    }
    return best.rows
  }
}
