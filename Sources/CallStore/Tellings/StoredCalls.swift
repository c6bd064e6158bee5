import GRDB
import UsageLog

/// The table `call` as the import sees it: insert, and in the rare case that a call is already there, look,
/// change or move it.
struct StoredCalls {
  private let insertRow: Statement
  private let selectRow: Statement
  private let updateRow: Statement
  private let deleteRow: Statement
  private let selectName: Statement
  private let known: Known
  /// The calls column by column, which follow every change made here.
  let columns: PackedHours

  init(_ db: Database, pricing: CallPricing) throws {
    let names = CallColumn.allCases.map(\.name)
    let places = names.indices.map { "?\($0 + 1)" }
    insertRow = try Statement(
      """
      INSERT INTO call (\(names.joined(separator: ", "))) VALUES (\(places.joined(separator: ", ")))
      ON CONFLICT (hour, identity) DO NOTHING
      """, on: db)
    selectRow = try Statement(
      "SELECT \(names.joined(separator: ", ")) FROM call WHERE hour = ?1 AND identity = ?2", on: db)
    let changes = names.indices.dropFirst(2).map { "\(names[$0]) = ?\($0 + 1)" }
    updateRow = try Statement(
      """
      UPDATE call SET \(changes.joined(separator: ", ")) WHERE hour = ?1 AND identity = ?2
      """, on: db)
    deleteRow = try Statement("DELETE FROM call WHERE hour = ?1 AND identity = ?2", on: db)
    selectName = try Statement("SELECT text FROM name WHERE id = ?1", on: db)
    known = Known(pricing)
    columns = try PackedHours(db)
  }

  /// False if a call of this hour and identity is there already.
  @inline(__always)
  func insert(_ rows: CodedCalls, _ row: Int) throws -> Bool {
    guard try run(insertRow, rows, row) == 1 else { return false }
    columns.add(rows, row)
    return true
  }

  func update(_ rows: CodedCalls, _ row: Int) throws {
    _ = try run(updateRow, rows, row)
    columns.spoil(hour: rows[row, .hour])
  }

  func delete(hour: Int64, identity: Int64) throws {
    try deleteRow.run([hour, identity])
    columns.spoil(hour: hour)
  }

  /// Copies the stored call into `rows`, as a new row; false if there is none.
  func load(hour: Int64, identity: Int64, into rows: inout CodedCalls) throws -> Bool {
    selectRow.bind(0, hour)
    selectRow.bind(1, identity)
    guard try selectRow.next() else { return false }
    _ = rows.append(reading: selectRow)
    selectRow.reset()
    return true
  }

  /// Prices a row from its own columns.
  func price(_ rows: inout CodedCalls, _ row: Int) throws {
    try known.pricing.price(&rows, row, name: name)
  }

  /// What a row costs, from its own columns.
  func cost(of rows: CodedCalls, _ row: Int) throws -> CallCost {
    try known.pricing.cost(of: rows, row, name: name)
  }

  /// The model as it was logged.
  func model(of rows: CodedCalls, _ row: Int) throws -> String? {
    let raw = rows[row, .modelRaw]
    let code = raw == CodedCalls.null ? rows[row, .model] : raw
    return code == CodedCalls.null ? nil : try name(code)
  }

  func name(_ code: Int64?) throws -> String? {
    guard let code else { return nil }
    if let known = known.names[code] { return known }
    selectName.bind(0, code)
    guard try selectName.next() else { return nil }
    defer { selectName.reset() }
    let name = selectName.text(0)
    known.names[code] = name
    return name
  }

  /// Names that calls were priced by, of which there are few, and the prices found for them.
  private final class Known {
    var names: [Int64: String] = [:]
    var pricing: CallPricing

    init(_ pricing: CallPricing) { self.pricing = pricing }
  }

  private func run(_ statement: Statement, _ rows: CodedCalls, _ row: Int) throws -> Int {
    try rows.text.withUnsafeBufferPointer { text in
      for column in CallColumn.allCases {
        let value = rows[row, column]
        guard value != CodedCalls.null else { continue }
        if let range = rows.range(row, column) {
          statement.bind(column.rawValue, text: UnsafeBufferPointer(rebasing: text[range]))
        } else {
          statement.bind(column.rawValue, value)
        }
      }
      return try statement.run()
    }
  }
}
