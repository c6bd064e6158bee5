import GRDB
import UsageLog

/// Computes what calls cost anew, with the prices in use now, those of an earlier day, or others.
///
/// All of it is one transaction: calls, sums and the record of it move together or not at all. What
/// was told of a call does not change; what moves in a closed period becomes an adjustment to it.
package struct Repricing {
  package struct Request: Sendable {
    /// UTC milliseconds, half-open; nil is open.
    package var since: Int64?
    package var until: Int64?
    /// Prices beside the program's and the database's.
    package var prices = PriceSettings()
    /// The book that was in use at this instant, instead of the one in use now.
    package var pricesAsOf: Int64?
    package var isDryRun = false
    package var waits = false
    /// UTC milliseconds.
    package var now: Int64 = 0
    /// As it was asked for, for the record.
    package var described = ""

    package init() {}
  }

  private let file: DatabaseFile

  package init(_ file: DatabaseFile) { self.file = file }

  /// - Parameter review: sees what moves before it is written for good; what it throws keeps all as it was.
  /// - Throws: `StoreError.noBookThen` where nothing was priced before the day asked for, or `.locked`.
  @discardableResult
  package func run(
    _ request: Request, review: (RepricingReport) throws -> Void = { _ in }
  ) throws -> RepricingReport {
    try file.writeAlone(waits: request.waits) { db in
      var report = RepricingReport()
      var books: CallBooks?
      try db.inTransaction {
        let pricing = try pricing(request, db)
        let opened = try CallBooks(db, pricing: pricing, at: request.now)
        books = opened
        report = try reprice(request, opened, db)
        report.book = pricing.prices.id
        try review(report)
        if request.isDryRun { return .rollback }
        opened.sums.addDays()
        try StoredSums(db).write(opened.sums)
        try opened.calls.columns.write()
        try record(report, request, bookID: pricing.bookID, db)
        return .commit
      }
      guard !request.isDryRun, let columns = books?.calls.columns else { return report }
      for hour in try columns.staleHours() {
        try db.inTransaction {
          _ = try columns.repack(hour)
          return .commit
        }
      }
      return report
    }
  }

  private func pricing(_ request: Request, _ db: Database) throws -> CallPricing {
    let stored = StoredPrices(db)
    guard let instant = request.pricesAsOf else {
      return try stored.pricing(request.prices, at: request.now)
    }
    guard let id = try stored.bookUsed(at: instant) else { throw StoreError.noBookThen }
    return CallPricing(try stored.book(id), bookID: id)
  }

  private func reprice(
    _ request: Request, _ books: CallBooks, _ db: Database
  ) throws -> RepricingReport {
    let calls = try RepricedCalls(db, books: books)
    let closed = try ClosedPeriods(db)
    let hours = try StoredHours(db)
    let span = (request.since ?? .min)..<(request.until ?? .max)
    var tally = RepricingTally { try books.calls.name($0) }
    var report = RepricingReport()
    var last = request.since.map { floor($0, hourLength) - 1 } ?? .min
    while let hour = try hours.hour(after: last) {
      last = hour
      if hour * hourLength >= span.upperBound { break }
      let changed = try calls.changed(in: hour, within: span) { report.calls += 1 }
      for call in changed where call.isDearerOrCheaper {
        try tally.add(call)
        if closed.period(of: call.occurredAt) != nil { report.closedCalls += 1 }
      }
      if !request.isDryRun { try calls.write(changed, of: hour) }
    }
    report.changes = tally.sorted
    return report
  }

  private func record(
    _ report: RepricingReport, _ request: Request, bookID: Int64, _ db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO repricing (repriced_at, price_book, since, until, described, calls, changed_calls,
          closed_calls)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        request.now, bookID, request.since, request.until, request.described, report.calls,
        report.changedCalls, report.closedCalls,
      ])
    let id = db.lastInsertedRowID
    for change in report.changes {
      try db.execute(
        sql: "INSERT INTO repricing_change VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          id, change.month, change.model, change.calls, change.newlyPriced, change.noLongerPriced,
          change.costNanosBefore, change.costNanosAfter,
        ])
    }
  }
}
