import GRDB
import UsageLog

/// Closes a period: its figures and files are kept, and what becomes known of its calls afterwards is an
/// adjustment, dated into the next open period.
package struct PeriodClosing {
  package struct Request: Sendable {
    /// `2026-10`.
    package var period: String
    /// Whose days its edges are.
    package var timezone: String
    /// UTC milliseconds.
    package var window: Range<Int64>
    package var closedBy: String
    package var closedAt: Int64
    /// What "now" is for the question whether the period is over.
    package var asOf: Int64
    package var version = ""
    package var prices = PriceSettings()
    package var files = IssuedFiles()
    /// The hash of the ledger that the files were made from; nil where nothing is known of it.
    package var filesShow: String?
    package var allowsEmpty = false
    package var isDryRun = false
    package var waits = false

    /// - Parameter now: when it is closed, UTC milliseconds.
    package init(
      _ period: String, timezone: String = "UTC", window: Range<Int64>, by: String, at now: Int64
    ) {
      self.period = period
      self.timezone = timezone
      self.window = window
      closedBy = by
      closedAt = now
      asOf = now
    }
  }

  package struct Report: Equatable, Sendable {
    package var figures = LedgerFigures()
    package var doubts: [String] = []
  }

  private let file: DatabaseFile

  package init(_ file: DatabaseFile) { self.file = file }

  /// One transaction, while no import runs.
  ///
  /// - Parameter review: sees the figures before they are kept; what it throws keeps all as it was.
  /// - Throws: `ClosingError`; `StoreError.locked` while an import runs.
  @discardableResult
  package func run(
    _ request: Request, review: (Report) throws -> Void = { _ in }
  ) throws -> Report {
    guard request.window.upperBound <= request.asOf else {
      throw ClosingError.notOver(request.period, endingAt: request.window.upperBound)
    }
    return try file.writeAlone(waits: request.waits) { db in
      var report = Report()
      try db.inTransaction {
        try checkOverlap(request, db)
        report.figures = try LedgerText(db).figures(of: request.window)
        if let shown = request.filesShow, shown != report.figures.hash {
          throw ClosingError.changedMeanwhile(request.period)
        }
        report.doubts = try ClosingDoubts(request.window, db).sentences
        if !request.allowsEmpty, report.figures.calls == 0 {
          throw ClosingError.empty(request.period)
        }
        try review(report)
        if request.isDryRun { return .rollback }
        try keep(request, report.figures, db)
        return .commit
      }
      return report
    }
  }

  private func checkOverlap(_ request: Request, _ db: Database) throws {
    let other = try Row.fetchOne(
      db,
      sql: """
        SELECT period, starting_at, ending_at, closed_by FROM closing
        WHERE reopened_at IS NULL AND starting_at < ?2 AND ending_at > ?1 ORDER BY starting_at
        """, arguments: [request.window.lowerBound, request.window.upperBound])
    guard let other else { return }
    let period: String = other[0]
    guard period == request.period, other[1] == request.window.lowerBound,
      other[2] == request.window.upperBound
    else { throw ClosingError.overlaps(request.period, with: period) }
    throw ClosingError.closedAlready(period, by: other[3])
  }

  private func keep(_ request: Request, _ figures: LedgerFigures, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO closing (period, timezone, starting_at, ending_at, closed_at, closed_by,
          program_version, catalogue, calls, cost_usd_nanos, data_hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        request.period, request.timezone, request.window.lowerBound, request.window.upperBound,
        request.closedAt, request.closedBy, request.version,
        try StoredPrices(db).book(request.prices).id, figures.calls, figures.costNanos,
        figures.hash,
      ])
    let closing = db.lastInsertedRowID
    for file in request.files.files {
      try db.execute(
        sql:
          "INSERT INTO issued_file (closing, name, bytes, sha256, content) VALUES (?, ?, ?, ?, ?)",
        arguments: [closing, file.name, file.content.count, file.sha256, file.content])
    }
  }
}
