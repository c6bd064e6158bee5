import CallStore
import Finance
import UsageLog

/// `finance.shared`: whose cost is spread over tenants, in the order in which rules take calls.
///
/// ```yaml
/// shared:
///   - {feature: nightly-digest, by: usage}
///   - {name: help desk, tenant: lumen-desk, by: equal}
///   - {workspace: wrk_shared, by: weights, weights: {alder-bank: 2, brisk-parcel: 1}}
/// unallocated: keep
/// ```
enum SharedCostConfiguration {
  static func rule(_ section: ConfigurationNode) throws -> AllocationRule {
    var name: String?
    var calls: [Dimension: Set<String>] = [:]
    var basis: AllocationRule.Basis?
    var weights: [String: Int64] = [:]
    for setting in try section.members() {
      switch setting.key {
      case "name": name = try setting.value.text()
      case "feature", "tenant", "workspace":
        guard let dimension = Dimension(rawValue: setting.key) else { continue }
        calls[dimension] = try setting.value.names()
      case "by": basis = try Self.basis(setting.value)
      case "weights":
        for tenant in try setting.value.members() {
          weights[tenant.key] = try weight(tenant.value)
        }
      default:
        throw setting.value.unknown(
          known: ["name", "feature", "tenant", "workspace", "by", "weights"])
      }
    }
    if calls.isEmpty {
      throw section.error("a shared cost needs a 'feature', a 'tenant' or a 'workspace'")
    }
    guard let basis = basis ?? (weights.isEmpty ? nil : .weights) else {
      throw section.error("a shared cost needs 'by': usage, equal, calls, tokens or weights")
    }
    if (basis == .weights) != weights.contains(where: { $0.value > 0 }) {
      throw section.error("'by: weights' and 'weights: {tenant: 2}' need each other")
    }
    return AllocationRule(
      name: name ?? standardName(calls), calls: calls, by: basis, weights: weights)
  }

  /// Statements show it: another tenant's name, or an account's, does not belong there.
  private static func standardName(_ calls: [Dimension: Set<String>]) -> String {
    calls.keys.contains { $0 != .feature }
      ? "shared costs" : (calls[.feature] ?? []).sorted().joined(separator: ", ")
  }

  /// nil keeps them on a line of their own.
  static func unallocated(_ setting: ConfigurationNode) throws -> AllocationRule.Basis? {
    switch try setting.text() {
    case "keep": return nil
    case "spread": return .usage
    case let text:
      guard let basis = AllocationRule.Basis(rawValue: text), basis != .weights else {
        throw setting.mustBe("keep, spread (by usage), usage, equal, calls or tokens")
      }
      return basis
    }
  }

  private static func basis(_ setting: ConfigurationNode) throws -> AllocationRule.Basis {
    guard let basis = AllocationRule.Basis(rawValue: try setting.text()) else {
      throw setting.mustBe("usage, equal, calls, tokens or weights")
    }
    return basis
  }

  private static func weight(_ setting: ConfigurationNode) throws -> Int64 {
    guard let weight = exactDecimal(try setting.text(), decimals: 6),
      weight <= 1_000_000_000_000_000
    else { throw setting.mustBe("a number such as 2 or 0.5, up to a thousand million") }
    return weight
  }
}
