import Tables
import UsageLog

extension Reckoning.Agreement {
  /// - Parameter known: the agreements of the price book that hold; a commitment that is not among them is the
  ///   program's own rule for the tier.
  init(_ override: PriceOverride, of conditions: PriceConditions, among known: [PriceOverride]) {
    let isBuiltIn = override.effect == .covered && !known.contains(override)
    self.init(
      name: override.name,
      calls: isBuiltIn
        ? "service_tier \(conditions.serviceTier ?? "")" : override.calls.description,
      effect: override.effect.description)
  }
}

extension PriceOverride.Calls {
  /// The selectors with their values: `workspace support, from 2026-10-01`.
  fileprivate var description: String {
    let given: [(String, String?)] = [
      ("api key", apiKey), ("workspace", workspace), ("model", model),
      ("service tier", serviceTier),
      ("speed", speed), ("region", region), ("channel", channel),
      ("from", from == .min ? nil : day(from)), ("until", until == .max ? nil : day(until)),
    ]
    let words = given.compactMap { name, value in value.map { "\(name) \($0)" } }
    return words.isEmpty ? "all calls" : words.joined(separator: ", ")
  }

  private func day(_ instant: Int64) -> String { String(ClockTime(instant).rfc3339.prefix(10)) }
}

extension PriceOverride.Effect {
  fileprivate var description: String {
    switch self {
    case .sameAs(let model): "priced as \(model)"
    case .rates: "negotiated rates"
    case .discount(let payable): "\(payable.text) of the price is paid"
    case .covered: "covered by a commitment"
    }
  }
}

extension PriceOverride {
  /// Why another agreement counts, or none: the one for fewer calls wins, of equals the one written last.
  func whyPassedOver(by winner: PriceOverride?, at conditions: PriceConditions) -> String {
    let tier = conditions.serviceTier ?? ""
    if calls.serviceTier == nil, !["", "standard", "default", "batch"].contains(tier) {
      return "it does not name the service tier \(tier)"
    }
    guard let winner, calls.specificity <= winner.calls.specificity else {
      return "there is no price that it could apply to"
    }
    return calls.specificity < winner.calls.specificity
      ? "weaker: '\(winner.name)' is for fewer calls"
      : "weaker: '\(winner.name)' is as specific and written after it"
  }
}
