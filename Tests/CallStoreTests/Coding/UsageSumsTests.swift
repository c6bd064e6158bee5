import Testing

@testable import CallStore

/// Sums over a batch.
@Suite struct UsageSumsTests {
  private func rows(_ calls: [[CallColumn: Int64]]) -> CodedCalls {
    var rows = CodedCalls()
    for call in calls {
      let row = rows.append()
      for (column, value) in call { rows[row, column] = value }
    }
    return rows
  }

  private func amounts(
    _ sums: UsageSums, _ dimension: SumDimension, _ grain: Int64, _ bucket: Int64
  )
    -> [Int64: UsageAmounts]
  {
    var found: [Int64: UsageAmounts] = [:]
    for (key, amount) in zip(sums.keys, sums.amounts)
    where key.dimension == dimension.rawValue && key.grain == grain && key.bucket == bucket {
      found[key.value] = amount
    }
    return found
  }

  @Test func `a call counts once under every dimension`() {
    let calls = rows([
      [.hour: 49, .tenant: 3, .inputTokens: 10, .costNanos: 5, .latencyMs: 7, .statusCode: 200],
      [.hour: 50, .inputTokens: 4, .statusCode: 529],
      [.hour: 50, .tenant: 3, .kind: 9, .costNanos: 2, .prompt: -4],
    ])
    var sums = UsageSums()
    for row in 0..<calls.count { sums.add(calls, row) }
    sums.addDays()
    let day = amounts(sums, .tenant, 24, 2)
    #expect(day.keys.sorted() == [0, 3])
    #expect(day[3]?.calls == 1 && day[3]?.extraCalls == 1 && day[3]?.costNanos == 7)
    #expect(day[0]?.calls == 1 && day[0]?.errors == 1 && day[0]?.pricedCalls == 0)
    #expect(amounts(sums, .total, 1, 50)[0]?.input == 4)
    for dimension in SumDimension.allCases {
      let total = amounts(sums, dimension, 24, 2).values.reduce(into: UsageAmounts()) {
        $0.add($1, times: 1)
      }
      #expect(total.calls == 2 && total.extraCalls == 1 && total.costNanos == 7, "\(dimension)")
    }
  }

  @Test func `what is added and taken away leaves nothing`() {
    let calls = rows([[.hour: 49, .tenant: 3, .inputTokens: 10, .costNanos: 5, .latencyMs: 7]])
    var sums = UsageSums()
    sums.add(calls, 0)
    sums.add(calls, 0, times: -1)
    #expect(sums.amounts.allSatisfy { $0.isZero })
  }

  @Test func `many keys grow the table and none is lost`() {
    let calls = rows((0..<3000).map { [.hour: Int64($0), .tenant: Int64($0 % 7 + 1)] })
    var sums = UsageSums()
    for row in 0..<calls.count { sums.add(calls, row) }
    var twice = UsageSums()
    twice.add(sums)
    twice.add(sums)
    let total = zip(twice.keys, twice.amounts).filter { $0.0.dimension == 0 }.map(\.1.calls)
    #expect(total.count == 3000 && total.allSatisfy { $0 == 2 })
    twice.removeAll()
    #expect(twice.keys.isEmpty)
    twice.add(calls, 5)
    #expect(twice.amounts.allSatisfy { $0.calls == 1 })
  }
}
