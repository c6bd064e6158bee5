import GRDB

/// The table `call_telling`: the tellings of calls that were told more than once.
struct StoredTellings {
  private let select: Statement
  private let insert: Statement
  private let delete: Statement
  private let countRows: Statement

  init(_ db: Database) throws {
    select = try Statement(
      """
      SELECT source, import, source_line, replaced_by, record FROM call_telling
      WHERE hour = ?1 AND identity = ?2
      """, on: db)
    insert = try Statement("INSERT INTO call_telling VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", on: db)
    delete = try Statement("DELETE FROM call_telling WHERE hour = ?1 AND identity = ?2", on: db)
    countRows = try Statement(
      "SELECT COUNT(*) FROM call_telling WHERE hour = ?1 AND identity = ?2", on: db)
  }

  /// The tellings of a call, their content added to `rows`; none for a call that was told once.
  ///
  /// - Parameter call: the row that holds the call; nil where it is not stored, because none of them counts.
  func load(_ key: CallKey, call: Int?, into rows: inout CodedCalls) throws -> [Telling] {
    var tellings: [Telling] = []
    select.bind(0, key.hour)
    select.bind(1, key.identity)
    while try select.next() {
      let row: Int
      if let record = select.blob(4) {
        row = try RecordBlob.unpack(record, into: &rows)
      } else if let call {
        row = rows.append(copying: call)
      } else {
        throw StoreError.sqlite("a telling has lost its call")
      }
      tellings.append(
        Telling(
          source: select.int(0) ?? 0, importID: select.int(1) ?? 0, line: select.int(2) ?? 0,
          replacedBy: select.int(3), row: row))
      rows[row, .identity] = key.identity
    }
    return tellings
  }

  /// How many are stored: none for a call that was told once.
  func count(_ key: CallKey) throws -> Int64 {
    countRows.bind(0, key.hour)
    countRows.bind(1, key.identity)
    guard try countRows.next() else { return 0 }
    defer { countRows.reset() }
    return countRows.int(0) ?? 0
  }

  func forget(_ key: CallKey) throws { try delete.run([key.hour, key.identity]) }

  /// Writes the tellings of a call that had none stored, or whose stored ones were forgotten.
  ///
  /// - Parameter call: the row that holds the call; nil where none of the tellings counts.
  func store(_ tellings: [Telling], of key: CallKey, call: Int?, in rows: CodedCalls) throws {
    if tellings.count == 1, tellings[0].counts { return }
    for telling in tellings { try add(telling, to: key, call: call, in: rows) }
  }

  /// Writes one more telling of a call.
  func add(_ telling: Telling, to key: CallKey, call: Int?, in rows: CodedCalls) throws {
    insert.bind(0, key.hour)
    insert.bind(1, key.identity)
    insert.bind(2, telling.source)
    insert.bind(3, telling.importID)
    insert.bind(4, telling.line)
    if let replacedBy = telling.replacedBy { insert.bind(5, replacedBy) }
    if let call, rows.saysTheSame(call, telling.row) {
      try insert.run()
      return
    }
    try RecordBlob.pack(rows, telling.row).withUnsafeBytes { bytes in
      insert.bind(6, blob: bytes)
      try insert.run()
    }
  }
}
