import CallStore

/// A line of a chargeback: amounts of one column add up to the last line's.
package struct ChargebackRow: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case tenant, shared, unallocated, total
    /// What became known of a closed period.
    case adjustment(String)

    package var text: String {
      switch self {
      case .tenant: "tenant"
      case .shared: "shared"
      case .unallocated: "unallocated"
      case .total: "total"
      case .adjustment(let period): "adjustment \(period)"
      }
    }
  }

  package var kind: Kind
  /// The tenant, or what the shared cost is called; nil of calls without a tenant.
  package var name: String?
  package var plan: String?
  /// The calls of the period that the line is about.
  package var usage = UsageCost()
  /// What those calls cost; of adjustments, what was added to it.
  package var ownNanos: Int64 = 0
  /// What others' calls add: below zero on the line that they are taken from.
  package var sharedNanos: Int64 = 0
  /// What a minimum fee adds to the charge.
  package var minimumNanos: Int64 = 0
  package var charge = Charge()

  package var costNanos: Int64 { ownNanos + sharedNanos }
  /// What the charge leaves when cost is paid, the minimum fee aside.
  package var marginNanos: Int64 { charge.usdNanos - minimumNanos - costNanos }

  fileprivate static func += (sum: inout Self, other: Self) {
    sum.usage += other.usage
    sum.ownNanos += other.ownNanos
    sum.sharedNanos += other.sharedNanos
    sum.minimumNanos += other.minimumNanos
    sum.charge += other.charge
  }
}

extension Chargeback {
  /// Tenants, what is shared, calls without a tenant, adjustments of closed periods, the total.
  package var rows: [ChargebackRow] {
    let lines = tenantRows + sharedRows + unallocatedRows + adjustmentRows
    var total = ChargebackRow(kind: .total, name: period.text)
    for line in lines { total += line }
    return lines + [total]
  }

  private var tenantRows: [ChargebackRow] {
    statements.compactMap { statement in
      let row = ChargebackRow(
        kind: .tenant, name: statement.tenant, plan: statement.plan, usage: statement.usage,
        ownNanos: statement.cost([.usage]), sharedNanos: statement.cost([.shared]),
        minimumNanos: statement.charge([.minimum]).usdNanos,
        charge: statement.charge([.usage, .shared, .minimum]))
      // Of a tenant that is only corrected, the line of the correction is all there is.
      return statement.lines.allSatisfy { $0.kind == .adjustment } ? nil : row
    }
  }

  private var sharedRows: [ChargebackRow] {
    allocation.pools.filter { $0.about == nil }.map { pool in
      ChargebackRow(
        kind: .shared, name: allocation.rules[pool.rule].name, usage: pool.usage,
        ownNanos: pool.usage.costNanos, sharedNanos: pool.keptNanos - pool.usage.costNanos)
    }
  }

  private var unallocatedRows: [ChargebackRow] {
    let usage = allocation.unallocated.filter { $0.about == nil }.reduce(into: UsageCost()) {
      $0 += $1.usage
    }
    guard usage != UsageCost() else { return [] }
    return [ChargebackRow(kind: .unallocated, usage: usage, ownNanos: usage.costNanos)]
  }

  /// By closed period and tenant; what nobody bears of them comes last.
  private var adjustmentRows: [ChargebackRow] {
    var rows: [ChargebackRow] = []
    let nobody = allocation.unallocated.filter { $0.about != nil }
    let periods = Set(
      nobody.compactMap(\.about) + allocation.pools.compactMap(\.about)
        + statements.flatMap { $0.lines.compactMap(\.about) })
    for period in periods.sorted() {
      for statement in statements {
        let lines = statement.lines.filter { $0.about == period }
        guard !lines.isEmpty else { continue }
        var row = ChargebackRow(
          kind: .adjustment(period), name: statement.tenant, plan: statement.plan)
        for line in lines {
          row.ownNanos += line.costNanos
          row.charge += line.charge
        }
        rows.append(row)
      }
      let kept =
        nobody.filter { $0.about == period }.reduce(0) { $0 + $1.usage.costNanos }
        + allocation.pools.filter { $0.about == period }.reduce(0) { $0 + $1.keptNanos }
      if kept != 0 { rows.append(ChargebackRow(kind: .adjustment(period), ownNanos: kept)) }
    }
    return rows
  }
}
