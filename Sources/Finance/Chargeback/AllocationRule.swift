package import CallStore

/// Whose cost is shared, and by what it is spread over tenants.
package struct AllocationRule: Equatable, Sendable {
  /// What a tenant's share goes by; all but `weights` look at the calls that are the tenant's own.
  package enum Basis: String, CaseIterable, Sendable {
    case usage, equal, calls, tokens, weights
  }

  /// As statements call it; it must not tell one tenant of another.
  package var name: String
  /// What calls must have: values of one dimension are alternatives, all dimensions must fit.
  ///
  /// `(none)` is what was not logged.
  package var calls: [Dimension: Set<String>]
  package var basis: Basis
  /// Millionths, by tenant.
  package var weights: [String: Int64]

  /// What calls can be told apart by here.
  package static let dimensions: [Dimension] = [.feature, .tenant, .workspace]

  package init(
    name: String, calls: [Dimension: Set<String>], by basis: Basis, weights: [String: Int64] = [:]
  ) {
    self.name = name
    self.calls = calls
    self.basis = basis
    self.weights = weights
  }

  /// Calls without a tenant, as the rule that comes last.
  package static func unallocated(by basis: Basis) -> AllocationRule {
    AllocationRule(
      name: "calls without a tenant", calls: [.tenant: [Selection.none]], by: basis)
  }

  func takes(_ item: UsageItem) -> Bool {
    calls.allSatisfy { dimension, values in
      let value =
        switch dimension {
        case .tenant: item.tenant
        case .feature: item.feature
        default: item.workspace
        }
      return values.contains(value ?? Selection.none)
    }
  }

  /// Which calls it is about: `feature nightly-digest or summarise, tenant lumen-desk`.
  package var text: String {
    Self.dimensions.compactMap { dimension in
      calls[dimension].map {
        "\(dimension.rawValue) \($0.sorted().joined(separator: " or "))"
      }
    }.joined(separator: ", ")
  }
}
