import UsageLog

/// What plans bring in against what their tenants cost.
package struct Margin: Sendable {
  package struct Row: Equatable, Sendable {
    package enum Kind: String, Sendable { case tenant, unallocated, total }
    package var kind: Kind
    package var name: String?
    package var plan: String?
    package var seats: Int64?
    /// Prorated by days, rounded once; nil where no plan says what is paid.
    package var revenueNanos: Int64?
    package var costNanos: Int64
    package var isBelowObjective = false

    /// Without a plan all of the cost is lost.
    package var marginNanos: Int64 { (revenueNanos ?? 0) - costNanos }
  }

  package var chargeback: Chargeback
  /// Millionths of the revenue that are to be left; nil where nobody said so.
  package var objective: Int64?
  /// The worst first, tenants without a plan behind them, then nobody's cost and the total.
  package private(set) var rows: [Row] = []

  /// - Parameter chargeback: whose costs count: own calls, shares, adjustments.
  package init(_ chargeback: Chargeback, objective: Int64?) {
    self.chargeback = chargeback
    self.objective = objective
    let costs = Dictionary(
      uniqueKeysWithValues: chargeback.statements.map { ($0.tenant, $0.cost()) })
    let plans = chargeback.rules.plans
    let tenants = Set(costs.keys).union(plans.flatMap { $0.seats.keys })
    rows = tenants.map { row($0, plans.plan(of: $0), costs[$0] ?? 0) }.sorted(by: Self.isWorse)
    var total = Row(kind: .total, name: chargeback.period.text, costNanos: chargeback.costNanos)
    total.revenueNanos = rows.reduce(0) { $0 + ($1.revenueNanos ?? 0) }
    if chargeback.keptNanos != 0 {
      rows.append(Row(kind: .unallocated, costNanos: chargeback.keptNanos))
    }
    total.isBelowObjective = isBelow(total)
    rows.append(total)
  }

  /// Tenants of plans that leave less than the objective.
  package var below: [Row] { rows.filter { $0.kind == .tenant && $0.isBelowObjective } }

  private func row(_ tenant: String, _ plan: ServicePlan?, _ costNanos: Int64) -> Row {
    var row = Row(kind: .tenant, name: tenant, plan: plan?.name, costNanos: costNanos)
    if let plan, let seats = plan.seats[tenant] {
      row.seats = plan.per == .seat ? seats : nil
      row.revenueNanos = chargeback.months.prorated { _ in plan.priceNanos * seats }
        .rounded(to: 1)
      row.isBelowObjective = isBelow(row)
    }
    return row
  }

  /// A plan that brings nothing is below it as soon as it costs something.
  private func isBelow(_ row: Row) -> Bool {
    guard let objective, let revenue = row.revenueNanos, row.costNanos != 0 || revenue != 0 else {
      return false
    }
    return Int128(row.marginNanos) * 1_000_000 < Int128(revenue) * Int128(objective)
  }

  private static func isWorse(_ one: Row, _ other: Row) -> Bool {
    let (hasPlan, otherHasPlan) = (one.revenueNanos != nil, other.revenueNanos != nil)
    if hasPlan != otherHasPlan { return hasPlan }
    return (one.marginNanos, one.name ?? "") < (other.marginNanos, other.name ?? "")
  }
}
