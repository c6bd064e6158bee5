import Finance

/// `finance:` of the configuration file; each part reads what is its own.
struct FinanceConfiguration {
  /// The month that a fiscal year begins in, and the day that every month begins on.
  var fiscalYearStart = 1
  var monthStart = 1
  private(set) var isGiven = false

  /// - Throws: `SettingsError` naming the line that cannot be understood.
  mutating func read(_ section: ConfigurationNode) throws {
    isGiven = true
    for setting in try section.members() {
      switch setting.key {
      case "fiscal_year_start": fiscalYearStart = try Self.month(setting.value)
      case "month_start":
        guard let day = Int(try setting.value.text()), (1...28).contains(day) else {
          throw setting.value.mustBe("a day of the month from 1 to 28")
        }
        monthStart = day
      default: throw setting.value.unknown(known: ["fiscal_year_start", "month_start"])
      }
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
