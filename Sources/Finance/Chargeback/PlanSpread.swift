import UsageLog

/// How a plan's cost is spread over its tenants: whether a price for all can carry the few who use it most.
package struct PlanSpread: Equatable, Sendable {
  package var plan: ServicePlan
  package var tenants: Int
  package var revenueNanos: Int64
  package var costNanos: Int64
  /// Tenants that cost more than they pay, and what they cost beyond it.
  package var overPrice: Int
  package var beyondNanos: Int64
  /// The dearest tenth of the tenants, at least one, and what those cost.
  package var dearest: Int
  package var dearestNanos: Int64
  /// The tenant in the middle (of two, the cheaper one), and the dearest.
  package var medianNanos: Int64
  package var highestNanos: Int64
  /// The price of a month, for a tenant or a seat, at which revenue is cost; rounded half-even.
  package var breakEvenNanos: Int64
  /// That at which the objective is met.
  package var objectivePriceNanos: Int64?

  /// nil for a plan without tenants.
  package init?(_ plan: ServicePlan, in margin: Margin) {
    let rows = margin.rows.filter { $0.kind == .tenant && $0.plan == plan.name }
    guard !rows.isEmpty else { return nil }
    let costs = rows.map(\.costNanos).sorted()
    self.plan = plan
    tenants = rows.count
    revenueNanos = rows.reduce(0) { $0 + ($1.revenueNanos ?? 0) }
    costNanos = costs.reduce(0, +)
    let over = rows.filter { $0.marginNanos < 0 }
    overPrice = over.count
    beyondNanos = over.reduce(0) { $0 - $1.marginNanos }
    dearest = (rows.count + 9) / 10
    dearestNanos = costs.suffix(dearest).reduce(0, +)
    medianNanos = costs[(costs.count - 1) / 2]
    highestNanos = costs[costs.count - 1]
    let units = plan.seats.values.reduce(Int128(0)) { $0 + Int128($1) }
    let perMonth = units * margin.chargeback.months.months
    let cost = Int128(costNanos) * MonthShares.denominator
    breakEvenNanos = Price(cost, over: perMonth).rounded(to: 1)
    objectivePriceNanos = margin.objective.map {
      Price(cost * 1_000_000, over: perMonth * Int128(1_000_000 - $0)).rounded(to: 1)
    }
  }
}
