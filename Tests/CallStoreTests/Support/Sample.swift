import Foundation
import Tables
import Testing

@testable import CallStore

/// The made-up company's logs (sample-data/README.md), and what the oracle made of them.
enum Sample {
  static let top = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let logs = [
    "app-calls.jsonl", "calls.csv", "llm_call.tsv", "messages.jsonl", "tracker.jsonl",
    "wrapped-responses.jsonl.gz", "admin-usage-report.json", "admin-cost-report.json",
  ].map { top.appendingPathComponent("sample-data/\($0)").path }

  /// All of it loaded, for tests that only look.
  static let desk: Result<Desk, any Error> = Result {
    let desk = try Desk()
    try desk.load(logs)
    atexit { forgetSample() }
    return desk
  }

  static func recipe(_ name: String) throws -> Recipe {
    let file = top.appendingPathComponent("queries/\(name).sql")
    return try Recipe(name: name, text: String(contentsOf: file, encoding: .utf8))
  }

  /// What Tests/Oracle computed from the raw logs, in Python and by itself.
  struct Expected: Decodable {
    struct Coverage: Decodable, Equatable {
      var calls: Int64
      var extra_calls: Int64
      var priced_calls: Int64
      var unpriced_models: [String]
      var calls_without_prompt_hash: Int64
      var calls_without_tenant: Int64
    }

    struct Recipe<Row: Decodable>: Decodable {
      var since: Int64
      var until: Int64
      var coverage: Coverage
      var rows: [Row]
    }

    struct Prompt: Decodable {
      var prompt_hash: String
      var n_calls: Int64
      var total_usd_nanos: Int64?
      var avg_ms: Double?
      var first_seen: Int64
      var last_seen: Int64
      var retry_storm: Bool
    }

    struct Tenant: Decodable {
      var tenant_id: String?
      var this_week_usd_nanos: Int64
      var last_week_usd_nanos: Int64
      var pct_change: Double?
    }

    struct Feature: Decodable {
      var feature: String?
      var reads: Int64
      var writes: Int64
      var fresh: Int64
      var cache_hit_pct: Double?
    }

    struct Recipes: Decodable {
      var topPrompts: Recipe<Prompt>
      var tenantTrend: Recipe<Tenant>
      var cacheHitRatio: Recipe<Feature>

      enum CodingKeys: String, CodingKey {
        case topPrompts = "top-prompts"
        case tenantTrend = "tenant-trend"
        case cacheHitRatio = "cache-hit-ratio"
      }
    }

    var as_of: Int64
    var newest_call: Int64
    var coverage: Coverage
    var totals: [String: Int64]
    var recipes: Recipes
    /// By id, or by file and line.
    var cost_usd_nanos: [String: Int64?]
  }

  static func expected() throws -> Expected {
    let file = top.appendingPathComponent("Tests/Oracle/sample-data.expected.json")
    return try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file))
  }
}

private func forgetSample() { try? Sample.desk.get().remove() }

/// Random, but the same every time.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// Runs of a property: few for everybody, more where FORENSICS_TEST_RUNS says so.
func runs(_ few: Int) -> ClosedRange<UInt64> {
  let more = ProcessInfo.processInfo.environment["FORENSICS_TEST_RUNS"].flatMap { Int($0) }
  return 1...UInt64(max(few, more ?? 0))
}
