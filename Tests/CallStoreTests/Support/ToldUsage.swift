import Tables

@testable import CallStore

/// What selections should come to, added up naively from the calls as `llm_call` shows them.
struct ToldUsage {
  let desk: Desk
  let calls: [Told]

  /// A call as `llm_call` shows it.
  struct Told {
    var occurredAt: Int64
    var values: [Dimension: String]
    var amounts: [Int64]
  }

  init() throws {
    let desk = try Desk()
    var random = RandomLines(seed: 42)
    try desk.load("calls.jsonl", random.lines(260), touched: RandomLines.start + 3_600_000 * 30)
    try self.init(desk)
  }

  init(_ desk: Desk) throws {
    self.desk = desk
    calls = try Self.told(desk)
  }

  static func told(_ desk: Desk) throws -> [Told] {
    let columns = Dimension.allCases.map(\.column).joined(separator: ", ")
    let amounts = [
      "input_tokens", "cache_create_tokens", "cache_create_1h_tokens", "cache_read_tokens",
      "output_tokens", "web_search_requests", "cost_usd_nanos", "latency_ms", "list_cost_usd_nanos",
    ]
    let sql =
      "SELECT occurred_at, kind, \(columns), \(amounts.joined(separator: ", ")) FROM llm_call"
    return try desk.rows(sql).map { row in
      var values: [Dimension: String] = [:]
      for (dimension, value) in zip(Dimension.allCases, row[2...]) { values[dimension] = value }
      let given = row[(2 + Dimension.allCases.count)...].map { $0.flatMap { Int64($0) } }
      let isCall = row[1] == "call"
      let cost = given[6]
      let status = values[.status].flatMap { Int64($0) } ?? 0
      let flags: [Bool] = [
        isCall, !isCall, isCall && cost != nil, !isCall && cost != nil,
        given[0] == nil && cost == nil, status >= 400,
      ]
      let listed = given[8]
      let tokens = [0, 1, 3, 4].map { given[$0] ?? 0 }.reduce(0, +)
      let isCovered = cost == nil && listed != nil
      return Told(
        occurredAt: row[0].flatMap { Int64($0) } ?? 0, values: values,
        amounts: flags.map { $0 ? 1 : 0 } + given.dropLast().map { $0 ?? 0 } + [
          given[7] == nil ? 0 : 1, cost == nil && listed == nil ? tokens : 0, isCovered ? 1 : 0,
          isCovered ? listed ?? 0 : 0, listed ?? 0,
        ])
    }
  }

  func isSelected(_ call: Told, _ selection: Selection) -> Bool {
    guard call.occurredAt >= selection.since ?? 0, call.occurredAt < selection.until ?? Int64.max
    else { return false }
    return selection.filters.allSatisfy { dimension, values in
      values.contains { value in
        guard let own = call.values[dimension] else { return value == Selection.none }
        return own == value || (dimension == .status && value == "\(own.prefix(1))xx")
      }
    }
  }

  func expected(_ selection: Selection, by dimension: Dimension?) -> [String: [Int64]] {
    var groups: [String: [Int64]] = [:]
    for call in calls where isSelected(call, selection) {
      let key = dimension.map { call.values[$0] ?? Selection.none } ?? "all"
      let sum = groups[key] ?? Array(repeating: 0, count: call.amounts.count)
      groups[key] = zip(sum, call.amounts).map { $0 + $1 }
    }
    return groups
  }

  /// Both ways to an answer: sums and scanned columns, and the printed SQL over sums and rows.
  enum Way: CaseIterable { case scanned, printed }

  func rows(_ recipe: Recipe, _ selection: Selection, _ way: Way) throws -> [[Value]] {
    let database = try CallDatabase(desk.file)
    switch way {
    case .scanned: return try database.answer(recipe, over: selection, asOf: 0).table.rows
    case .printed:
      let statement = try RenderedRecipe(recipe, selection, arguments: [:], asOf: 0)
      return try database.query(statement.sql, statement.parameters).rows
    }
  }

  func groups(_ rows: [[Value]]) -> [String: [Int64]] {
    var groups: [String: [Int64]] = [:]
    for row in rows {
      let name = if case .text(let text) = row[0] { text } else { number(row[0]) }
      groups[name] = row.dropFirst().map { if case .integer(let sum) = $0 { sum } else { -1 } }
    }
    return groups
  }

  func whole(_ value: Value) -> Int64 {
    if case .integer(let number) = value { number } else { -1 }
  }

  func number(_ value: Value) -> String {
    if case .integer(let number) = value { "\(number)" } else { Selection.none }
  }

  func randomSelection(_ dice: inout Dice) -> Selection {
    let start = RandomLines.start
    var bounds = (0..<2).map { _ -> Int64? in
      let moment = start + Int64.random(in: -86_400_000...6 * 86_400_000, using: &dice)
      // Midnight in Kathmandu, Darwin and St. John's lies between the hours of UTC.
      let zone = [5 * 60 + 45, 9 * 60 + 30, -3 * 60 - 30].randomElement(using: &dice) ?? 0
      return switch Int.random(in: 0..<6, using: &dice) {
      case 5: moment / 86_400_000 * 86_400_000 - Int64(zone) * 60_000
      case 0: moment / 86_400_000 * 86_400_000
      case 1: moment / 3_600_000 * 3_600_000
      case 2: calls.randomElement(using: &dice)?.occurredAt
      case 3: nil
      default: moment
      }
    }
    if let since = bounds[0], let until = bounds[1], since > until { bounds.swapAt(0, 1) }
    var selection = Selection(since: bounds[0], until: bounds[1])
    for _ in 0..<Int.random(in: 0...2, using: &dice) {
      guard let dimension = Dimension.allCases.randomElement(using: &dice) else { continue }
      let known = Set(calls.map { $0.values[dimension] ?? Selection.none }).sorted()
      let more = dimension == .status ? ["4xx", "5xx", "200"] : ["nobody's"]
      selection.filters[dimension] = (0..<Int.random(in: 1...3, using: &dice)).compactMap { _ in
        (known + more).randomElement(using: &dice)
      }
    }
    return selection
  }
}
