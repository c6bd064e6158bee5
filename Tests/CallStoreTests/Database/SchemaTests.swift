import Foundation
import GRDB
import Testing
import UsageLog

@testable import CallStore

/// The schema as it stands, and what it refuses.
@Suite struct SchemaTests {
  private let desk: Desk

  init() throws {
    desk = try Desk()
    try desk.load("app.jsonl", [answer("msg_01", ["cache_create_tokens": 50])])
  }

  // MARK: - Migrations

  @Test func `every migration file is registered, in order`() throws {
    let files = try FileManager.default
      .contentsOfDirectory(atPath: Sample.top.appendingPathComponent("migrations").path)
      .filter { $0.hasSuffix(".sql") && !$0.hasSuffix(".clickhouse.sql") }.sorted()
    #expect(Migrations.all.map { $0.name + ".sql" } == files)
    for (name, sql) in Migrations.all {
      let file = Sample.top.appendingPathComponent("migrations/\(name).sql")
      #expect(try Data(contentsOf: file) == Data(sql), "\(name): embedded is what the folder has")
    }
  }

  /// A landed migration has run on users' databases: change the schema with a new one.
  @Test func `landed migrations are never edited`() throws {
    let landed = Sample.top.appendingPathComponent("Tests/CallStoreTests/Database/landed.txt")
    let now = Migrations.all.map { name, sql in
      let hash = sql.withUnsafeBufferPointer { contentHash($0) }
      return "\(name) \(String(hash, radix: 16))"
    }
    try rewriteIfAsked(landed, now.joined(separator: "\n") + "\n")
    let known = try String(contentsOf: landed, encoding: .utf8).split(separator: "\n")
    #expect(now == known.map(String.init))
  }

  @Test func `the schema is the one written down`() throws {
    let file = Sample.top.appendingPathComponent("Tests/CallStoreTests/Database/schema.sql")
    let schema = try desk.rows(
      """
      SELECT sql FROM sqlite_master
      WHERE sql IS NOT NULL AND name NOT LIKE 'grdb%' ORDER BY type = 'view', type, name
      """
    ).map { ($0[0] ?? "") + ";\n" }.joined(separator: "\n")
    try rewriteIfAsked(file, schema)
    #expect(try String(contentsOf: file, encoding: .utf8) == schema)
  }

  /// `FORENSICS_WRITE_SCHEMA=1 swift test --filter SchemaTests`, after a migration was added.
  private func rewriteIfAsked(_ file: URL, _ text: String) throws {
    guard ProcessInfo.processInfo.environment["FORENSICS_WRITE_SCHEMA"] == "1" else { return }
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  @Test func `opening an up-to-date database changes nothing`() throws {
    let before = try desk.list("SELECT identifier FROM grdb_migrations")
    _ = try desk.file.openForWriting()
    #expect(try desk.list("SELECT identifier FROM grdb_migrations") == before)
  }

  // MARK: - Columns

  @Test func `the import's columns are the table's`() throws {
    let columns = try desk.rows("SELECT name, type FROM pragma_table_info('call') ORDER BY cid")
    #expect(CallColumn.allCases.map(\.name) == columns.map { $0[0] })
    #expect(CallColumn.allCases.map { $0.isText ? "TEXT" : "INTEGER" } == columns.map { $0[1] })
    let decided = Set(CallColumn.billed + CallColumn.filled)
    let apart: Set<CallColumn> = [
      .hour, .identity, .occurredAt, .timeIsApproximate, .costNanos, .kind, .source, .sourceLine,
      .importID, .priceBook, .listCostNanos,
    ]
    #expect(decided.isDisjoint(with: apart))
    #expect(decided.union(apart) == Set(CallColumn.allCases), "merging decides on every column")
  }

  @Test func `the sums' columns are the table's`() throws {
    #expect(
      ["dimension", "grain", "bucket", "value"] + UsageAmount.summed.map(\.rawValue)
        == (try desk.rows("SELECT name FROM pragma_table_info('usage_sum') ORDER BY cid")
          .map { $0[0] }))
  }

