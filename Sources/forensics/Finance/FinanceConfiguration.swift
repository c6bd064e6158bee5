import Finance

/// `finance:` of the configuration file; each part reads what is its own.
struct FinanceConfiguration {
  /// The month that a fiscal year begins in, and the day that every month begins on.
  var fiscalYearStart = 1
  var monthStart = 1
  private(set) var isGiven = false
  /// How costs are spread and what is asked for them, the currency aside.
  var chargeback = ChargebackRules()
  /// Whether tenants see in their statements what they cost.
  var statementsShowCost = true
  /// Millionths of the revenue that plans are to leave.
  var marginObjective: Int64?
  var currency = CurrencyConfiguration()
  /// What the file says, for `config`.
  private(set) var written: [ConfigurationNode] = []

  /// - Throws: `SettingsError` naming the line that cannot be understood.
  mutating func read(_ section: ConfigurationNode) throws {
    isGiven = true
    written += try section.numberedLeaves()
    for setting in try section.members() {
      switch setting.key {
      case "fiscal_year_start": fiscalYearStart = try Self.month(setting.value)
      case "month_start":
        guard let day = Int(try setting.value.text()), (1...28).contains(day) else {
          throw setting.value.mustBe("a day of the month from 1 to 28")
        }
        monthStart = day
      case "rate_card": chargeback.card = try RateCardConfiguration.read(setting.value)
      case "plans": chargeback.plans = try PlanConfiguration.read(setting.value)
      case "margin_objective": marginObjective = try setting.value.millionths(below: 1_000_000)
      case "shared":
        chargeback.shared = try setting.value.items.map(SharedCostConfiguration.rule)
      case "unallocated":
        chargeback.unallocated = try SharedCostConfiguration.unallocated(setting.value)
      case "statements": try readStatements(setting.value)
      case "currency": try currency.read(currency: setting.value)
      case "fx": try currency.read(rates: setting.value)
      default: throw setting.value.unknown(known: Self.known)
      }
    }
    try RateCardConfiguration.check(section, knows: chargeback.plans)
  }

  private static let known = [
    "fiscal_year_start", "month_start", "rate_card", "plans", "margin_objective", "shared",
    "unallocated", "statements", "currency", "fx",
  ]

  private mutating func readStatements(_ section: ConfigurationNode) throws {
    for setting in try section.members() {
      guard setting.key == "show_cost" else { throw setting.value.unknown(known: ["show_cost"]) }
      statementsShowCost = try setting.value.flag()
    }
  }

  private static func month(_ setting: ConfigurationNode) throws -> Int {
    let text = try setting.text().lowercased()
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    if let number = Int(text), (1...12).contains(number) { return number }
    guard let place = names.firstIndex(where: { $0 == text || $0.prefix(3) == text }) else {
      throw setting.mustBe("a month, such as april or 4")
    }
    return place + 1
  }
}
