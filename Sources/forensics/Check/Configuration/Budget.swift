import Alerts
import CallStore

/// What may be spent: by whom, in which time.
struct Budget: Equatable {
  enum Scope: Equatable {
    case everybody
    case one(Dimension, String)
    /// Everyone of a dimension who has no budget of their own.
    case each(Dimension)
    case session
  }

  enum Period: String { case daily, monthly, session }

  let scope: Scope
  let period: Period
  /// In dollars or tokens.
  let limit: Quantity
  let thresholds: Thresholds

  /// Per cent of a budget from which on there is something to say.
  struct Thresholds: Equatable {
    var notice: Int64 = 50
    var warning: Int64 = 80
    var critical: Int64 = 100
  }

  /// So many per cent of it, rounded down.
  func share(_ pct: Int64) -> Quantity {
    func part(_ number: Int64) -> Int64 { Int64(clamping: Int128(number) * Int128(pct) / 100) }
    return switch limit {
    case .tokens(let count): .tokens(part(count))
    case .usd(let nanos): .usd(part(nanos))
    default: limit
    }
  }
}

/// The section `check.budgets`.
///
/// ```yaml
/// budgets:
///   monthly: 1200                    # dollars
///   daily_tokens: 5M
///   session: 5
///   tenants:
///     alder-bank: {daily: 20, monthly: {amount: 300, warning: 70}}
///     "*": {monthly: 100}            # each of the others
///   thresholds: {notice: 50, warning: 80, critical: 100}
/// ```
struct BudgetConfiguration {
  private(set) var budgets: [Budget] = []

  init() {}

  init(_ section: ConfigurationNode) throws {
    var thresholds = Budget.Thresholds()
    let members = try section.members()
    for member in members where member.key == "thresholds" {
      try thresholds.read(try member.value.members())
    }
    for member in members where member.key != "thresholds" {
      switch member.key {
      case "tenants": try readNamed(.tenant, member.value, thresholds)
      case "features": try readNamed(.feature, member.value, thresholds)
      case "session", "session_tokens":
        budgets.append(try Self.budget(member, of: .session, thresholds))
      case _ where Self.periods[member.key] != nil:
        budgets.append(try Self.budget(member, of: .everybody, thresholds))
      default:
        throw member.value.unknown(
          known: Self.periods.keys.sorted() + [
            "session", "session_tokens", "tenants", "features", "thresholds",
          ])
      }
    }
  }

  private static let periods: [String: Budget.Period] = [
    "daily": .daily, "daily_tokens": .daily, "monthly": .monthly, "monthly_tokens": .monthly,
  ]

  private mutating func readNamed(
    _ dimension: Dimension, _ section: ConfigurationNode, _ thresholds: Budget.Thresholds
  ) throws {
    for named in try section.members() {
      let scope: Budget.Scope = named.key == "*" ? .each(dimension) : .one(dimension, named.key)
      for member in try named.value.members() {
        guard Self.periods[member.key] != nil else {
          throw member.value.unknown(known: Self.periods.keys.sorted())
        }
        budgets.append(try Self.budget(member, of: scope, thresholds))
      }
    }
  }

  /// An amount, or `{amount: …, warning: …}`.
  private static func budget(
    _ member: ConfigurationNode.Member, of scope: Budget.Scope, _ thresholds: Budget.Thresholds
  ) throws -> Budget {
    var thresholds = thresholds
    var amount = member.value
    if member.value.isMapping {
      let parts = try member.value.members()
      guard let written = parts.first(where: { $0.key == "amount" }) else {
        throw member.value.error("'\(member.value.name)' needs an 'amount'")
      }
      amount = written.value
      try thresholds.read(parts.filter { $0.key != "amount" })
    }
    let limit: Quantity =
      member.key.hasSuffix("_tokens") ? .tokens(try amount.tokens()) : .usd(try amount.usd())
    if limit == .usd(0) { throw amount.mustBe("more than 0") }
    return Budget(
      scope: scope, period: periods[member.key] ?? .session, limit: limit, thresholds: thresholds)
  }

  /// What the article calls `alert_threshold_daily` and `alert_threshold_monthly`, in dollars.
  init(costTracking section: ConfigurationNode) throws {
    for member in try section.members() {
      let period: Budget.Period
      switch member.key {
      case "alert_threshold_daily": period = .daily
      case "alert_threshold_monthly": period = .monthly
      default:
        throw member.value.unknown(known: ["alert_threshold_daily", "alert_threshold_monthly"])
      }
      let nanos = try member.value.usd()
      if nanos == 0 { throw member.value.mustBe("more than 0") }
      budgets.append(
        Budget(scope: .everybody, period: period, limit: .usd(nanos), thresholds: .init()))
    }
  }

  /// Budgets that say nothing of what these do.
  func adding(_ others: BudgetConfiguration) -> BudgetConfiguration {
    var all = self
    all.budgets += others.budgets.filter { other in
      !budgets.contains {
        $0.scope == other.scope && $0.period == other.period && $0.limit.unit == other.limit.unit
      }
    }
    return all
  }
}

extension Budget.Thresholds {
  fileprivate mutating func read(_ members: [ConfigurationNode.Member]) throws {
    for member in members {
      switch member.key {
      case "notice": notice = try member.value.wholePct()
      case "warning": warning = try member.value.wholePct()
      case "critical": critical = try member.value.wholePct()
      default: throw member.value.unknown(known: ["notice", "warning", "critical"])
      }
    }
    if let first = members.first, warning > critical {
      throw first.value.error(
        "'warning' (\(warning) %) must not lie above 'critical' (\(critical) %)")
    }
  }
}
