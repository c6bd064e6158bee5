import Testing

@testable import UsageLog

/// What lumen-desk agreed with its vendors.
struct PriceOverrideTests {
  private let november = instant("2026-11-20")
  private let usage = TokenUsage(input: 1_000, cacheRead: 10_000, output: 100)

  private func book(_ overrides: PriceOverride...) throws -> PriceBook {
    PriceBook(try PriceCatalogue.shipped(), overrides: overrides)
  }

  private func override(
    _ name: String, _ effect: PriceOverride.Effect,
    _ change: (inout PriceOverride.Calls) -> Void = { _ in }
  ) -> PriceOverride {
    var calls = PriceOverride.Calls()
    change(&calls)
    return PriceOverride(name: name, calls: calls, effect: effect)
  }

  private func conditions(
    _ model: String = "claude-opus-5-5", _ change: (inout PriceConditions) -> Void = { _ in }
  ) -> PriceConditions {
    var conditions = PriceConditions(model: model, channel: "anthropic")
    change(&conditions)
    return conditions
  }

  private func applied(_ book: PriceBook, _ conditions: PriceConditions) -> String? {
    book.plan(for: conditions).period(at: november)?.override?.name
  }

  @Test func `a discount is taken off the exact total, which is rounded once`() throws {
    let book = try book(override("12 %", .discount(payable: Ratio(880_000, over: 1_000_000))))
    // 1,000 x $4 + 10,000 x $0.20 + 100 x $20 a million: $0.008; 12 % off: $0.00704.
    guard case .priced(let charge) = book.plan(for: conditions()).cost(usage, at: november) else {
      Issue.record("not priced")
      return
    }
    #expect(charge.listNanos == 8_000_000)
    #expect(charge.nanos == 7_040_000)
  }

