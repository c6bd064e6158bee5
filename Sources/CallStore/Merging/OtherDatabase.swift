import GRDB
import UsageLog

/// What another machine's database says, in this one's codes.
final class OtherDatabase {
  private let db: Database
  private let path: String
  private let calls: Statement
  private let alias: Statement
  private let tellings: StoredTellings
  private let merge: CallMerge
  /// Codes of its names here, by its codes.
  private var names: [Int64: Int64] = [:]
  /// Its price books' ids here, by its ids.
  private var books: [Int64: Int64] = [:]
  /// Its logs' ids here, by its ids.
  private var sources: [Int64: Int64] = [:]

  init(_ db: Database, path: String) throws {
    self.db = db
    self.path = path
    let columns = CallColumn.allCases.map(\.name).joined(separator: ", ")
    calls = try Statement("SELECT \(columns) FROM call ORDER BY hour, identity", on: db)
    alias = try Statement(
      "SELECT MIN(alias) FROM call_alias WHERE hour = ?1 AND identity = ?2", on: db)
    tellings = try StoredTellings(db)
    let name = try Statement("SELECT text FROM name WHERE id = ?1", on: db)
    merge = CallMerge { code in
      name.bind(0, code)
      defer { name.reset() }
      return try name.next() ? name.text(0) : nil
    }
  }

  // MARK: - Names and logs

  /// Gives its names codes of this database.
  func learnNames(_ here: inout NameTable) throws {
    let known = try Row.fetchAll(db, sql: "SELECT id, text FROM name")
    for row in known { names[row[0]] = here.code(row[1] as String) }
  }

  /// Takes its price books over: what its calls cost was reckoned with them.
  func learnPrices(in here: StoredPrices) throws {
    let prices = StoredPrices(db)
    for (id, usedAt) in try prices.books() {
      books[id] = try here.keep(prices.book(id), at: usedAt)
    }
  }

  /// Hands over its texts with many values, whose codes are the same everywhere, some thousand at a time.
  func eachLongNames(_ body: ([(Int64, String)]) throws -> Void) throws {
    let select = try Statement("SELECT code, text FROM long_name", on: db)
    var names: [(Int64, String)] = []
    while try select.next() {
      if let code = select.int(0), let text = select.text(1) { names.append((code, text)) }
      if names.count == ImportBatch.callLimit {
        try body(names)
        names.removeAll(keepingCapacity: true)
      }
    }
    if !names.isEmpty { try body(names) }
  }

  /// Gives its logs ids of this database: the same ones whenever it is merged.
  ///
  /// What it says of our own logs is what we once told it: we know better.
  ///
  /// - Parameter label: for logs that have none.
  /// - Returns: the ids here of all its logs but our own.
  func learnLogs(in here: Database, label: String) throws -> [Int64] {
    let ours = try String.fetchOne(here, sql: "SELECT uuid FROM origin WHERE id = 0")
    guard try String.fetchOne(db, sql: "SELECT uuid FROM origin WHERE id = 0") != ours else {
      throw StoreError.sameDatabase(path)
    }
    let logs = try Row.fetchAll(
      db,
      sql: """
        SELECT l.id, o.uuid, CASE WHEN l.origin = 0 THEN l.id ELSE l.origin_log END, l.path, l.format,
          l.label, CASE WHEN l.origin = 0 THEN ?1 ELSE o.path END
        FROM log_file AS l JOIN origin AS o ON o.id = l.origin ORDER BY l.id
        """, arguments: [path])
    var others: [Int64] = []
    for log in logs {
      let uuid: String = log[1]
      if uuid == ours { continue }
      let own: String = log[5]
      let id = try idHere(
        of: log, origin: origin(uuid, log[6], here), label: own.isEmpty ? label : own, here)
      sources[log[0]] = id
      others.append(id)
    }
    return others
  }

  private func origin(_ uuid: String, _ path: String, _ here: Database) throws -> Int64 {
    try here.execute(
      sql: "INSERT INTO origin (uuid, path) VALUES (?, ?) ON CONFLICT (uuid) DO NOTHING",
      arguments: [uuid, path])
    return try Int64.fetchOne(
      here, sql: "SELECT id FROM origin WHERE uuid = ?", arguments: [uuid]) ?? 0
  }