  @Test func `llm_call has the articles' columns and those of decision 2`() throws {
    let columns = Set(
      try desk.rows("SELECT name FROM pragma_table_info('llm_call')").map { $0[0] ?? "" })
    let promised = """
      occurred_at request_id tenant_id feature deploy_sha model prompt_hash input_tokens \
      cache_create_tokens cache_read_tokens output_tokens cost_usd_micros status_code latency_ms \
      cost_usd_nanos cache_create_1h_tokens service_tier speed inference_geo channel region \
      web_search_requests stop_reason session_id user_id agent operation_id attempt parent_call kind \
      outcome workspace api_key max_tokens prefix_hash tool_hash ttft_ms logged_cost_usd_nanos \
      occurred_at_utc source_file source_line
      """
    #expect(Set(promised.split(separator: " ").map(String.init)).subtracting(columns) == [])
  }

  @Test(
    arguments: [
      (0, 0), (499, 0), (500, 0), (501, 1), (1499, 1), (1500, 2), (1501, 2), (2499, 2), (2500, 2),
      (2501, 3), (34_153_703_195, 34_153_703), (9_223_372_036_854_774_500, 9_223_372_036_854_774),
    ] as [(Int64, Int64)])
  func `micro-dollars are nano-dollars rounded half-even`(nanos: Int64, micros: Int64) throws {
    try desk.file.openForWriting().write {
      try $0.execute(sql: "UPDATE call SET cost_usd_nanos = ?", arguments: [nanos])
    }
    #expect(try desk.number("SELECT cost_usd_micros FROM llm_call") == micros)
  }

  @Test func `an unpriced call has no micro-dollars either`() throws {
    try desk.load("other.jsonl", [answer("msg_02", ["model": "claude-opus-6-preview"])])
    #expect(
      try desk.list(
        "SELECT cost_usd_micros, cost_usd_nanos FROM llm_call WHERE message_id='msg_02'")
        == "NULL NULL")
  }

  // MARK: - Refusals

  @Test func `every table is strict`() throws {
    let loose = """
      SELECT name FROM pragma_table_list
      WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
      """
    #expect(try desk.list(loose) == "grdb_migrations")
  }

  @Test(arguments: [
    "call SET occurred_at = 5", "call SET occurred_at = 4102444800001",
    "call SET time_is_approximate = 0", "call SET input_tokens = -1",
    "call SET input_tokens = 1000000001", "call SET input_tokens = 'many'",
    "call SET input_tokens = 1.5", "call SET cache_create_tokens = -1",
    "call SET cache_create_1h_tokens = 51", "call SET cache_read_tokens = -1",
    "call SET output_tokens = -1", "call SET web_search_requests = -1",
    "call SET cost_usd_nanos = -1", "call SET logged_cost_usd_nanos = -1",
    "call SET status_code = 99", "call SET status_code = 600", "call SET latency_ms = -1",
    "call SET latency_ms = 86400001", "call SET ttft_ms = -1", "call SET attempt = -1",
    "call SET max_tokens = -1", "call SET hour = NULL", "call SET identity = NULL",
    "call SET row_version = NULL", "call SET source = NULL", "call SET source_line = NULL",
    "name SET text = ''", "name SET text = NULL", "log_file SET committed_offset = -1",
    "log_file SET head_bytes = 4097", "import SET records = records + 1",
    "import SET inserted = 7", "usage_sum SET grain = 2", "usage_sum SET calls = NULL",
  ]) func `a bad value is refused`(change: String) throws {
    let error = #expect(throws: DatabaseError.self) {
      try desk.file.openForWriting().write { try $0.execute(sql: "UPDATE \(change)") }
    }
    #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(change)")
  }

  @Test(arguments: [
    "('', 1, 2, 1, '', 0)", "('cost_report', 2, 2, 1, '', 0)",
    "('cost_report', 1, 2, NULL, '', 0)", "('cost_report', 1, 2, 1, NULL, 0)",
  ]) func `a bad bucket is refused`(values: String) throws {
    let error = #expect(throws: DatabaseError.self) {
      try desk.file.openForWriting().write {
        try $0.execute(
          sql: """
            INSERT INTO bucket_telling
              (report, starting_at, ending_at, key, grouped_by, fetched_at, source, source_line,
               import, is_current)
            SELECT column1, column2, column3, column4, column5, column6, 1, 1, 1, 1 FROM (VALUES \(values))
            """)
      }
    }
    #expect(error?.resultCode == .SQLITE_CONSTRAINT)
  }
}
