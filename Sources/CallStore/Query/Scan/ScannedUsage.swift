import GRDB

/// The temporary table that a scan's rows are put into, for a recipe to read as part of `selected_usage`.
enum ScannedUsage {
  static let table = "temp.scanned_usage"

  /// Scans, and fills the table anew.
  static func fill(_ request: ScanRequest, with scan: UsageScan, on db: Database) throws {
    let amounts = request.amounts.map(\.rawValue).joined(separator: ", ")
    try db.execute(
      sql: """
        DROP TABLE IF EXISTS \(table);
        CREATE TABLE \(table) (occurred_at, value, \(amounts));
        """)
    let places = (1...(request.amounts.count + 2)).map { "?\($0)" }.joined(separator: ", ")
    let insert = try Statement("INSERT INTO \(table) VALUES (\(places))", on: db)
    try scan.run(request) { occurredAt, code, amounts in
      insert.bind(0, occurredAt)
      if let code { insert.bind(1, code) }
      for (index, amount) in amounts.enumerated() { insert.bind(index + 2, amount) }
      try insert.run()
    }
  }
}
