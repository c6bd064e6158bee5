import Foundation

/// Five days at the help desk as careless logs tell them: late, twice, in part, without a time.
struct RandomLines {
  var dice: Dice
  /// 2026-11-01T00:00:00Z.
  static let start: Int64 = 1_793_491_200_000
  static let span: Int64 = 5 * 86_400_000

  init(seed: UInt64) { dice = Dice(seed) }

  /// So many tellings, of fewer calls.
  mutating func lines(_ count: Int) -> [String] {
    (0..<count).map { _ in line(among: max(1, count / 2)) }
  }

  private mutating func line(among calls: Int) -> String {
    let number = Int.random(in: 0..<calls, using: &dice)
    // A call's facts depend on its number alone, what a telling knows of them does not.
    var facts = Dice(UInt64(number) + 1)
    let moment = Self.start + Int64.random(in: 0..<Self.span, using: &facts)
    let full = Int.random(in: 1...900, using: &facts)
    let id = number % 7 == 0 ? nil : "msg_\(number)"
    let isPartial = id != nil && Int.random(in: 0..<4, using: &dice) == 0
    var record: [String: Any] = [
      "model": pick(["claude-sonnet-4-6", "claude-haiku-4-5", "claude-opus-6-preview"], &facts),
      "input_tokens": Int.random(in: 0...5000, using: &facts),
      "cache_create_tokens": 400, "cache_create_1h_tokens": Int.random(in: 0...400, using: &facts),
      "cache_read_tokens": Int.random(in: 0...9000, using: &facts),
      "output_tokens": isPartial ? 1 : full,
    ]
    let statuses = [200, 200, 200, 429, 529, 400]
    for (key, value) in [
      ("tenant_id", pick(["alder-bank", "brisk-parcel", "cobalt-air", nil], &facts)),
      ("feature", pick(["triage", "tagging", "o'clock", nil], &facts)),
      ("deploy_sha", pick(["3f9a1c7e", "77aa01bc", nil], &facts)),
      (
        "prompt_hash",
        pick(["85bce1e35ceab3e9", "0000000000000000", "ticket-summary", nil], &facts)
      ),
      ("channel", pick(["anthropic", "bedrock", nil], &facts)),
      ("workspace", pick(["support", nil], &facts)),
      ("user_id", pick(["ana", "ben", nil], &facts)),
      ("session_id", pick(["s-1", "s-2", nil], &facts)),
    ] where value != nil && (id == nil || Int.random(in: 0..<5, using: &dice) > 0) {
      record[key] = value
    }
    record["status_code"] = pick(statuses, &facts)
    // A commitment covers it.
    if number % 5 == 1 { record["service_tier"] = "priority" }
    if Bool.random(using: &facts) {
      record["latency_ms"] = Int.random(in: 0...9000, using: &facts)
    }
    addRarer(to: &record, number)
    guard let id else {
      record["occurred_at"] = moment
      return json(record)
    }
    if Int.random(in: 0..<9, using: &dice) == 0 {
      return response(
        id, ["output_tokens": isPartial ? 1 : full, "input_tokens": record["input_tokens"] ?? 0],
        ["model": record["model"] ?? ""])
    }
    record["request_id"] = id
    record["occurred_at"] = moment
    return json(record)
  }

  /// What few logs tell, and the same for every telling of a call.
  private func addRarer(to record: inout [String: Any], _ number: Int) {
    var facts = Dice(UInt64(number) &+ 7_000_000)
    for (key, value) in [
      ("agent", pick(["triage-bot", "reviewer", nil], &facts)),
      ("operation_id", pick(["op-1", "op-2", "op-3", nil], &facts)),
      ("prefix_hash", pick(["p-handbook", "p-tools", nil, nil], &facts)),
      ("tool_hash", pick(["t-lookup", nil], &facts)),
      ("stop_reason", pick(["end_turn", "max_tokens", nil], &facts)),
      ("outcome", pick(["success", "failure", nil], &facts)),
    ] where value != nil { record[key] = value }
    for (key, numbers) in [
      ("attempt", 1...3), ("max_tokens", 1000...1003), ("ttft_ms", 10...800),
    ] where Bool.random(using: &facts) {
      record[key] = Int.random(in: numbers, using: &facts)
    }
  }

  private func pick<Value>(_ values: [Value], _ dice: inout Dice) -> Value {
    values[Int.random(in: 0..<values.count, using: &dice)]
  }
}
