import CallStore
import Finance
import Foundation
import Testing

/// What the second implementation says, in fractions (`Tests/Oracle/chargeback.py`).
@Suite struct ChargebackOracleTests {
  private struct Case: Decodable {
    struct Item: Decodable {
      var tenant: String?, feature: String?, workspace: String?, model: String
      var day: String, about: String?
      var calls: Int64, nanos: Int64, input: Int64, output: Int64, cache_read: Int64
    }
    struct Rule: Decodable {
      var calls: [String: [String]], by: String, weights: [String: Int64]
    }
    struct Terms: Decodable {
      var from: String?, minimum: Int64, plus: Plus
      var rates: [String: [String: Int64]]?
    }
    struct Plus: Decodable {
      var value: ChargeTerms.CostPlus
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        let (kind, share) = (try list.decode(String.self), try list.decode(Int64.self))
        value = kind == "cost" ? .atCost : kind == "markup" ? .markup(share) : .margin(share)
      }
    }
    struct Card: Decodable { var `default`: [Terms], tenants: [String: [Terms]] }
    struct Amounts: Decodable, Equatable { var cost: Int64, usd: Int64, local: Int64 }
    struct Expected: Decodable { var tenants: [String: Amounts], kept: Int64 }
    var first: String, count: Int, fx: String
    var items: [Item], rules: [Rule], card: Card, expected: Expected
  }

  @Test func `costs and charges are those of the second implementation`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Oracle/chargeback.expected.json")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    #expect(cases.count == 40)
    for (number, one) in cases.enumerated() {
      let chargeback = try reckoned(one)
      let amounts = Dictionary(
        uniqueKeysWithValues: chargeback.statements.map { statement in
          let charge = statement.charge()
          return (
            statement.tenant,
            Case.Amounts(cost: statement.cost(), usd: charge.usdNanos, local: charge.local)
          )
        })
      #expect(amounts == one.expected.tenants, "case \(number)")
      #expect(chargeback.keptNanos == one.expected.kept, "case \(number)")
      #expect(chargeback.addsUp, "case \(number)")
    }
  }

  private func reckoned(_ one: Case) throws -> Chargeback {
    let first = try #require(CivilDate(text: one.first))
    let period = Company.calendar.period(from: first, to: first + one.count)
    var rules = ChargebackRules()
    rules.exchange = ExchangeRate("EUR", one.fx, source: "the oracle")
    rules.shared = one.rules.map { rule in
      AllocationRule(
        name: rule.by,
        calls: Dictionary(
          uniqueKeysWithValues: rule.calls.map { (Company.known(Dimension(rawValue: $0)), Set($1)) }
        ),
        by: Company.known(.init(rawValue: rule.by)), weights: rule.weights)
    }
    rules.card.standard = one.card.default.map(terms)
    rules.card.tenants = one.card.tenants.mapValues { $0.map(terms) }
    let items = try one.items.map { item in
      UsageItem(
        tenant: item.tenant, feature: item.feature, workspace: item.workspace, model: item.model,
        date: try #require(CivilDate(text: item.day)), about: item.about,
        usage: UsageCost(
          calls: item.calls,
          counts: [.input: item.input, .output: item.output, .cacheRead: item.cache_read],
          costNanos: item.nanos))
    }
    return Chargeback(items, period, Company.calendar, rules)
  }

  private func terms(_ terms: Case.Terms) -> ChargeTerms {
    ChargeTerms(
      from: terms.from.flatMap(CivilDate.init(text:)), terms.plus.value,
      rates: (terms.rates ?? [:]).mapValues { rates in
        Dictionary(
          uniqueKeysWithValues: rates.map { (Company.known(TokenClass(rawValue: $0)), $1) })
      }, minimumNanos: terms.minimum)
  }
}
