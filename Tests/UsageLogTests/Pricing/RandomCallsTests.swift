import Testing

@testable import UsageLog

/// Random calls over all models, days, channels and modifiers, against an implementation in exact fractions
/// that shares nothing with this one but the published rates.
///
/// After a change of the catalogue `Tests/Oracle/make-expected.sh` writes them anew.
struct RandomCallsTests {
  @Test func `random calls have the oracle's price to the picodollar, or its reason`() throws {
    let book = try shippedBook()
    let calls = try RandomCall.all().filter { !$0.isForTheStore }
    let wrong = calls.filter { $0.verdict(book) != $0.expected }

    #expect(calls.count >= 3_500)
    #expect(wrong.isEmpty, "\(wrong.count) differ")
    for call in wrong.prefix(10) {
      Issue.record("\(call.verdict(book)) instead of the last column: \(call.line)")
    }
  }

  @Test func `a tariff kept at hand has the price of the plan it is of`() throws {
    let book = try shippedBook()
    let calls = try RandomCall.all()
    for call in calls {
      let plan = call.plan(book)
      let prices = CurrentPrices(plan)
      // Asked first of another day, whose tariff must not be taken for this one's.
      _ = prices.tariff(at: calls[0].occurredAt)
      let nanos: Int64? =
        if case .priced(let charge) = plan.cost(call.usage, at: call.occurredAt) {
          charge.nanos
        } else { nil }
      #expect(prices.nanos(call.usage, at: call.occurredAt) == nanos)
    }
  }

  @Test func `random calls use every row of the catalogue and meet every reason`() throws {
    let book = try shippedBook()
    var rows: Set<PriceRow> = []
    var reasons: Set<UnpricedReason> = []
    for call in try RandomCall.all() {
      if let reason = UnpricedReason(rawValue: call.expected) { reasons.insert(reason) }
      guard Int128(call.expected) != nil else { continue }
      if let row = call.plan(book).period(at: call.occurredAt)?.row { rows.insert(row) }
    }
    #expect(reasons == Set(UnpricedReason.allCases))
    let unused = book.catalogue.rows.filter { !rows.contains($0) }
    #expect(unused.isEmpty, "not used: lines \(unused.map(\.line))")
  }

  @Test func `random contracts come to the oracle's nano-dollars`() throws {
    let book = try shippedBook()
    // Contracts here are about list prices; what has none is PriceOverrideTests' matter.
    let calls = try RandomCall.underContract().filter {
      !$0.isForTheStore && Int128($0.verdict(book)) != nil
    }
    let wrong = try calls.filter { try $0.verdictUnderContract(book) != $0.expected }
    #expect(calls.count >= 1_400)
    #expect(wrong.isEmpty, "\(wrong.count) differ")
    for call in wrong.prefix(10) {
      Issue.record(
        "\(try call.verdictUnderContract(book)) instead of the last column: \(call.line)")
    }
  }
}