  @Test func `what is for fewer calls wins, and of equals the last`() throws {
    let half = PriceOverride.Effect.discount(payable: Ratio(1, over: 2))
    let book = try book(
      override("key", half) { $0.apiKey = "key-1" },
      override("workspace", half) { $0.workspace = "ws-1" },
      override("model", half) { $0.model = "claude-opus-5-5" },
      override("tier", half) { $0.serviceTier = "batch" },
      override("channel", half) { $0.channel = "anthropic" },
      override("first", half), override("last", half))
    #expect(
      applied(
        book,
        conditions {
          $0.apiKey = "key-1"; $0.workspace = "ws-1"
        }) == "key")
    #expect(applied(book, conditions { $0.workspace = "ws-1" }) == "workspace")
    #expect(applied(book, conditions { $0.serviceTier = "batch" }) == "model")
    #expect(applied(book, conditions("claude-opus-5") { $0.serviceTier = "batch" }) == "tier")
    #expect(applied(book, conditions("claude-opus-5")) == "channel")
    #expect(applied(book, PriceConditions(model: "gpt-4o", channel: "openai")) == "last")
  }

  @Test func `a contract with a maker holds for its calls that log no channel`() throws {
    let book = try book(
      override("ours", .discount(payable: Ratio(1, over: 2))) { $0.channel = "anthropic" })
    #expect(applied(book, PriceConditions(model: "claude-opus-5-5")) == "ours")
    #expect(applied(book, PriceConditions(model: "gpt-4o")) == nil)
    #expect(
      applied(book, PriceConditions(model: "us.anthropic.claude-opus-5", channel: nil)) == nil)
  }

  @Test func `an override never matches a part of a model's id`() throws {
    let book = try book(
      override("opus 5", .covered) { $0.model = "claude-opus-5" })
    #expect(applied(book, conditions("claude-opus-5-5")) == nil)
    #expect(applied(book, conditions("claude-opus-5[1m]")) == "opus 5")
  }

  @Test func `a contract holds from its first day to the day before its end`() throws {
    let book = try book(
      override("autumn", .discount(payable: Ratio(1, over: 2))) {
        $0.from = instant("2026-10-01")
        $0.until = instant("2026-11-01")
      })
    let plan = book.plan(for: conditions())
    func name(_ at: Int64) -> String? { plan.period(at: at)?.override?.name }
    #expect(name(instant("2026-10-01") - 1) == nil && name(instant("2026-10-01")) == "autumn")
    #expect(name(instant("2026-11-01") - 1) == "autumn" && name(instant("2026-11-01")) == nil)
  }

  @Test func `rates that are left out keep their proportion to the input rate`() throws {
    var rates = NegotiatedRates()
    rates.input = 3_000_000
    rates.cacheRead = 100_000
    let book = try book(override("deal", .rates(rates)) { $0.model = "claude-opus-5-5" })
    let period = try #require(book.plan(for: conditions()).period(at: november))
    #expect(
      period.rates
        == Rates(
          input: 3_000_000, output: 15_000_000, cacheWrite5m: 3_750_000, cacheWrite1h: 6_000_000,
          cacheRead: 100_000))
    #expect(period.list.rates.input == 4_000_000)
    let batch = book.plan(for: conditions { $0.serviceTier = "batch" })
    #expect(batch.period(at: november)?.rates.input == 1_500_000)
  }

  @Test func `a proportion that is no plain decimal is rounded to a picodollar a token`() throws {
    var rates = NegotiatedRates()
    rates.input = 290_000
    let book = try book(override("deal", .rates(rates)) { $0.model = "gemini-2.5-flash" })
    let plan = book.plan(for: PriceConditions(model: "gemini-2.5-flash", channel: "gemini"))
    // Listed at $0.30, $2.50 and $0.03: 2.5 x 0.29 / 0.3 is 2.41666… dollars a million.
    let period = try #require(plan.period(at: november))
    #expect(period.rates.output == 2_416_667 && period.rates.cacheRead == 29_000)
  }

  @Test func `agreed rates are for standard speed, unless they say so`() throws {
    var rates = NegotiatedRates()
    rates.input = 3_000_000
    let book = try book(override("deal", .rates(rates)) { $0.model = "claude-opus-5-5" })
    let fast = book.plan(for: conditions { $0.speed = "fast" })
    #expect(fast.period(at: november)?.rates.input == 8_000_000)
    let slow = try self.book(override("deal", .rates(rates)) { $0.model = "claude-sonnet-5-5" })
    #expect(
      slow.plan(for: conditions("claude-sonnet-5-5") { $0.speed = "fast" })
        .cost(usage, at: november).reason == .noFastPrice)
  }

  @Test func `a model that no list knows has the rates that are given`() throws {
    var rates = NegotiatedRates()
    rates.input = 200_000
    rates.output = 600_000
    let book = try book(override("in-house", .rates(rates)) { $0.model = "lumen-7b" })
    let plan = book.plan(for: PriceConditions(model: "lumen-7b", channel: "vllm"))
    let fresh = TokenUsage(input: 1_000, output: 100)
    #expect(plan.cost(fresh, at: november).picodollars == 260_000_000)
    #expect(plan.cost(usage, at: november).reason == .noTokenRate)
  }

  @Test func `a model may stand in for another, with its contracts, on a channel without prices`()
    throws
  {
    let book = try book(
      override("dated", .sameAs("gpt-4o")) { $0.model = "gpt-4o-2024-08-06" },
      override("azure", .discount(payable: Ratio(9, over: 10))) { $0.model = "gpt-4o" })
    let plan = book.plan(
      for: PriceConditions(model: "gpt-4o-2024-08-06", channel: "azure-openai"))
    let fresh = TokenUsage(input: 1_000, output: 100)
    guard case .priced(let charge) = plan.cost(fresh, at: november) else {
      Issue.record("not priced")
      return
    }
    #expect(plan.standIn?.name == "dated")
    #expect(charge.listNanos == 3_500_000 && charge.nanos == 3_150_000)
  }

  @Test func `a model stands in at the endpoint's price, and never at another's`() throws {
    let book = try book(
      override("ours", .sameAs("claude-haiku-4-5")) { $0.model = "lumen-haiku" })
    func input(_ region: String) -> Int64? {
      book.plan(for: conditions("lumen-haiku") { ($0.channel, $0.region) = ("bedrock", region) })
        .period(at: november)?.rates.input
    }
    #expect(input("global") == 1_000_000 && input("us") == 1_100_000)
    // A caller's region does not tell which endpoint answered, and GovCloud's prices are not known.
    #expect(input("us-east-1") == nil && input("us-gov-west-1") == nil)
  }

  @Test func `a commitment covers its calls, and their list price stands beside`() throws {
    let book = try book(
      override("units", .covered) {
        $0.channel = "anthropic"; $0.workspace = "ws-1"
      })
    let covered = book.plan(for: conditions { $0.workspace = "ws-1" }).cost(usage, at: november)
    #expect(covered == .covered(Charge(picodollars: 8_000_000_000)))
    #expect(applied(book, conditions()) == nil)
  }

  @Test func `Priority Tier is covered, unless a contract says what it costs`() throws {
    let priority = conditions { $0.serviceTier = "priority" }
    let halved = PriceOverride.Effect.discount(payable: Ratio(1, over: 2))
    let listed = Charge(picodollars: 8_000_000_000)
    #expect(try book().plan(for: priority).cost(usage, at: november) == .covered(listed))
    let general = try book(override("all", halved) { $0.workspace = "" })
    #expect(general.plan(for: priority).cost(usage, at: november) == .covered(listed))
    let special = try book(override("priority", halved) { $0.serviceTier = "priority" })
    guard case .priced(let charge) = special.plan(for: priority).cost(usage, at: november) else {
      Issue.record("not priced")
      return
    }
    #expect(charge.nanos == 4_000_000)
  }

  @Test func `a later list's row holds for its days, the earlier one before and after`() throws {
    let ours = try PriceList(
      name: "ours.csv",
      csv: Array(
        """
        \(PriceColumn.header)
        anthropic,claude-opus-5-5,,2026-10-01,2026-11-01,3,15,,,,,,,0.5,1.1,10,0,offer

        """.utf8))
    let book = PriceBook(PriceCatalogue([try PriceList.shipped(), ours]))
    let plan = book.plan(for: conditions())
    func row(_ day: String) throws -> PriceRow { try #require(plan.period(at: instant(day))?.row) }
    #expect(try row("2026-09-30").list == "shipped" && row("2026-10-01").list == "ours.csv")
    #expect(try row("2026-10-31").rates.input == 3_000_000)
    #expect(try row("2026-11-01").list == "shipped")
    #expect(book.id != PriceBook(try PriceCatalogue.shipped()).id)
  }

  @Test(arguments: [
    ("claude-haiku-4-5", "claude-haiku-4-5-20251001"),
    ("claude-haiku-4-5-20251001", "claude-haiku-4-5"),
    ("claude-haiku-4-5", "us.anthropic.claude-haiku-4-5-20251001-v1:0"),
    ("claude-haiku-4-5@20251001", "claude-haiku-4-5"),
  ])
  func `a contract on a model holds by its alias and by its snapshot`(
    agreed: String, logged: String
  ) throws {
    let book = try book(
      override("haiku", .discount(payable: Ratio(1, over: 2))) { $0.model = agreed })
    #expect(applied(book, PriceConditions(model: logged)) == "haiku")
    #expect(applied(book, PriceConditions(model: "claude-sonnet-4-5")) == nil)
  }

  @Test func `a tier without a list price is priced on the days of its contract alone`() throws {
    let book = try book(
      override("flex", .discount(payable: Ratio(1, over: 2))) {
        $0.serviceTier = "flex"
        $0.from = instant("2026-10-01")
        $0.until = instant("2026-11-01")
      })
    let plan = book.plan(for: conditions { $0.serviceTier = "flex" })
    #expect(plan.cost(usage, at: instant("2026-10-15")).reason == nil)
    #expect(plan.cost(usage, at: instant("2026-09-30")).reason == .unknownTier)
    #expect(plan.cost(usage, at: november).reason == .unknownTier)
  }

  @Test func `a proportion beyond reason is no price, and never a trap`() throws {
    let pennies = try PriceList(
      name: "pennies.csv",
      csv: Array(
        """
        \(PriceColumn.header)
        vllm,lumen-7b,,2026-01-01,,0.000001,1000,1000,1000,1000,,,,,,,0,slip

        """.utf8))
    var rates = NegotiatedRates()
    rates.input = PriceRow.highestRate
    let book = PriceBook(
      PriceCatalogue([try PriceList.shipped(), pennies]),
      overrides: [override("slip", .rates(rates)) { $0.model = "lumen-7b" }])
    let plan = book.plan(for: PriceConditions(model: "lumen-7b", channel: "vllm"))
    let huge = TokenUsage(
      input: 1_000_000_000, cacheRead: 1_000_000_000, output: 1_000_000_000)
    #expect(plan.cost(huge, at: november).reason == .noPriceThen)
  }

  @Test func `overrides are kept as a text and come back`() throws {
    var rates = NegotiatedRates()
    rates.input = 1
    let overrides = [
      override("a", .sameAs("gpt-4o")) { $0.model = "x" },
      override("b", .rates(rates)) { $0.from = 5 },
      override("c", .discount(payable: Ratio(7, over: 9))), override("d", .covered),
    ]
    #expect(try PriceBook.overrides(in: PriceBook.text(of: overrides)) == overrides)
  }

  @Test func `an override for what no list has is found, a price of one's own is not`() throws {
    let half = PriceOverride.Effect.discount(payable: Ratio(1, over: 2))
    let book = try book(
      override("typo", half) { $0.channel = "antropic" },
      override("no such", .covered) { $0.model = "claude-opus-55" },
      override("copy", .sameAs("gpt-4oo")) { $0.model = "ours" },
      override("alias", half) { $0.model = "claude-haiku-4-5" },
      override("cloud", half) { $0.model = "us.anthropic.claude-opus-5" },
      override("in-house", .rates(NegotiatedRates())) { $0.model = "lumen-7b" },
      override("tune", .sameAs("claude-sonnet-4-6")) { $0.model = "our-tune" },
      override("tuned", half) { $0.model = "our-tune" })
    #expect(
      book.overrideFindings.map { String($0.detail.prefix { $0 != ":" }) }
        == ["'typo'", "'no such'", "'copy'"])
  }
}
