import Testing

@testable import Alerts

@Suite struct QuantityTests {
  @Test func `amounts are exact for programs and short for people`() {
    #expect(Quantity.usd(12_345_678_901).number == "12.345678901")
    #expect(Quantity.usd(12_345_678_901).text == "$12.35")
    #expect(Quantity.usd(1_234).text == "$0.000001")
    #expect(Quantity.usd(1_234_500_000_000).text == "$1,234.50")
    #expect(Quantity.tokens(5_000_000).text == "5,000,000 tokens")
    #expect(Quantity.tokens(5_000_000).number == "5000000")
  }

  @Test func `percentages have neither exponents nor endless digits`() {
    #expect(Quantity.pct(100.0 / 3).text == "33.3 %")
    #expect(Quantity.pct(100.0 / 3).number == "33.3333")
    #expect(Quantity.pct(20).number == "20")
    #expect(Quantity.pct(0.00001).number == "0")
    #expect(Quantity.pct(-12.5).number == "-12.5")
    #expect(Quantity.pct(1e18).number == "9000000000")
    #expect(Quantity.pct(.nan).number == "0")
    #expect(Quantity.pct(20).baseNumber == "0.2")
    #expect(Quantity.pct(186.80434).baseNumber == "1.868043")
  }

  @Test func `ages are told in the unit that fits`() {
    #expect(Quantity.seconds(90).text == "90 s")
    #expect(Quantity.seconds(7199).text == "119 min")
    #expect(Quantity.seconds(26 * 3600).text == "26 h")
    #expect(Quantity.seconds(3 * 86_400).text == "3 days")
  }

  @Test func `an id is one short word that stays the same`() {
    let changed = Finding.id(["budget", "tenant", "alder bank"])
    #expect(changed.hasPrefix("budget.tenant.alder_bank~"))
    #expect(changed != Finding.id(["budget", "tenant", "alder\nbank"]))
    #expect(Finding.id(["budget", "tenant", "alder_bank"]) == "budget.tenant.alder_bank")
    let long = String(repeating: "ü", count: 300)
    let id = Finding.id(["region", .name(long)])
    #expect(id.utf8.count <= 120)
    #expect(id == Finding.id(["region", .name(long)]))
    #expect(changed != Finding.id(["region", .name(long + "x")]))
  }
  @Test func `two things never share an id, whatever they are called`() {
    let ids = [
      Finding.id(["region", .name(nil)]), Finding.id(["region", .name("(none)")]),
      Finding.id(["budget", "session", "tokens"]),
      Finding.id(["budget", "session", .name("tokens")]),
      Finding.id(["budget", "session", .name("tokens"), "tokens"]),
      Finding.id(["budget", "session", .name("tokens.tokens")]),
      Finding.id(["budget", "session", .name("s-17"), "tokens"]),
      Finding.id(["budget", "session", .name("s-17.tokens")]),
      Finding.id(["cache", .name("alder bank")]),
      Finding.id([
        "cache", .name(Finding.id(["cache", .name("alder bank")]).replacing("cache.", with: "")),
      ]),
    ]
    #expect(Set(ids).count == ids.count, "\(ids)")
    #expect(ids[0] == "region.(none)")
    #expect(ids[2] == "budget.session.tokens")
    #expect(ids[6] == "budget.session.s-17.tokens")
  }
}