  private func idHere(
    of log: Row, origin: Int64, label: String, _ here: Database
  ) throws -> Int64 {
    let own: Int64 = log[2]
    let path: String = log[3]
    let format: String = log[4]
    try here.execute(
      sql: """
        INSERT INTO log_file (path, format, device, inode, size_bytes, modified_ns, committed_offset,
          committed_lines, head_bytes, head_hash, tail_bytes, tail_hash, label, origin, origin_log)
        VALUES (?1, ?2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?3, ?4, ?5)
        ON CONFLICT (origin, origin_log) WHERE origin <> 0 DO UPDATE SET format = ?2
        """, arguments: [path, format, label, origin, own])
    return try Int64.fetchOne(
      here, sql: "SELECT id FROM log_file WHERE origin = ? AND origin_log = ?",
      arguments: [origin, own]) ?? 0
  }

  // MARK: - Calls

  /// Hands over what each of its logs tells of each of its calls, some thousand rows at a time.
  func eachBatch(importID: Int64, _ body: (CodedCalls) throws -> Void) throws {
    var out = CodedCalls()
    var memory = CodedCalls()
    while try calls.next() {
      memory.removeAll()
      let call = memory.append(reading: calls)
      let key = CallKey(hour: memory[call, .hour], identity: memory[call, .identity])
      var told = try tellings.load(key, call: call, into: &memory).current
      if told.isEmpty { told = [Telling(ofItself: call, in: &memory)] }
      let clues = try self.clues(of: call, key, memory)
      for source in Set(told.map(\.source)).sorted() where sources[source] != nil {
        let own = told.filter { $0.source == source }
        let row = try out.append(copying: 0, of: folded(own, memory))
        translate(&out, row, own[0], importID: importID)
        if own.count == told.count {
          out[row, .costNanos] = memory[call, .costNanos]
          out[row, .listCostNanos] = memory[call, .listCostNanos]
          out[row, .priceBook] = books[memory[call, .priceBook]] ?? CodedCalls.null
        }
        out.set(row, clues)
      }
      if out.count >= ImportBatch.callLimit {
        try body(out)
        out.removeAll()
      }
    }
    if !out.isEmpty { try body(out) }
  }

  private func folded(_ told: [Telling], _ memory: CodedCalls) throws -> CodedCalls {
    var pair = CodedCalls()
    _ = pair.append(copying: told[0].row, of: memory)
    for telling in told.dropFirst() {
      _ = pair.append(copying: telling.row, of: memory)
      _ = try merge.merge(&pair)
      pair.removeLast()
    }
    return pair
  }

  private func clues(of call: Int, _ key: CallKey, _ memory: CodedCalls) throws -> IdentityClues {
    var clues = IdentityClues()
    let isHidden = memory[call, .kind] != CodedCalls.null
    guard isHidden || memory.bytes(call, .requestID) != nil else { return clues }
    if isHidden || memory.bytes(call, .messageID) != nil {
      alias.bind(0, key.hour)
      alias.bind(1, key.identity)
      defer { alias.reset() }
      if try alias.next() { clues.alias = alias.int(0).map { UInt64(bitPattern: $0) } }
    }
    clues.isRequest = clues.alias == nil && memory.bytes(call, .messageID) == nil
    return clues
  }

  private func translate(
    _ rows: inout CodedCalls, _ row: Int, _ telling: Telling, importID: Int64
  ) {
    for column in CallColumn.named where rows[row, column] != CodedCalls.null {
      rows[row, column] = names[rows[row, column]] ?? CodedCalls.null
    }
    rows[row, .source] = sources[telling.source] ?? 0
    rows[row, .sourceLine] = telling.line
    rows[row, .importID] = importID
  }

  // MARK: - Buckets

  /// The aggregates that count in it, but for those of our own logs.
  func buckets() throws -> [ImportBatch.Bucket] {
    try StoredBuckets.current(db).compactMap { bucket in
      guard let source = sources[bucket.source] else { return nil }
      var bucket = bucket
      bucket.source = source
      return bucket
    }
  }
}
