import ArgumentParser
import CallStore

/// What kind of team it is, and what others of the kind look at first.
///
/// Source: the decision matrix of the article on cost forensics (docs/articles.md).
enum BuyerProfile: String, CaseIterable, ExpressibleByArgument {
  case solo
  case preRevenue = "pre-revenue"
  case scaleUp = "scale-up"
  case regulated
  case agency

  /// What the matrix puts first, and where this program shows it.
  struct Priority: Equatable {
    let name: String
    /// Levers that it stands for; none where it is no saving.
    let kinds: [Lever.Kind]
    let command: [String]
  }

  /// By spend a month, tenants, and whether anybody says where calls may be processed.
  init(monthNanos: Int64, tenants: Int, hasResidencyRules: Bool) {
    let dollar: Int64 = 1_000_000_000
    if hasResidencyRules {
      self = .regulated
    } else if monthNanos >= 20_000 * dollar, tenants >= 5 {
      self = .agency
    } else if monthNanos >= 2_000 * dollar {
      self = .scaleUp
    } else {
      self = monthNanos >= 50 * dollar ? .preRevenue : .solo
    }
  }

  var words: String {
    switch self {
    case .solo: "solo developer, below $50 a month"
    case .preRevenue: "before revenue, $50 to $2,000 a month"
    case .scaleUp: "scale-up, $2,000 to $50,000 a month"
    case .regulated: "regulated: rules say where calls may be processed"
    case .agency: "agency, $20,000 a month or more for many tenants"
    }
  }

  /// The matrix's three, in its order.
  var priorities: [Priority] {
    switch self {
    case .solo:
      [
        Priority(name: "Haiku", kinds: [.routing], command: ["model-mix", "--by", "feature"]),
        Priority(name: "batches", kinds: [.batch], command: ["spend"]),
        Self.cache("a five-minute cache"),
      ]
    case .preRevenue:
      [
        Self.cache("an hour's cache"),
        Priority(
          name: "model routing", kinds: [.routing], command: ["model-mix", "--by", "feature"]),
        Priority(
          name: "shorter prompts and tool descriptions", kinds: [.creep, .trim, .history],
          command: ["input-creep", "--all"]),
      ]
    case .scaleUp:
      [
        Priority(name: "attribution by tenant", kinds: [], command: ["spend", "--by", "tenant"]),
        Self.cache("a goal for the cache"),
        Priority(
          name: "a cap on tool recursion", kinds: [.history, .session],
          command: ["tool-recursion", "--by", "session"]),
      ]
    case .regulated:
      [
        Priority(name: "where calls are processed", kinds: [], command: ["residency"]),
        Priority(name: "logs that are kept", kinds: [], command: ["data-quality"]),
        Priority(name: "chargeback by tenant", kinds: [], command: ["spend", "--by", "tenant"]),
      ]
    case .agency:
      [
        Priority(name: "chargeback by tenant", kinds: [], command: ["spend", "--by", "tenant"]),
        Self.cache("the cache by tenant"),
        Priority(name: "margin by plan", kinds: [], command: ["tenant-trend"]),
      ]
    }
  }

  private static func cache(_ name: String) -> Priority {
    Priority(name: name, kinds: [.cache], command: ["cache-ttl"])
  }
}
