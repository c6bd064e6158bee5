import CallStore
import Finance
import UsageLog

/// The help desk's company, as chargebacks see it.
enum Company {
  static let calendar = known(ReportCalendar())
  static let november = calendar.period(.month(year: 2026, month: 11))

  static func known<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a test names what there is not") }
    return value
  }

  static func day(_ day: Int) -> CivilDate { CivilDate(year: 2026, month: 11, day: day) }

  /// Dollars as nano-dollars.
  static func usd(_ dollars: Double) -> Int64 { Int64((dollars * 1e9).rounded()) }

  static func item(
    _ tenant: String?, _ dollars: Double, feature: String? = "support-chat", day: Int = 3,
    calls: Int64 = 10, counts: [TokenClass: Int64] = [:], about: String? = nil,
    model: String = "claude-sonnet-5-5", workspace: String? = nil
  ) -> UsageItem {
    UsageItem(
      tenant: tenant, feature: feature, workspace: workspace, model: model, date: Self.day(day),
      about: about, usage: UsageCost(calls: calls, counts: counts, costNanos: usd(dollars)))
  }

  static func chargeback(
    _ items: [UsageItem], over period: ReportPeriod = november,
    _ change: (inout ChargebackRules) -> Void = { _ in }
  ) -> Chargeback {
    var rules = ChargebackRules()
    change(&rules)
    return Chargeback(items, period, calendar, rules)
  }
}

extension Chargeback {
  func statement(_ tenant: String) -> Statement? { statements.first { $0.tenant == tenant } }

  /// Dollars that a tenant is charged.
  func charged(_ tenant: String) -> Double? {
    statement(tenant).map { Double($0.charge().usdNanos) / 1e9 }
  }

  func cost(_ tenant: String) -> Double? { statement(tenant).map { Double($0.cost()) / 1e9 } }

  /// No cost is lost or found, and every column adds up to its total.
  var addsUp: Bool {
    let (lines, total) = (rows.dropLast(), rows[rows.count - 1])
    func sums(_ amount: (ChargebackRow) -> Int64) -> Bool {
      lines.reduce(0) { $0 + amount($1) } == amount(total)
    }
    return total.costNanos == costNanos && total.sharedNanos == 0
      && statements.reduce(keptNanos) { $0 + $1.cost() } == costNanos
      && total.charge == charge && sums(\.ownNanos) && sums(\.sharedNanos) && sums(\.costNanos)
      && sums(\.marginNanos) && sums(\.minimumNanos) && sums(\.charge.usdNanos)
      && sums(\.charge.local) && sums(\.usage.calls)
      && charge.usdNanos % Charge.cent == 0
  }
}
