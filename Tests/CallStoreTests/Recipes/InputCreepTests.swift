import Tables
import Testing

@testable import CallStore

@Suite struct InputCreepTests {
  /// A day of calls for each prompt size; sizes within a day differ by ±2 %.
  private func days(
    _ sizes: [Int], growth: Int = 0,
    _ changes: (Int) -> [String: Any] = { _ in [:] }
  ) throws -> Planted {
    var lines: [String] = []
    for (day, size) in sizes.enumerated() {
      for number in 0..<30 + day * growth {
        var own: [String: Any] = ["input_tokens": size + size * (number % 5 - 2) / 100]
        own.merge(changes(day)) { $1 }
        lines.append(
          Planted.call(
            day * 1000 + number,
            at: Int64(day) * Planted.day + Planted.hour + Int64(number) * Planted.minute, own))
      }
    }
    return try Planted(lines)
  }

  private let step = Array(repeating: 1000, count: 7) + Array(repeating: 1300, count: 5)

  @Test func `a step is dated, blamed and priced`() throws {
    let planted = try days(step) { ["deploy_sha": $0 < 7 ? "3f9a1c7e" : "77aa01bc"] }
    let rows = try planted.rows("input-creep")
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    #expect(row["before_tokens"] == "1000")
    #expect(row["after_tokens"] == "1300")
    #expect(row["change_pct"] == "30.0")
    #expect(row["shape"] == "step")
    #expect(row["rose_at"] == "\(Planted.start + 7 * Planted.day)")
    #expect(row["by_deploy"] == "77aa01bc")
    // 300 tokens more in each of 150 calls, at $3 a million.
    #expect(row["extra_usd"] == "\(300 * 150 * 3000)")
    #expect(row["p95_before_tokens"] == "1020")
    #expect(row["trend"] == "▆▆▆▆▆▆▆█████")
    #expect(try planted.rows("input-creep", ["change": "31"]).isEmpty)
    #expect(try planted.rows("input-creep", ["days": "7"]).isEmpty)
    #expect(try planted.rows("input-creep", ["show": "days"]).count == 12)
  }

  @Test func `a step without a new deploy names none`() throws {
    let rows = try days(step).rows("input-creep")
    #expect(rows.map { $0["by_deploy"] } == ["NULL"])
  }

  @Test func `slow growth is gradual, and no deploy's`() throws {
    let sizes = (0..<14).map { 1000 + $0 * 60 }
    let rows = try days(sizes) { ["deploy_sha": "sha-\($0 / 3)"] }.rows("input-creep")
    #expect(rows.map { $0["shape"] } == ["gradual"])
    #expect(rows.map { $0["by_deploy"] } == ["NULL"])
  }

  @Test func `a ramp of six days between two levels is gradual, too`() throws {
    // As draft-reply in sample-data/faults: a sixth of the rise each day.
    let sizes =
      Array(repeating: 7000, count: 4) + [7600, 8300, 9050, 9750, 10450]
      + Array(repeating: 11_150, count: 5)
    let rows = try days(sizes) { ["deploy_sha": $0 < 4 ? "3f9a1c7e" : "77aa01bc"] }
      .rows("input-creep")
    #expect(rows.map { $0["shape"] } == ["gradual"])
    #expect(rows.map { $0["by_deploy"] } == ["NULL"])
    // One day between is still a step: the deploy came at noon.
    let noon = Array(repeating: 1000, count: 7) + [1160] + Array(repeating: 1300, count: 5)
    #expect(try days(noon).rows("input-creep").map { $0["shape"] } == ["step"])
  }

  @Test func `traffic, weekends, an odd day and noise are no creep`() throws {
    let healthy: [[Int]] = [
      Array(repeating: 1000, count: 14),
      // One odd day, in the middle and at the end.
      (0..<14).map { $0 == 6 ? 4000 : 1000 }, (0..<14).map { $0 == 13 ? 4000 : 1000 },
      // 1 November is a Sunday.
      (0..<14).map { $0 % 7 == 0 || $0 % 7 == 6 ? 1400 : 1000 },
      (0..<14).map { 1000 + ($0 * 37 % 11) * 40 },
    ]
    for sizes in healthy {
      #expect(try days(sizes).rows("input-creep").isEmpty, "\(sizes)")
    }
    #expect(
      try days(Array(repeating: 1000, count: 14), growth: 10).rows("input-creep").isEmpty)
  }

  @Test func `errors without tokens do not pull the median`() throws {
    let planted = try days(step) { $0 < 7 ? [:] : ["deploy_sha": "77aa01bc"] }
    let before = try planted.rows("input-creep")
    try planted.desk.load(
      "errors.jsonl",
      (0..<500).map {
        Planted.call(
          90_000 + $0, at: 8 * Planted.day + Int64($0) * 1000,
          ["status_code": 429, "input_tokens": 0, "output_tokens": 0])
      })
    #expect(try planted.rows("input-creep") == before)
  }
}
