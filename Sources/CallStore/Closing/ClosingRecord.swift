import GRDB

/// One closing as it stands in the books: what was closed, by whom, and what came to be known of it since.
package struct ClosingRecord: Equatable, Sendable {
  package var id: Int64
  package var period: String
  package var timezone: String
  /// UTC milliseconds.
  package var window: Range<Int64>
  package var closedAt: Int64
  package var closedBy: String
  package var version: String
  package var catalogue: String
  /// Of its own calls, without what of earlier periods is dated into it.
  package var calls: Int64
  package var costNanos: Int64
  package var hash: String
  package var files: Int64
  package var reopened: Reopening?
  /// Of earlier periods, dated into it.
  package var datedIn = Adjusted()
  /// Of its own calls, dated into later periods.
  package var since = Adjusted()

  package struct Reopening: Equatable, Sendable {
    package var at: Int64
    package var by: String
    package var why: String
  }

  /// What adjustments come to.
  package struct Adjusted: Equatable, Sendable {
    package var rows: Int64 = 0
    package var calls: Int64 = 0
    package var costNanos: Int64 = 0
    /// Where the first and the last of them are dated; nil where there are none.
    package var firstAt: Int64?
    package var lastAt: Int64?
  }

  package var isClosed: Bool { reopened == nil }
}

/// The closings of a database.
struct StoredClosings {
  let db: Database

  init(_ db: Database) { self.db = db }

  /// By the periods' beginnings; of one period the newest last.
  ///
  /// Without what adjustments come to.
  func records() throws -> [ClosingRecord] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT *, (SELECT COUNT(*) FROM issued_file WHERE closing = closing.id) AS files
        FROM closing ORDER BY starting_at, id
        """
    ).map(record)
  }

  /// The same with what adjustments come to, for which all of them are read once.
  func withAdjustments() throws -> [ClosingRecord] {
    let since = try Row.fetchAll(
      db, sql: "SELECT \(Self.sums), closing FROM adjustment GROUP BY closing"
    ).reduce(into: [Int64: ClosingRecord.Adjusted]()) { $0[$1["closing"]] = Self.adjusted($1) }
    return try records().map { record in
      guard record.isClosed else { return record }
      var record = record
      record.since = since[record.id] ?? record.since
      record.datedIn =
        try Row.fetchOne(
          db, sql: "SELECT \(Self.sums) FROM adjustment WHERE booked_at >= ? AND booked_at < ?",
          arguments: [record.window.lowerBound, record.window.upperBound]
        ).map(Self.adjusted) ?? record.datedIn
      return record
    }
  }

  /// What a name means among them: a closed period, else the newest closing of that name, else a closing's number.
  ///
  /// - Throws: `ClosingError.notClosed`.
  func named(_ name: String) throws -> ClosingRecord {
    let known = try records()
    let named = known.filter { $0.period == name }
    if let found = named.first(where: \.isClosed) ?? named.last { return found }
    if let found = known.first(where: { String($0.id) == name }) { return found }
    throw ClosingError.notClosed(name, closed: known.filter(\.isClosed).map(\.period))
  }

  /// - Throws: `ClosingError.notClosed`, also where it was opened again.
  func closed(_ period: String) throws -> ClosingRecord {
    let closed = try withAdjustments().filter(\.isClosed)
    guard let found = closed.first(where: { $0.period == period }) else {
      throw ClosingError.notClosed(period, closed: closed.map(\.period))
    }
    return found
  }

  private func record(_ row: Row) -> ClosingRecord {
    var record = ClosingRecord(
      id: row["id"], period: row["period"], timezone: row["timezone"],
      window: (row["starting_at"] as Int64)..<(row["ending_at"] as Int64),
      closedAt: row["closed_at"], closedBy: row["closed_by"], version: row["program_version"],
      catalogue: row["catalogue"], calls: row["calls"], costNanos: row["cost_usd_nanos"],
      hash: row["data_hash"], files: row["files"])
    if let at = row["reopened_at"] as Int64? {
      record.reopened = ClosingRecord.Reopening(
        at: at, by: row["reopened_by"], why: row["reopened_why"])
    }
    return record
  }

  private static let sums = """
    COUNT(*), COALESCE(SUM(sign * (kind IS NULL)), 0),
    COALESCE(SUM(sign * COALESCE(cost_usd_nanos, 0)), 0), MIN(booked_at), MAX(booked_at)
    """

  private static func adjusted(_ row: Row) -> ClosingRecord.Adjusted {
    ClosingRecord.Adjusted(
      rows: row[0], calls: row[1], costNanos: row[2], firstAt: row[3], lastAt: row[4])
  }
}
