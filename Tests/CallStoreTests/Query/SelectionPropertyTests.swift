import Tables
import Testing

@testable import CallStore

/// Sums and calls give one answer: whatever the window, the filters and the grouping.
@Suite struct SelectionPropertyTests {
  private let told: ToldUsage

  init() throws { told = try ToldUsage() }

  private init(_ desk: Desk) throws { told = try ToldUsage(desk) }

  private func actual(
    _ selection: Selection, by dimension: Dimension?, _ way: ToldUsage.Way
  ) throws -> [String: [Int64]] {
    let key = dimension?.column ?? "'all'"
    let sums = UsageAmount.summed.map { "COALESCE(SUM(\($0.rawValue)), 0)" }
    let recipe = try Recipe(
      name: "usage",
      text: """
        \(dimension.map { "-- @usage \($0.column)\n" } ?? "")\
        SELECT \(key), \(sums.joined(separator: ", ")) FROM selected_usage GROUP BY 1
        """)
    return try told.groups(told.rows(recipe, selection, way))
  }

  private func expectAgreement(_ selection: Selection, by dimension: Dimension?) throws {
    let expected = told.expected(selection, by: dimension)
    for way in ToldUsage.Way.allCases {
      #expect(
        try actual(selection, by: dimension, way) == expected,
        "\(selection) by \(dimension?.rawValue ?? "nothing"), \(way)")
    }
  }

  @Test func `any selection is the sum of its calls`() throws {
    for seed in runs(120) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      for dimension in [nil, Dimension.allCases.randomElement(using: &dice)] {
        try expectAgreement(selection, by: dimension)
      }
    }
  }

  @Test func `every dimension filters and groups`() throws {
    for dimension in Dimension.allCases { try expectAgreement(filteredBy: dimension) }
  }

  private func expectAgreement(filteredBy dimension: Dimension) throws {
    let values = Set(told.calls.compactMap { $0.values[dimension] }).sorted()
    let start = RandomLines.start
    for window in [(nil, nil), (start + 86_400_000, start + 3 * 86_400_000 + 12_345)] {
      for chosen in values.map({ [$0] }) + [values, [Selection.none], [Selection.none] + values] {
        let selection = Selection(
          since: window.0, until: window.1, filters: [dimension: chosen])
        try expectAgreement(selection, by: nil)
        try expectAgreement(selection, by: dimension)
        try expectAgreement(selection, by: dimension == .feature ? .tenant : .feature)
      }
    }
  }

  @Test func `windows without any call are empty, not an error`() throws {
    let start = RandomLines.start
    for (since, until) in [
      (start, start), (start + 10, start), (nil, 1_000_000_000_000), (4_200_000_000_000, nil),
      (start - 86_400_000, start - 3_600_000), (start + 900 * 86_400_000, nil),
    ] as [(Int64?, Int64?)] {
      for dimension in [nil, Dimension.tenant, .promptHash, .session] {
        try expectAgreement(Selection(since: since, until: until), by: dimension)
      }
    }
  }

  @Test func `no bucket reaches over a cut`() throws {
    for seed in runs(20) { try expectCut(seed) }
  }

  private func expectCut(_ seed: UInt64) throws {
    var dice = Dice(seed)
    let selection = told.randomSelection(&dice)
    guard let since = selection.since, let until = selection.until, until - since > 2 else {
      return
    }
    let recipe = try Recipe(
      name: "two windows",
      text: """
        -- @lookback 1 window
        -- @usage tenant_id
        SELECT COALESCE(SUM(CASE WHEN occurred_at < :since THEN cost_usd_nanos ELSE 0 END), 0)
        FROM selected_usage
        """)
    var before = selection.lookedBack(.window)
    before.until = since
    let cost = told.expected(before, by: nil)["all"]?[12] ?? 0
    for way in ToldUsage.Way.allCases {
      #expect(try told.rows(recipe, selection, way) == [[.integer(cost)]], "\(selection), \(way)")
    }
  }

  @Test func `hours that are not packed are read from their calls`() throws {
    let desk = try Desk()
    var random = RandomLines(seed: 42)
    try desk.load("calls.jsonl", random.lines(260), touched: RandomLines.start + 3_600_000 * 30)
    try desk.write("DELETE FROM call_column WHERE hour % 3 = 0")
    try desk.write("DELETE FROM call_part WHERE hour % 3 = 0")
    let partly = try SelectionPropertyTests(desk)
    for dimension in Dimension.allCases { try partly.expectAgreement(Selection(), by: dimension) }
  }
}
