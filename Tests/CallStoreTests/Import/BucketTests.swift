import Foundation
import Testing

@testable import CallStore

/// Pages of the vendor's own reports: kept apart from calls, the later telling replaces the earlier.
@Suite struct BucketTests {
  private static let hour: Int64 = 3_600_000

  /// One day of a usage report; a row each.
  private func usage(_ rows: [[String: Any]]) -> String {
    page(rows.map { ["uncached_input_tokens": 1000, "output_tokens": 200].merging($0) { $1 } })
  }

  private func cost(_ amount: String, _ row: [String: Any] = [:]) -> String {
    page([["amount": amount, "currency": "USD"].merging(row) { $1 }])
  }

  private func page(_ rows: [[String: Any]]) -> String {
    json([
      "data": [
        [
          "starting_at": "2026-11-03T00:00:00Z", "ending_at": "2026-11-04T00:00:00Z",
          "results": rows,
        ]
      ], "has_more": false,
    ])
  }

  private let tokens = "SELECT output_tokens, fetched_at FROM usage_bucket"

  @Test func `a bucket is no call`() throws {
    let desk = try Desk()
    let summary = try desk.load(
      "usage.json", [usage([["model": "claude-sonnet-4-6"], ["model": "claude-haiku-4-5"]])])
    #expect(summary.outcomes == [2, 2, 0, 0, 0, 0])
    #expect(summary.buckets == 2)
    #expect(try desk.number("SELECT COUNT(*) FROM call") == 0)
    #expect(try desk.number("SELECT COUNT(*) FROM usage_sum") == 0)
    #expect(try desk.list("SELECT grouped_by FROM usage_bucket LIMIT 1") == "model")
  }

  @Test func `a revised page replaces an older one, and an older one nothing`() throws {
    let desk = try Desk()
    let now = Desk.now
    try desk.load("a.json", [usage([["output_tokens": 200]])], touched: now)
    let revised = try desk.load(
      "b.json", [usage([["output_tokens": 230]])], touched: now + Self.hour)
    #expect(revised.outcomes == [1, 0, 1, 0, 0, 0])
    let late = try desk.load("c.json", [usage([["output_tokens": 100]])], touched: now - Self.hour)
    #expect(late.outcomes == [1, 0, 0, 1, 0, 0])
    #expect(try desk.list(tokens) == "230 \(now + Self.hour)")
  }

  @Test func `the same page again is a duplicate`() throws {
    let desk = try Desk()
    try desk.load("a.json", [usage([[:]])])
    #expect(try desk.load("a.json") { $0.rereads = true }.outcomes == [1, 0, 0, 1, 0, 0])
    #expect(try desk.load("copy.json", ["", usage([[:]])]).outcomes == [1, 0, 0, 1, 0, 0])
  }

  /// The last page fetched says what it said at first; one fetched in between arrives late.
  @Test func `a page that is confirmed later is as new as its confirmation`() throws {
    let desk = try Desk()
    let now = Desk.now
    try desk.load("a.json", [usage([["output_tokens": 200]])], touched: now)
    let confirmed = try desk.load(
      "c.json", ["", usage([["output_tokens": 200]])], touched: now + 2 * Self.hour)
    #expect(confirmed.outcomes == [1, 0, 0, 1, 0, 0])
    let between = try desk.load(
      "b.json", [usage([["output_tokens": 230]])], touched: now + Self.hour)
    #expect(between.outcomes == [1, 0, 0, 1, 0, 0])
    #expect(try desk.list(tokens) == "200 \(now + 2 * Self.hour)")
  }

  @Test func `a row that is gone from a later page does not stay`() throws {
    let desk = try Desk()
    try desk.load("a.json", [usage([["model": "m1"], ["model": "m2"]])])
    let later = try desk.load(
      "b.json", [usage([["model": "m1"], ["model": "m3"]])], touched: Desk.now + Self.hour)
    #expect(later.outcomes == [2, 1, 0, 1, 0, 0])
    #expect(try desk.list(models) == "m1 200, m3 200")
  }

  @Test func `an older page changes nothing, not even rows it has alone`() throws {
    let desk = try Desk()
    try desk.load("a.json", [usage([["model": "m1"], ["model": "m2"]])])
    let late = try desk.load(
      "b.json", [usage([["model": "m1"], ["model": "m3"]])], touched: Desk.now - Self.hour)
    #expect(late.outcomes == [2, 0, 0, 2, 0, 0])
    let coarser = try desk.load("c.json", [usage([[:]])], touched: Desk.now - Self.hour)
    #expect(coarser.outcomes == [1, 0, 0, 1, 0, 0])
    #expect(try desk.list(models) == "m1 200, m2 200")
  }

  @Test func `a finer page takes the place of a coarser one`() throws {
    let desk = try Desk()
    try desk.load("all.json", [usage([["output_tokens": 500]])])
    let finer = try desk.load("models.json", [usage([["model": "m1"], ["model": "m2"]])])
    #expect(finer.outcomes == [2, 2, 0, 0, 0, 0])
    #expect(try desk.list(models) == "m1 200, m2 200")
  }

