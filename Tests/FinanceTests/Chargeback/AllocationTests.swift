import CallStore
import Finance
import Testing

@Suite struct AllocationTests {
  private static let tenants = [
    "alder-bank", "brisk-parcel", "cobalt-air", "dune-hotels", "ember-energy",
  ]
  private static let features = ["support-chat", "triage", "nightly-digest", "code-review"]

  private func items(_ random: inout SystemRandomNumberGenerator) -> [UsageItem] {
    (0..<Int.random(in: 1...60, using: &random)).map { _ in
      var item = Company.item(
        (Self.tenants + [nil]).randomElement(using: &random) ?? nil, 0,
        feature: Self.features.randomElement(using: &random),
        day: .random(in: 1...30, using: &random), calls: .random(in: 1...99, using: &random),
        counts: [.input: .random(in: 0...9999, using: &random)])
      item.usage.costNanos = .random(in: 0...7_000_000_000, using: &random)
      return item
    }
  }

  private static let digest = AllocationRule(
    name: "nightly-digest", calls: [.feature: ["nightly-digest"]], by: .usage)
  private static let review = AllocationRule(
    name: "reviews", calls: [.feature: ["code-review"]], by: .equal)

  @Test func `no rule moves money in the cost column, whatever the calls`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let items = items(&random)
      let all = items.reduce(0) { $0 + $1.usage.costNanos }
      for rules in [[], [Self.digest], [Self.digest, Self.review], [Self.review, Self.digest]] {
        for unallocated in [nil] + AllocationRule.Basis.allCases.filter({ $0 != .weights }) {
          let chargeback = Company.chargeback(items) {
            $0.shared = rules
            $0.unallocated = unallocated
            $0.card.standard = [ChargeTerms(.margin(333_333))]
          }
          #expect(chargeback.costNanos == all && chargeback.addsUp)
        }
      }
    }
  }

  @Test func `neither the order of calls nor that of rules apart from each other matters`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<100 {
      let items = items(&random)
      func reckoned(_ items: [UsageItem], _ rules: [AllocationRule]) -> [Statement] {
        Company.chargeback(items) { $0.shared = rules }.statements
      }
      let once = reckoned(items, [Self.digest, Self.review])
      #expect(once == reckoned(items.shuffled(using: &random), [Self.digest, Self.review]))
      #expect(
        once.map { [$0.cost(), $0.charge().usdNanos] }
          == reckoned(items, [Self.review, Self.digest]).map {
            [$0.cost(), $0.charge().usdNanos]
          })
    }
  }

  @Test(arguments: [
    (AllocationRule.Basis.usage, [3.0, 1.0]), (.equal, [2, 2]), (.calls, [1, 3]),
    (.tokens, [2.4, 1.6]),
  ]) func `a share goes by what was asked for`(_ basis: AllocationRule.Basis, _ shares: [Double]) {
    let items = [
      Company.item("alder-bank", 30, calls: 10, counts: [.input: 500, .cacheRead: 100]),
      Company.item("brisk-parcel", 10, calls: 30, counts: [.output: 400, .webSearch: 900]),
      Company.item("lumen-desk", 4, calls: 7),
    ]
    let chargeback = Company.chargeback(items) {
      $0.shared = [AllocationRule(name: "desk", calls: [.tenant: ["lumen-desk"]], by: basis)]
    }
    #expect(chargeback.cost("alder-bank") == 30 + shares[0])
    #expect(chargeback.cost("brisk-parcel") == 10 + shares[1])
    #expect(chargeback.statement("lumen-desk") == nil && chargeback.addsUp)
  }

  @Test func `fixed weights name who bears it, used or not`() {
    let chargeback = Company.chargeback([
      Company.item("alder-bank", 1), Company.item(nil, 9, workspace: "wrk_1"),
    ]) {
      $0.shared = [
        AllocationRule(
          name: "shared costs", calls: [.workspace: ["wrk_1"]], by: .weights,
          weights: ["brisk-parcel": 2_000_000, "cobalt-air": 1_000_000])
      ]
    }
    #expect(chargeback.cost("alder-bank") == 1 && chargeback.cost("brisk-parcel") == 6)
    #expect(chargeback.cost("cobalt-air") == 3 && chargeback.addsUp)
  }

  @Test func `the first rule that fits takes a call, and all that it asks must fit`() {
    let items = [
      Company.item("alder-bank", 8), Company.item("alder-bank", 1, feature: "nightly-digest"),
      Company.item("brisk-parcel", 2, feature: "nightly-digest"),
    ]
    let chargeback = Company.chargeback(items) {
      $0.shared = [
        AllocationRule(
          name: "one", calls: [.feature: ["nightly-digest"], .tenant: ["alder-bank"]], by: .equal),
        Self.digest,
      ]
    }
    #expect(chargeback.allocation.pools.map(\.usage.costNanos) == [1, 2].map(Company.usd))
  }

  @Test func `what nobody can bear is kept, and said`() {
    let chargeback = Company.chargeback([Company.item("alder-bank", 5, feature: "nightly-digest")])
    { $0.shared = [Self.digest] }
    #expect(chargeback.statements.isEmpty)
    #expect(chargeback.keptNanos == Company.usd(5) && chargeback.addsUp)
    #expect(chargeback.method.contains { $0.contains("nobody to spread it over") })
  }
}
