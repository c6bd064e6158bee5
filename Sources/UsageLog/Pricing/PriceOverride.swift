/// What a team has agreed with its vendor, or knows better than the catalogue, for some of its calls.
package struct PriceOverride: Hashable, Sendable, Codable {
  /// As people call it: a contract's name, or the place where it is written.
  package var name: String
  package var calls: Calls
  package var effect: Effect

  package init(name: String, calls: Calls = Calls(), effect: Effect) {
    self.name = name
    self.calls = calls
    self.effect = effect
  }

  /// The calls it is for; what is not given holds for all.
  package struct Calls: Hashable, Sendable, Codable {
    /// A model id, as it is logged or in its canonical form; never a part of one.
    package var model: String?
    package var channel: String?
    package var region: String?
    /// A workspace, or a cloud's account.
    package var workspace: String?
    package var apiKey: String?
    package var serviceTier: String?
    /// Where it is not given, negotiated rates are for standard speed; all else is for both.
    package var speed: String?
    /// First instant, in milliseconds since 1970.
    package var from: Int64 = .min
    /// First instant after it.
    package var until: Int64 = .max

    package init() {}
  }

  package enum Effect: Hashable, Sendable, Codable {
    /// Priced as another model, by its canonical id.
    case sameAs(String)
    case rates(NegotiatedRates)
    /// What is left to pay of everything: 0.85 for 15 % off.
    case discount(payable: Ratio)
    /// Paid for by a commitment.
    case covered
  }
}

extension PriceOverride.Calls {
  /// In words: `model claude-opus-5, workspace ws-1`, or `all calls`.
  package var described: String {
    let given = [
      ("API key", apiKey), ("workspace", workspace), ("model", model),
      ("service tier", serviceTier), ("speed", speed), ("region", region), ("channel", channel),
    ].compactMap { word, value in value.map { "\(word) \($0)" } }
    return given.isEmpty ? "all calls" : given.joined(separator: ", ")
  }

  /// Which of two overrides that both hold for a call wins: the one for fewer calls.
  ///
  /// An API key says more than a workspace, that more than a model, then service tier, speed, region
  /// and channel; what says more outweighs all that says less.
  package var specificity: Int {
    let given = [
      channel != nil, region != nil, speed != nil, serviceTier != nil, model != nil,
      workspace != nil, apiKey != nil,
    ]
    return given.enumerated().reduce(0) { $0 + ($1.element ? 1 << $1.offset : 0) }
  }
}

extension PriceOverride {
  /// The model whose prices count, where that is what it says.
  package var standInModel: String? {
    if case .sameAs(let model) = effect { model } else { nil }
  }

  /// Whether it is for these calls, as far as they do not depend on the day.
  ///
  /// - Parameters:
  ///   - model: the one whose agreements are asked for: the logged one, or what stands in for it.
  ///   - catalogue: tells which ids are names of one model: an alias, and the snapshot it stands for.
  func holds(
    for conditions: PriceConditions, model: String, in catalogue: PriceCatalogue
  ) -> Bool {
    func fits(_ wanted: String?, _ value: String?) -> Bool {
      wanted == nil || wanted == (value ?? "")
    }
    if let wanted = calls.model, wanted != conditions.model,
      catalogue.snapshot(of: wanted) != catalogue.snapshot(of: model)
    {
      return false
    }
    guard fits(calls.channel, conditions.channel), fits(calls.region, conditions.region),
      fits(calls.workspace, conditions.workspace), fits(calls.apiKey, conditions.apiKey)
    else { return false }
    if let tier = calls.serviceTier, standard(tier) != standard(conditions.serviceTier) {
      return false
    }
    let speed = standard(conditions.speed)
    if let wanted = calls.speed { return standard(wanted) == speed }
    if case .rates = effect { return speed == "standard" }
    return true
  }
}

/// Logs call the standard tier and speed by several names, or by none.
private func standard(_ name: String?) -> String {
  switch name ?? "" {
  case "", "default", "normal": "standard"
  case let name: name
  }
}

/// Rates of a contract, in picodollars a token; classes that are not given follow the list.
///
/// A class that is not given keeps its proportion to the input rate, and a long tier its proportion to
/// the base rates, rounded half-even to a picodollar a token. Without a listed price, input and
/// output are needed and other classes have no rate.
package struct NegotiatedRates: Hashable, Sendable, Codable {
  package var input: Int64?
  package var output: Int64?
  package var cacheWrite5m: Int64?
  package var cacheWrite1h: Int64?
  package var cacheRead: Int64?
  /// Picodollars for one search.
  package var webSearch: Int64?
  /// What a batch multiplies tokens with, where the catalogue has no row that says so.
  package var batch: Ratio?

  package init() {}

  /// The card that a listed one becomes; `nil` if too little is known, or a proportion is beyond reason.
  func card(on list: RateCard?) -> RateCard? {
    guard let list else {
      guard let input, let output else { return nil }
      let rates = Rates(
        input: input, output: output, cacheWrite5m: cacheWrite5m, cacheWrite1h: cacheWrite1h,
        cacheRead: cacheRead)
      return RateCard(rates: rates, longRates: rates, longThreshold: .max, webSearch: webSearch)
    }
    guard let base = rates(on: list.rates, base: list.rates),
      let long = rates(on: list.longRates, base: list.rates)
    else { return nil }
    var card = list
    (card.rates, card.longRates) = (base, long)
    card.webSearch = webSearch ?? list.webSearch
    return card
  }

  /// Rates of a tier, scaled as the base rates were; `nil` if one could make a cost overflow.
  private func rates(on tier: Rates, base: Rates) -> Rates? {
    func scaled(_ listed: Int64, _ agreed: Int64?, _ base: Int64, _ baseInput: Int64) -> Int64 {
      if let agreed, base > 0 { return proportion(listed, agreed, base) }
      if let input, baseInput > 0 { return proportion(listed, input, baseInput) }
      return listed
    }
    func cache(_ listed: Int64?, _ agreed: Int64?, _ base: Int64?, _ baseInput: Int64) -> Int64? {
      guard let listed, let base else { return agreed }
      return scaled(listed, agreed, base, baseInput)
    }
    let scaledRates = Rates(
      input: scaled(tier.input, input, base.input, base.input),
      output: scaled(tier.output, output, base.output, base.input),
      cacheWrite5m: cache(tier.cacheWrite5m, cacheWrite5m, base.cacheWrite5m, base.input),
      cacheWrite1h: cache(tier.cacheWrite1h, cacheWrite1h, base.cacheWrite1h, base.input),
      cacheRead: cache(tier.cacheRead, cacheRead, base.cacheRead, base.input))
    return scaledRates.highest <= 10 * PriceRow.highestRate ? scaledRates : nil
  }
}

private func proportion(_ listed: Int64, _ agreed: Int64, _ base: Int64) -> Int64 {
  Int64(rounded(Int128(listed) * Int128(agreed), over: Int128(base)))
}
