package import CallStore

/// How costs are spread and what is asked for them.
package struct ChargebackRules: Sendable {
  /// In the order in which they take calls.
  package var shared: [AllocationRule] = []
  /// What calls without a tenant are spread by; nil keeps them on a line of their own.
  package var unallocated: AllocationRule.Basis?
  package var card = ChargeCard()
  package var plans: [ServicePlan] = []
  /// The currency that is charged in, beside the dollar.
  package var exchange: ExchangeRate?

  package init() {}
}

/// Who bears a period's cost, and what each is charged.
///
/// The costs of all rows add up to the ledger's total to the nano-dollar, the charges of a statement's lines to the
/// tenant's, and those of the tenants to the total.
package struct Chargeback: Sendable {
  package var period: ReportPeriod
  package var rules: ChargebackRules
  /// By what is charged, the largest first.
  package private(set) var statements: [Statement]
  package private(set) var allocation: Allocation
  package private(set) var months: MonthShares
  /// All of the ledger: the period's own calls, and what became known of closed periods.
  package private(set) var usage: UsageCost
  package private(set) var adjustmentNanos: Int64

  /// - Parameter ledger: of `LedgerQuery.chargeback`, or kept apart by more.
  package init(
    _ ledger: SpendLedger, _ period: ReportPeriod, _ calendar: ReportCalendar,
    _ rules: ChargebackRules
  ) {
    self.init(ledger.items(period, calendar), period, calendar, rules)
  }

  package init(
    _ items: [UsageItem], _ period: ReportPeriod, _ calendar: ReportCalendar,
    _ rules: ChargebackRules
  ) {
    self.period = period
    self.rules = rules
    let spread = rules.unallocated.map { [AllocationRule.unallocated(by: $0)] } ?? []
    let allocation = Allocation(items, rules.shared + spread)
    let months = MonthShares(period, calendar)
    self.allocation = allocation
    self.months = months
    usage = items.reduce(into: UsageCost()) { if $1.about == nil { $0 += $1.usage } }
    adjustmentNanos = items.reduce(0) { $1.about == nil ? $0 : $0 + $1.usage.costNanos }
    let tenants = Set(allocation.own.keys).union(allocation.pools.flatMap { $0.shares.keys })
      .union(rules.card.tenantsWithFee).union(rules.card.tenantsWithFee(of: rules.plans))
    statements = tenants.map {
      StatementLines(tenant: $0, rules: rules, period: period, months: months)
        .statement(allocation.own[$0] ?? [], allocation)
    }.filter { !$0.lines.isEmpty }.sorted {
      ($1.charge().usdNanos, $0.tenant) < ($0.charge().usdNanos, $1.tenant)
    }
  }

  /// What the ledger comes to, adjustments included.
  package var costNanos: Int64 { usage.costNanos + adjustmentNanos }

  /// What nobody bears.
  package var keptNanos: Int64 {
    allocation.unallocated.reduce(0) { $0 + $1.usage.costNanos }
      + allocation.pools.reduce(0) { $0 + $1.keptNanos }
  }

  package var charge: Charge { statements.reduce(into: Charge()) { $0 += $1.charge() } }
}
