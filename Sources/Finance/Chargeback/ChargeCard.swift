/// The terms of tenants, of plans, and of everyone else.
package struct ChargeCard: Equatable, Sendable {
  package var standard: [ChargeTerms] = []
  package var plans: [String: [ChargeTerms]] = [:]
  package var tenants: [String: [ChargeTerms]] = [:]

  package init() {}

  /// A tenant's own terms, else the plan's, else everyone's; else cost.
  ///
  /// Of several, the latest that hold on the day; they count as a whole.
  package func terms(tenant: String, plan: String?, on date: CivilDate) -> ChargeTerms {
    let candidates = [tenants[tenant], plan.flatMap { plans[$0] }, standard]
    for terms in candidates.compactMap(\.self) {
      let holding = terms.filter { $0.from.map { $0 <= date } ?? true }
      let latest = holding.max {
        ($0.from?.dayNumber ?? .min) < ($1.from?.dayNumber ?? .min)
      }
      if let latest { return latest }
    }
    return ChargeTerms()
  }

  /// Those with terms of their own that ask for a fee, used or not.
  var tenantsWithFee: [String] {
    tenants.filter { $0.value.contains { $0.minimumNanos > 0 } }.map(\.key)
  }

  /// Those of plans that ask for a fee.
  func tenantsWithFee(of plans: [ServicePlan]) -> [String] {
    plans.filter { self.plans[$0.name]?.contains { $0.minimumNanos > 0 } ?? false }
      .flatMap { $0.seats.keys }
  }
}

/// What tenants pay a month, whatever they use.
package struct ServicePlan: Equatable, Sendable {
  package enum Unit: String, CaseIterable, Sendable { case month, seat }

  package var name: String
  /// A month's, in nano-dollars.
  package var priceNanos: Int64
  package var per: Unit
  /// Seats by tenant; 1 where the price is the tenant's.
  package var seats: [String: Int64]

  package init(name: String, priceNanos: Int64, per unit: Unit, seats: [String: Int64]) {
    self.name = name
    self.priceNanos = priceNanos
    per = unit
    self.seats = seats
  }
}

extension [ServicePlan] {
  func plan(of tenant: String) -> ServicePlan? { first { $0.seats[tenant] != nil } }
}
