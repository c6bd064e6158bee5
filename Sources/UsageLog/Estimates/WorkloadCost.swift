/// What a workload costs at one dated price, step by step and by kind of token.
package struct WorkloadCost: Sendable {
  package let period: PricePeriod
  /// One cost for each step of the workload.
  package let steps: [PartCosts]
  package let total: PartCosts
  /// The total in picodollars of each of the workload's references.
  package let references: [Int128]

  /// - Throws: why there is no price, for the first call that has none.
  package init(
    _ workload: Workload, plan: PricePlan, at instant: Int64
  ) throws(UnpricedReason) {
    guard let period = plan.period(at: instant) else { throw plan.otherwise }
    var steps: [PartCosts] = []
    for step in workload.steps { steps.append(try PartCosts(step.usage, period)) }
    var references: [Int128] = []
    for reference in workload.references {
      var sum: Int128 = 0
      for usage in reference.calls { sum += try PartCosts(usage, period).total }
      references.append(sum)
    }
    self.period = period
    self.steps = steps
    total = steps.reduce(PartCosts(), +)
    self.references = references
  }
}

/// A cost by kind of token, in picodollars (10⁻¹² USD).
///
/// A discount is taken off each part, rounded half-even to a picodollar.
package struct PartCosts: Hashable, Sendable {
  package private(set) var input: Int128 = 0
  package private(set) var cacheWrite5m: Int128 = 0
  package private(set) var cacheWrite1h: Int128 = 0
  package private(set) var cacheRead: Int128 = 0
  package private(set) var output: Int128 = 0

  init() {}

  /// The parts of one call; its prompt alone decides between base and long-prompt rates.
  init(_ usage: TokenUsage, _ period: PricePeriod) throws(UnpricedReason) {
    let rates = period.rates(for: usage)
    let payable = period.payable
    input = try Self.charge(usage.input, rates.input, payable)
    cacheWrite5m = try Self.charge(usage.cacheWrite5m, rates.cacheWrite5m, payable)
    cacheWrite1h = try Self.charge(usage.cacheWrite1h, rates.cacheWrite1h, payable)
    cacheRead = try Self.charge(usage.cacheRead, rates.cacheRead, payable)
    output = try Self.charge(usage.output, rates.output, payable)
  }

  package var total: Int128 { input + cacheWrite5m + cacheWrite1h + cacheRead + output }

  static func + (one: PartCosts, other: PartCosts) -> PartCosts {
    var sum = one
    sum.input += other.input
    sum.cacheWrite5m += other.cacheWrite5m
    sum.cacheWrite1h += other.cacheWrite1h
    sum.cacheRead += other.cacheRead
    sum.output += other.output
    return sum
  }

  private static func charge(
    _ count: Int64, _ rate: Int64?, _ payable: Ratio
  ) throws(UnpricedReason) -> Int128 {
    guard let rate else {
      if count == 0 { return 0 }
      throw .noTokenRate
    }
    return payable.rounded(Int128(count) * Int128(rate))
  }
}
