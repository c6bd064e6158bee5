import GRDB

/// The temporary table that a scan's rows are put into, for a recipe to read as part of `selected_usage`.
enum ScannedUsage {
  static let table = "temp.scanned_usage"

  /// Scans, and fills the table anew.
  static func fill(_ request: ScanRequest, with scan: UsageScan, on db: Database) throws {
    let columns = Self.columns(of: request)
    try db.execute(
      sql: """
        DROP TABLE IF EXISTS \(table);
        CREATE TABLE \(table) (\(columns.joined(separator: ", ")));
        """)
    let places = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
    let insert = try Statement("INSERT INTO \(table) VALUES (\(places))", on: db)
    try scan.run(request) { occurredAt, keys, amounts in
      insert.bind(0, occurredAt)
      for (place, value) in (keys + amounts).enumerated() where value != CodedCalls.null {
        insert.bind(place + 1, value)
      }
      try insert.run()
    }
  }

  static func columns(of request: ScanRequest) -> [String] {
    ["occurred_at"] + request.keys.indices.map { "key_\($0 + 1)" }
      + request.amounts.map(\.rawValue) + request.percentiles.map(\.column)
  }
}
