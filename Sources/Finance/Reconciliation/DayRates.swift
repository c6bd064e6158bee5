import CallStore
import UsageLog

/// What a token costs on a day, by the price book: list prices, or what was agreed.
final class DayRates {
  private struct Conditions: Hashable {
    var model: String
    var terms: PriceTerms
  }

  private let book: PriceBook
  private let channel: String
  private var plans: [Conditions: PricePlan] = [:]

  init(_ book: PriceBook, channel: String) {
    self.book = book
    self.channel = channel
  }

  /// In attodollars; nil where there is no price, 0 where a commitment has paid.
  func rate(
    _ tokenClass: TokenClass, of model: String, _ terms: PriceTerms, on day: CivilDate
  ) -> Int128? {
    guard let period = period(model, terms, day) else { return nil }
    if period.isCovered { return 0 }
    let rates =
      terms.isLong && period.longThreshold == Self.longPrompt ? period.longRates : period.rates
    let picodollars: Int64? =
      switch tokenClass {
      case .input: rates.input
      case .cacheWrite5m: rates.cacheWrite5m
      case .cacheWrite1h: rates.cacheWrite1h
      case .cacheRead: rates.cacheRead
      case .output: rates.output
      case .webSearch: period.webSearch
      }
    return picodollars.map {
      ExactDollars.rounded(
        Int128($0) * 1_000_000 * Int128(period.payable.numerator),
        over: Int128(period.payable.denominator))
    }
  }

  /// Whether prompts beyond 200,000 tokens cost more then.
  func hasLongPrompts(_ model: String, on day: CivilDate) -> Bool {
    period(model, PriceTerms(), day)?.longThreshold == Self.longPrompt
  }

  /// Where reports cut prompts into short and long ones.
  static let longPrompt: Int64 = 200_000

  private func period(_ model: String, _ terms: PriceTerms, _ day: CivilDate) -> PricePeriod? {
    let key = Conditions(model: model, terms: terms)
    let plan = plans[key] ?? book.plan(for: conditions(model, terms))
    plans[key] = plan
    // The hour at which a price changes is not published: the day's noon decides.
    return plan.period(at: Int64(day.dayNumber) * 86_400_000 + 43_200_000)
  }

  private func conditions(_ model: String, _ terms: PriceTerms) -> PriceConditions {
    var conditions = PriceConditions(model: model, channel: channel)
    if terms.tier != PriceTerms.standard { conditions.serviceTier = terms.tier }
    if terms.speed != PriceTerms.standard { conditions.speed = terms.speed }
    let isGlobal = terms.geography == PriceTerms.global
    if channel != "anthropic" {
      conditions.region = isGlobal ? "global" : "us"
    } else if !isGlobal {
      conditions.inferenceGeo = terms.geography
    }
    return conditions
  }
}
