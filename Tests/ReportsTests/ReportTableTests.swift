import ReportStory
import Reports
import Tables
import Testing

struct ReportTableTests {
  private func table(_ rows: [[Value]], _ derivation: Derivation, _ unit: ReportUnit) -> ReportTable
  {
    ReportTable(
      name: "t", title: "T",
      columns: [
        .init("tenant_id", "Tenant"), .init("a_usd", "A", .usd, .summed),
        .init("b", "B", .count, .summed), .init("r", "R", unit, .derived(derivation)),
      ], rows: rows)
  }

  private let dollars: [[Value]] = [
    [.text("alder-bank"), .integer(3_000_000_000), .integer(4)],
    [.text("brisk-parcel"), .integer(1_000_000_000), .integer(0)],
    [.text("cobalt-air"), .null, .integer(4)],
  ]

  @Test func `totals are sums, and ratios of them rather than sums of ratios`() {
    let perCall = table(dollars, .quotient(of: "a_usd", by: "b"), .usd)
    #expect(perCall.rows.map { $0[3] } == [.real(750_000_000), .null, .null])
    #expect(
      perCall.totals == [.text("Total"), .integer(4_000_000_000), .integer(8), .real(500_000_000)])
  }

  @Test func `a share is of the column's total, in per cent`() {
    let share = table(dollars, .share(of: "a_usd"), .pct)
    #expect(share.rows.map { $0[3] } == [.real(75), .real(25), .null])
    #expect(share.totals?[3] == .real(100))
  }

  @Test func `a change from nothing, or from less, is not known`() {
    func change(_ now: Value, _ before: Value) -> Value {
      ReportTable(
        name: "t", title: "T",
        columns: [
          .init("now", "Now", .usd), .init("before", "Before", .usd),
          .init("pct", "Change", .pct, .derived(.change(of: "now", from: "before"))),
        ], rows: [[now, before]]
      ).rows[0][2]
    }
    #expect(change(.integer(9), .integer(12)) == .real(-25))
    #expect(change(.integer(9), .integer(0)) == .null)
    #expect(change(.integer(9), .integer(-3)) == .null)
    #expect(change(.null, .integer(3)) == .null)
  }

  @Test func `a unit cost is exact up to its one division`() {
    let perThousand = table(
      [[.text("a"), .integer(7), .integer(3_000)]], .quotient(of: "a_usd", by: "b", times: 1000),
      .usd)
    #expect(perThousand.rows[0][3] == .real(7 / 3))
    // 3 USD for 4 calls: calls for a dollar.
    let perDollar = ReportTable(
      name: "t", title: "T",
      columns: [
        .init("usd", "USD", .usd), .init("calls", "Calls", .count),
        .init("r", "Calls a dollar", .real, .derived(.quotient(of: "calls", by: "usd"))),
      ], rows: [[.integer(3_000_000_000), .integer(4)]])
    #expect(perDollar.rows[0][2] == .real(4 / 3))
  }

  @Test func `sums beyond 64 bits are not lost, and an empty table has no totals`() {
    let huge = table(
      [[.text("a"), .integer(.max), .null], [.text("b"), .integer(.max), .null]],
      .share(of: "a_usd"), .pct)
    #expect(huge.totals?[1] == .real(0x1p64))
    #expect(huge.totals?[2] == .null)
    #expect(table([], .share(of: "a_usd"), .pct).totals == nil)
  }

  @Test func `the story's total is the sum of its rows to the nano-dollar`() {
    let table = ReportStory.tenantTable
    let sum = table.rows.reduce(Int64(0)) { sum, row in
      guard case .integer(let nanos) = row[1] else { return sum }
      return sum + nanos
    }
    #expect(table.totals?[1] == .integer(sum))
    #expect(sum == 1_342_370_000_001)
  }
}
