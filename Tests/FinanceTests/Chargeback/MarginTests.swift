import Finance
import Testing

@Suite struct MarginTests {
  private static let pro = ServicePlan(
    name: "pro", priceNanos: Company.usd(49), per: .month,
    seats: ["alder-bank": 1, "brisk-parcel": 1, "cobalt-air": 1, "dune-hotels": 1])
  private static let team = ServicePlan(
    name: "team", priceNanos: Company.usd(12), per: .seat, seats: ["ember-energy": 8])

  private func margin(
    _ costs: [(String?, Double)], over period: ReportPeriod = Company.november,
    objective: Int64? = 400_000
  ) -> Margin {
    Margin(
      Company.chargeback(costs.map { Company.item($0, $1) }, over: period) {
        $0.plans = [Self.pro, Self.team]
      }, objective: objective)
  }

  @Test func `revenue is the plan's price, cost is what the tenant used`() {
    let margin = margin([
      ("alder-bank", 9), ("brisk-parcel", 29.4), ("cobalt-air", 29.41), ("fern-market", 2),
      ("ember-energy", 100), (nil, 1),
    ])
    #expect(
      margin.rows.map(\.name) == [
        "ember-energy", "cobalt-air", "brisk-parcel", "alder-bank", "dune-hotels", "fern-market",
        nil, "2026-11",
      ])
    // 49 less 40 % is 29.40: exactly the objective is not below it.
    #expect(margin.below.map(\.name) == ["ember-energy", "cobalt-air"])
    #expect(margin.rows[0].revenueNanos == Company.usd(96) && margin.rows[0].seats == 8)
    #expect(margin.rows[4].marginNanos == Company.usd(49), "dune-hotels pays and uses nothing")
    let total = margin.rows[margin.rows.count - 1]
    #expect(total.revenueNanos == Company.usd(292) && total.costNanos == Company.usd(170.81))
    #expect(margin.rows.dropLast().reduce(0) { $0 + $1.marginNanos } == total.marginNanos)
  }

  @Test func `a plan's price is a month's, by days`() {
    let week = Company.calendar.period(PeriodName("2026-W45")!)
    let margin = margin([], over: week)
    #expect(margin.rows[0].revenueNanos == 11_433_333_333, "7 of 30 days of 49")
    let across = Company.calendar.period(PeriodName("2026-W49")!)
    #expect(across.dates[0].text == "2026-11-30")
    #expect(self.margin([], over: across).rows[0].revenueNanos == 11_117_204_301)
  }

  @Test func `without an objective nobody is below it, and a free plan is as soon as it costs`() {
    #expect(margin([("alder-bank", 500)], objective: nil).below.isEmpty)
    var rules = ChargebackRules()
    rules.plans = [
      ServicePlan(
        name: "free", priceNanos: 0, per: .month, seats: ["alder-bank": 1, "brisk-parcel": 1])
    ]
    let chargeback = Chargeback(
      [Company.item("alder-bank", 0.01)], Company.november, Company.calendar, rules)
    #expect(Margin(chargeback, objective: 0).below.map(\.name) == ["alder-bank"])
  }

  @Test func `a plan's spread says who is over its price, and which price would carry all`() throws
  {
    let margin = margin([
      ("alder-bank", 60), ("brisk-parcel", 10), ("cobalt-air", 20), ("ember-energy", 48),
    ])
    let spread = try #require(PlanSpread(Self.pro, in: margin))
    #expect(spread.tenants == 4 && spread.overPrice == 1 && spread.beyondNanos == Company.usd(11))
    #expect(spread.dearest == 1 && spread.dearestNanos == Company.usd(60))
    #expect(spread.medianNanos == Company.usd(10) && spread.highestNanos == Company.usd(60))
    // 90 over four tenants; 22.50 is 60 % of 37.50.
    #expect(spread.breakEvenNanos == Company.usd(22.5))
    #expect(spread.objectivePriceNanos == Company.usd(37.5))
    let seats = try #require(PlanSpread(Self.team, in: margin))
    #expect(seats.breakEvenNanos == Company.usd(6), "48 over eight seats")
  }
}
