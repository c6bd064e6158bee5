import CallStore
import Finance

/// `finance.plans`: what tenants pay a month, and who has which plan.
///
/// ```yaml
/// plans:
///   pro: {price: 49, tenants: [alder-bank, brisk-parcel]}
///   team: {price: 12, per: seat, tenants: {cobalt-air: 8}}
/// ```
enum PlanConfiguration {
  static func read(_ section: ConfigurationNode) throws -> [ServicePlan] {
    var plans: [ServicePlan] = []
    for plan in try section.members() {
      let read = try single(plan.key, plan.value)
      for other in plans {
        if let tenant = other.seats.keys.sorted().first(where: { read.seats[$0] != nil }) {
          throw plan.value.error("'\(tenant)' has the plan '\(other.name)' already")
        }
      }
      plans.append(read)
    }
    return plans
  }

  private static func single(_ name: String, _ section: ConfigurationNode) throws -> ServicePlan {
    var plan = ServicePlan(name: name, priceNanos: 0, per: .month, seats: [:])
    var tenants: ConfigurationNode?
    var isPriced = false
    for setting in try section.members() {
      switch setting.key {
      case "price":
        plan.priceNanos = try setting.value.usd()
        isPriced = true
      case "per":
        guard let unit = ServicePlan.Unit(rawValue: try setting.value.text()) else {
          throw setting.value.mustBe("month or seat")
        }
        plan.per = unit
      case "tenants": tenants = setting.value
      default: throw setting.value.unknown(known: ["price", "per", "tenants"])
      }
    }
    guard isPriced else {
      throw section.error("'\(section.name)' needs a 'price', 0 if it is free")
    }
    guard let tenants else { throw section.error("'\(section.name)' needs its 'tenants'") }
    plan.seats = try seats(tenants, per: plan.per)
    return plan
  }

  private static func seats(
    _ tenants: ConfigurationNode, per unit: ServicePlan.Unit
  ) throws -> [String: Int64] {
    var seats: [String: Int64] = [:]
    if unit == .seat {
      guard tenants.isMapping else {
        throw tenants.mustBe("a mapping of tenants to seats, such as {alder-bank: 12}")
      }
      for tenant in try tenants.members() {
        let count = try tenant.value.count()
        guard count <= 10_000_000 else { throw tenant.value.mustBe("at most 10000000 seats") }
        seats[tenant.key] = count
      }
    } else {
      guard !tenants.isMapping else {
        throw tenants.error("seats count where the plan is 'per: seat'; give a list of tenants")
      }
      for tenant in tenants.items { seats[try tenant.text()] = 1 }
    }
    return seats
  }
}