  @Test func `flattened rows of one day stand on lines of their own`() throws {
    let desk = try Desk()
    let rows: [[String: Any]] = [["model": "m1"], ["model": "m2", "workspace_id": "w"]]
    let lines = rows.map { row in
      json(
        [
          "starting_at": "2026-11-03T00:00:00Z", "ending_at": "2026-11-04T00:00:00Z",
          "uncached_input_tokens": 1000, "output_tokens": 200,
        ].merging(row) { $1 })
    }
    #expect(try desk.load("flat.jsonl", lines).outcomes == [2, 2, 0, 0, 0, 0])
    let copy = try desk.load("copy.jsonl", [""] + lines, touched: Desk.now + Self.hour)
    #expect(copy.outcomes == [2, 0, 0, 2, 0, 0])
    #expect(try desk.list(models) == "m1 200, m2 200")
  }

  /// Rows of one day may stand on two pages, and a page on one line or on many.
  @Test func `a day that goes on in the next page is not replaced by it`() throws {
    let desk = try Desk()
    let pages = [["m1", "m2"], ["m3"]].map { models in
      json([
        "data": [
          [
            "date": "2026-11-03", "actor": ["email_address": "ada@lumendesk.example"],
            "core_metrics": ["num_sessions": 1],
            "model_breakdown": models.map {
              ["model": $0, "tokens": ["input": 1000, "output": 200]]
            },
          ]
        ], "has_more": false,
      ])
    }
    #expect(try desk.load("days.jsonl", pages).outcomes == [3, 3, 0, 0, 0, 0])
    #expect(try desk.list(models) == "m1 200, m2 200, m3 200")
    let later = try desk.load("again.jsonl", [pages[1]], touched: Desk.now + Self.hour)
    #expect(later.outcomes == [1, 0, 0, 1, 0, 0])
    #expect(try desk.list(models) == "m3 200")
  }

  @Test func `an export's rows of one day are one telling`() throws {
    let desk = try Desk()
    let header = "usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens"
    let rows = ["2026-11-03,m1,1000,200", "2026-11-03,m2,1000,200", "2026-11-03,m2,1000,200"]
    #expect(try desk.load("usage.csv", [header] + rows).outcomes == [3, 3, 0, 0, 0, 0])
    #expect(try desk.list(models) == "m1 200, m2 200, m2 200")
    let joined = [header] + rows + [header] + rows
    try desk.load("joined.csv", joined, touched: Desk.now + Self.hour)
    #expect(try desk.list(models) == "m1 200, m2 200, m2 200")
  }

  private let models = "SELECT model, output_tokens FROM usage_bucket ORDER BY 1"

  @Test func `a coarser page that is newer stands beside a finer one`() throws {
    let desk = try Desk()
    try desk.load(
      "by-model.json",
      [
        usage([
          ["model": "claude-sonnet-4-6", "output_tokens": 300],
          ["model": "claude-haiku-4-5", "output_tokens": 200],
        ])
      ])
    try desk.load("all.json", [usage([["output_tokens": 500]])], touched: Desk.now + Self.hour)
    #expect(
      try desk.list(
        "SELECT grouped_by, SUM(output_tokens) FROM usage_bucket GROUP BY 1 ORDER BY 1")
        == " 500, model 500")
  }

  @Test func `a null dimension is a value of its own`() throws {
    let desk = try Desk()
    let rows: [[String: Any]] = [
      ["workspace_id": NSNull(), "model": "m"], ["workspace_id": "", "model": "m"],
      ["workspace_id": "wrkspc_1", "model": "m"], ["workspace_id": "null", "model": "m"],
    ]
    #expect(try desk.load("usage.json", [usage(rows)]).inserted == 4)
    #expect(
      try desk.list("SELECT quote(workspace_id) FROM usage_bucket ORDER BY 1")
        == "'', 'null', 'wrkspc_1', NULL")
  }

  @Test(
    arguments: [
      ("0", 0), ("123.45", 1_234_500_000), ("0.00000015", 2), ("0.00000025", 2), ("0.0000001", 1),
      ("00123.78912000", 1_237_891_200), ("-50.5", -505_000_000),
    ] as [(String, Int64)])
  func `the amount is kept as it was written, beside its nano-dollars`(
    amount: String, nanos: Int64
  ) throws {
    let desk = try Desk()
    #expect(try desk.load("cost.json", [cost(amount)]).inserted == 1)
    #expect(
      try desk.list("SELECT amount, amount_usd_nanos, currency FROM usage_bucket")
        == "\(amount) \(nanos) USD")
  }

  @Test func `a page with a count beyond all measure is a reject`() throws {
    let desk = try Desk()
    let split: [String: Any] = [
      "ephemeral_5m_input_tokens": Int64.max, "ephemeral_1h_input_tokens": Int64.max,
    ]
    let summary = try desk.load(
      "usage.json", [usage([["cache_creation": split]]), usage([["model": "m"]])])
    #expect(summary.outcomes == [2, 1, 0, 0, 1, 0])
  }
}
