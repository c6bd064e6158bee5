/// Who bears which cost: tenants their own and shares of what is shared, nobody the rest.
///
/// All of it together is what was handed in, to the nano-dollar.
package struct Allocation: Sendable {
  /// What is of one rule and of one period.
  package struct Pool: Sendable {
    package var rule: Int
    /// The closed period that it corrects; nil of the period's own calls.
    package var about: String?
    package var usage: UsageCost
    /// What each tenant bears of it.
    package var shares: [String: Int64]

    /// What nobody bears of it: all, where there is nobody to spread it over.
    package var keptNanos: Int64 { usage.costNanos - shares.values.reduce(0, +) }
  }

  package private(set) var rules: [AllocationRule]
  /// Calls of tenants that no rule takes.
  package private(set) var own: [String: [UsageItem]] = [:]
  /// Calls without a tenant that no rule takes.
  package private(set) var unallocated: [UsageItem] = []
  /// In the order of the rules.
  package private(set) var pools: [Pool] = []

  /// Every call goes to the first rule that takes it; shares go by what no rule takes.
  package init(_ items: [UsageItem], _ rules: [AllocationRule]) {
    self.rules = rules
    var taken: [Int: [String: UsageCost]] = [:]
    for item in items {
      if let rule = rules.firstIndex(where: { $0.takes(item) }) {
        taken[rule, default: [:]][item.about ?? "", default: UsageCost()] += item.usage
      } else if let tenant = item.tenant {
        own[tenant, default: []].append(item)
      } else {
        unallocated.append(item)
      }
    }
    for (rule, periods) in taken.sorted(by: { $0.key < $1.key }) {
      let (tenants, weights) = weights(rules[rule])
      for (about, usage) in periods.sorted(by: { $0.key < $1.key }) {
        let shares = apportioned(usage.costNanos, by: weights) ?? []
        pools.append(
          Pool(
            rule: rule, about: about.isEmpty ? nil : about, usage: usage,
            shares: Dictionary(uniqueKeysWithValues: zip(tenants, shares))))
      }
    }
  }

  /// Tenants by name, so that equal remainders are settled the same way every time.
  private func weights(_ rule: AllocationRule) -> ([String], [Int64]) {
    if rule.basis == .weights {
      let tenants = rule.weights.keys.sorted()
      return (tenants, tenants.map { rule.weights[$0] ?? 0 })
    }
    let usage = own.mapValues { items in
      items.reduce(into: UsageCost()) { if $1.about == nil { $0 += $1.usage } }
    }.filter { $0.value.calls + $0.value.extraCalls > 0 }
    let tenants = usage.keys.sorted()
    return (
      tenants,
      tenants.map { tenant in
        let usage = usage[tenant] ?? UsageCost()
        let weight =
          switch rule.basis {
          case .usage: usage.costNanos
          case .calls: usage.calls
          case .tokens: usage.tokens
          case .equal, .weights: Int64(1)
          }
        return max(0, weight)
      }
    )
  }
}
