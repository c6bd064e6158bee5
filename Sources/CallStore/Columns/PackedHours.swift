import GRDB

/// The writing side of `call_part` and `call_column`: packs calls as they are stored, forgets an hour
/// whose calls changed, and packs such hours anew at the end.
final class PackedHours {
  private let db: Database
  private let nextPart: Statement
  private let insertPart: Statement
  private let insertColumn: Statement
  private let deleteParts: Statement
  private let deleteColumns: Statement
  private let stored: StoredHours
  /// Stored since the last commit, by hour.
  private var pending: [ColumnPart] = []
  private var used = 0
  private var places: [Int64: Int] = [:]
  private var last: (hour: Int64, place: Int) = (-1, 0)
  /// Hours whose parts no longer tell their calls: nothing is added to them before they are packed anew.
  private var stale: Set<Int64> = []
  private var dictionary = CodeSlots()

  /// Beyond so many parts an hour is packed anew, as one.
  private static let partLimit = 16

  /// With its key just short of what SQLite keeps within a page of 16 KiB: longer rows spill into pages of
  /// their own, half empty on average.
  private static let chunkBytes = 4032

  init(_ db: Database) throws {
    self.db = db
    nextPart = try Statement(
      "SELECT COALESCE(MAX(part), -1) + 1 FROM call_part WHERE hour = ?1", on: db)
    insertPart = try Statement("INSERT INTO call_part VALUES (?1, ?2, ?3)", on: db)
    insertColumn = try Statement(
      "INSERT OR REPLACE INTO call_column VALUES (?1, ?2, ?3, ?4, ?5)", on: db)
    deleteParts = try Statement("DELETE FROM call_part WHERE hour = ?1", on: db)
    deleteColumns = try Statement("DELETE FROM call_column WHERE hour = ?1", on: db)
    stored = try StoredHours(db)
  }

  /// Takes note of a call that was not there before.
  @inline(__always)
  func add(_ calls: CodedCalls, _ row: Int) {
    let hour = calls[row, .hour]
    if last.hour != hour { last = (hour, place(of: hour)) }
    guard last.place >= 0 else { return }
    pending[last.place].append(calls, row)
  }

  /// A stored call of this hour changed or went.
  func spoil(hour: Int64) {
    guard stale.insert(hour).inserted else { return }
    if let place = places[hour] { pending[place].removeAll() }
    places[hour] = -1
    last = (-1, 0)
  }

  /// Writes what is pending; to be called before each commit.
  func write() throws {
    for hour in stale where places[hour] == -1 { try forget(hour) }
    for (hour, place) in places.sorted(by: { $0.key < $1.key }) where place >= 0 {
      try store(pending[place], hour: hour)
    }
    for place in 0..<used { pending[place].removeAll() }
    used = 0
    places.removeAll(keepingCapacity: true)
    last = (-1, 0)
  }

  /// Hours whose parts do not add up to their calls, those that an interrupted import left behind included.
  ///
  /// By the sums' account of how many calls an hour holds; also hours that hold none any more.
  func staleHours() throws -> [Int64] {
    try Int64.fetchAll(
      db,
      sql: """
        SELECT bucket FROM usage_sum AS stored
        WHERE dimension = 0 AND grain = 1 AND (
          (SELECT SUM(calls) FROM call_part WHERE hour = bucket) IS NOT stored.calls + extra_calls
          OR (SELECT COUNT(*) FROM call_part WHERE hour = bucket) > \(Self.partLimit) + stored.calls / \(ColumnPart.callLimit))
        UNION ALL
        SELECT DISTINCT hour FROM call_part
        WHERE NOT EXISTS (
          SELECT 1 FROM usage_sum WHERE dimension = 0 AND grain = 1 AND bucket = hour)
        """)
  }

  private func place(of hour: Int64) -> Int {
    if let place = places[hour] { return place }
    if stale.contains(hour) { return -1 }
    if used == pending.count { pending.append(ColumnPart()) }
    places[hour] = used
    used += 1
    return used - 1
  }

  /// Packs an hour from its calls; returns how many they are.
  private func pack(_ hour: Int64) throws -> Int {
    var part = ColumnPart()
    var calls = 0
    try stored.eachBatch(of: hour) { batch in
      for row in 0..<batch.count { part.append(batch, row) }
      calls += batch.count
      if part.count >= ColumnPart.callLimit {
        try store(part, hour: hour)
        part.removeAll()
      }
    }
    try store(part, hour: hour)
    return calls
  }

  private func store(_ calls: ColumnPart, hour: Int64) throws {
    guard calls.count > 0 else { return }
    nextPart.bind(0, hour)
    guard try nextPart.next(), let part = nextPart.int(0) else { return }
    nextPart.reset()
    try insertPart.run([hour, part, Int64(calls.count)])
    for column in ScanColumn.allCases {
      guard let bytes = calls.packed(column, with: &dictionary) else { continue }
      try bytes.withUnsafeBytes { try store($0, hour: hour, part: part, column) }
    }
  }

  private func store(
    _ bytes: UnsafeRawBufferPointer, hour: Int64, part: Int64, _ column: ScanColumn
  ) throws {
    for start in stride(from: 0, to: bytes.count, by: Self.chunkBytes) {
      insertColumn.bind(0, hour)
      insertColumn.bind(1, part)
      insertColumn.bind(2, text: column.column.name)
      insertColumn.bind(3, Int64(start / Self.chunkBytes))
      let end = min(start + Self.chunkBytes, bytes.count)
      insertColumn.bind(4, blob: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      try insertColumn.run()
    }
  }

  /// Packs an hour anew, whatever was packed before.
  ///
  /// - Returns: how many calls it has.
  @discardableResult
  func repack(_ hour: Int64) throws -> Int {
    try forget(hour)
    stale.remove(hour)
    return try pack(hour)
  }

  private func forget(_ hour: Int64) throws {
    try deleteColumns.run([hour])
    try deleteParts.run([hour])
  }
}
