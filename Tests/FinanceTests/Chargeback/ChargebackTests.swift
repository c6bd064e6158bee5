import CallStore
import Finance
import Testing

@Suite struct ChargebackTests {
  private func item(
    _ tenant: String?, _ dollars: Double, feature: String? = "support-chat", day: Int = 3,
    calls: Int64 = 10, about: String? = nil
  ) -> UsageItem {
    Company.item(tenant, dollars, feature: feature, day: day, calls: calls, about: about)
  }

  @Test func `a markup is of the cost, a margin is of the price`() {
    let items = ["alder-bank", "brisk-parcel", "cobalt-air"].map { item($0, 70) }
    let chargeback = Company.chargeback(items) {
      $0.card.tenants["alder-bank"] = [ChargeTerms(.markup(300_000))]
      $0.card.tenants["brisk-parcel"] = [ChargeTerms(.margin(300_000))]
    }
    #expect(chargeback.charged("alder-bank") == 91)
    #expect(chargeback.charged("brisk-parcel") == 100)
    #expect(chargeback.charged("cobalt-air") == 70)
    #expect(chargeback.addsUp)
  }

  @Test func `a tenant's own terms count before its plan's, those before everyone's`() {
    let items = ["alder-bank", "brisk-parcel", "cobalt-air"].map { item($0, 10) }
    let chargeback = Company.chargeback(items) {
      $0.plans = [
        ServicePlan(
          name: "pro", priceNanos: 0, per: .month, seats: ["alder-bank": 1, "brisk-parcel": 1])
      ]
      $0.card.standard = [ChargeTerms(.markup(500_000))]
      $0.card.plans["pro"] = [ChargeTerms(.markup(400_000))]
      $0.card.tenants["alder-bank"] = [ChargeTerms(.markup(300_000))]
    }
    #expect(chargeback.charged("alder-bank") == 13)
    #expect(chargeback.charged("brisk-parcel") == 14)
    #expect(chargeback.charged("cobalt-air") == 15)
    #expect(chargeback.statement("brisk-parcel")?.plan == "pro")
  }

  @Test func `terms hold from their day on`() {
    let items = [item("alder-bank", 10, day: 14), item("alder-bank", 10, day: 15)]
    let chargeback = Company.chargeback(items) {
      $0.card.tenants["alder-bank"] = [
        ChargeTerms(from: Company.day(15), .markup(500_000)),
        ChargeTerms(from: Company.day(10), .markup(100_000)),
      ]
    }
    #expect(chargeback.charged("alder-bank") == 26)
    #expect(chargeback.statement("alder-bank")?.lines.count == 2)
    let before = Company.chargeback([item("alder-bank", 10, day: 9)]) {
      $0.card = chargeback.rules.card
    }
    #expect(before.charged("alder-bank") == 10, "before the first terms: at cost")
  }

  @Test func `rates of one's own are by tokens, the most exact name first`() {
    let counts: [TokenClass: Int64] = [.input: 1_000_000, .output: 100_000, .cacheRead: 2_000_000]
    let items = [
      Company.item("alder-bank", 1, counts: counts),
      Company.item("alder-bank", 1, counts: counts, model: "claude-haiku-5-5"),
      Company.item("alder-bank", 1, counts: counts, model: "gpt-4o"),
    ]
    let chargeback = Company.chargeback(items) {
      $0.card.standard = [
        ChargeTerms(
          .markup(1_000_000),
          rates: [
            "sonnet": [.input: 4_000_000, .output: 20_000_000, .cacheRead: 400_000],
            "claude": [.input: 1_000_000],
          ])
      ]
    }
    let lines = chargeback.statement("alder-bank")!.lines
    #expect(lines.map(\.model) == ["claude-haiku-5-5", "claude-sonnet-5-5", "gpt-4o"])
    // 1 million at 1; 1 million at 4, a tenth at 20, two at 0.40; cost doubled.
    #expect(lines.map(\.charge.usdNanos) == [1, 6.8, 2].map(Company.usd))
  }

  @Test func `a minimum is a month's, by days, and counts what was charged`() {
    let terms = [ChargeTerms(.atCost, minimumNanos: Company.usd(30))]
    func charged(_ dollars: Double, _ first: Int, _ count: Int) -> Double? {
      let period = Company.calendar.period(
        from: Company.day(first), to: Company.day(first) + count)
      let items = dollars > 0 ? [item("alder-bank", dollars, day: first)] : []
      return Company.chargeback(items, over: period) { $0.card.tenants["alder-bank"] = terms }
        .charged("alder-bank")
    }
    #expect(charged(0, 1, 30) == 30)
    #expect(charged(12, 1, 30) == 30)
    #expect(charged(31, 1, 30) == 31)
    #expect(charged(0, 1, 7) == 7, "November has 30 days")
    #expect(charged(0, 24, 14) == 13.77, "7 of 30 days and 7 of 31: 7 + 6.774…")
  }

  @Test func `calls without a tenant are kept, or spread by what tenants used`() {
    let items = [item("alder-bank", 30), item("brisk-parcel", 10), item(nil, 2)]
    let kept = Company.chargeback(items)
    #expect(kept.rows.contains { $0.kind == .unallocated && $0.costNanos == Company.usd(2) })
    #expect(kept.cost("alder-bank") == 30 && kept.addsUp)
    #expect(kept.charge.usdNanos == Company.usd(40), "nobody is charged for them")
    let spread = Company.chargeback(items) { $0.unallocated = .usage }
    #expect(spread.cost("alder-bank") == 31.5 && spread.cost("brisk-parcel") == 10.5)
    #expect(spread.keptNanos == 0 && spread.addsUp)
  }

  @Test func `an adjustment of a closed period is a line of its own, by the terms of that period`()
  {
    let items = [
      item("alder-bank", 10), item("alder-bank", -3, day: -20, about: "2026-10"),
      item("brisk-parcel", 1, day: -20, about: "2026-10"), item(nil, 0.5, about: "2026-10"),
    ]
    let chargeback = Company.chargeback(items) {
      $0.card.standard = [
        ChargeTerms(.markup(500_000)), ChargeTerms(from: Company.day(1), .markup(1_000_000)),
      ]
    }
    #expect(chargeback.charged("alder-bank") == 15.5, "20 for November, -4.50 for October")
    #expect(chargeback.costNanos == Company.usd(8.5) && chargeback.addsUp)
    let corrections = chargeback.rows.filter { $0.kind == .adjustment("2026-10") }
    #expect(corrections.map(\.name) == ["alder-bank", "brisk-parcel", nil])
    #expect(!chargeback.rows.contains { $0.kind == .tenant && $0.name == "brisk-parcel" })
  }

  @Test func `charges are rounded half-even, line by line, in both currencies`() {
    let items = [
      item("alder-bank", 0.125, feature: "triage"), item("alder-bank", 0.135, feature: "summarise"),
    ]
    let chargeback = Company.chargeback(items) {
      $0.exchange = ExchangeRate("JPY", "148.25", source: "a table", date: "2026-11-30")
    }
    let lines = chargeback.statement("alder-bank")!.lines
    #expect(lines.map(\.charge.usdNanos) == [0.14, 0.12].map(Company.usd))
    // 20.01 and 18.53 yen.
    #expect(lines.map(\.charge.local) == [20_000_000_000, 19_000_000_000])
    #expect(chargeback.charge.local == 39_000_000_000 && chargeback.addsUp)
  }
}
