import ArgumentParser
import Finance

/// `finance.currency` and `finance.fx`: what is charged in, and at which stated rate.
///
/// ```yaml
/// currency: EUR
/// fx:
///   EUR: {rate: 0.92, source: ECB reference rate, date: 2026-10-30}
/// ```
struct CurrencyConfiguration {
  private var rates: [String: ExchangeRate] = [:]
  private var wanted: ConfigurationNode?

  mutating func read(currency setting: ConfigurationNode) throws {
    guard try setting.text().count == 3 else { throw setting.mustBe("a currency such as EUR") }
    wanted = setting
  }

  mutating func read(rates section: ConfigurationNode) throws {
    for member in try section.members() {
      let value = member.value
      var (rate, source, date): (ConfigurationNode?, String?, String?) = (value, nil, nil)
      if value.isMapping {
        rate = nil
        for setting in try value.members() {
          switch setting.key {
          case "rate": rate = setting.value
          case "source": source = try setting.value.text()
          case "date": date = try setting.value.date().text
          default: throw setting.value.unknown(known: ["rate", "source", "date"])
          }
        }
      }
      guard let rate else { throw value.error("'\(value.name)' needs a 'rate'") }
      guard
        let read = ExchangeRate(
          member.key, try rate.text(), source: source ?? rate.place, date: date)
      else {
        throw rate.mustBe(
          "what one US dollar is worth, such as 0.92, with at most six decimals, of a currency such as EUR"
        )
      }
      rates[member.key] = read
    }
  }

  /// - Parameter option: `EUR=0.92`, which counts more.
  /// - Returns: nil for dollars.
  func exchange(_ option: String?) throws -> ExchangeRate? {
    if let option { return try Self.exchange(option: option) }
    guard let wanted else { return nil }
    let currency = try wanted.text()
    if currency == "USD" { return nil }
    guard let rate = rates[currency] else {
      throw wanted.error(
        "there is no rate for '\(currency)'; add 'fx: {\(currency): {rate: …, source: …, date: …}}'"
      )
    }
    return rate
  }

  static func exchange(option: String) throws -> ExchangeRate {
    let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let rate = ExchangeRate(parts[0], parts[1], source: "--fx") else {
      throw ValidationError(
        "--fx takes what one US dollar is worth, such as EUR=0.92 (at most six decimals), not '\(option)'"
      )
    }
    return rate
  }
}
