import Tables
import UsageLog

/// What made a call's rates others than those of the plain price row, with the fact that did it.
struct PriceReasons {
  let facts: BilledFacts
  let conditions: PriceConditions
  let plan: PricePlan
  let period: PricePeriod?
  let book: PriceBook

  var modifiers: [Reckoning.Modifier] {
    guard let period else { return [] }
    return [speed(period), endpoint(period), longPrompt(period)].compactMap(\.self)
      + plan.modifiers.map { multiplied($0, period) }
  }

  // MARK: - Rows of their own

  private func speed(_ period: PricePeriod) -> Reckoning.Modifier? {
    guard let row = period.row, row.provider.hasSuffix("-fast") else { return nil }
    return Reckoning.Modifier(
      name: "fast mode", factor: ratio(of: row, to: String(row.provider.dropLast(5))),
      reason: "speed is fast, which has price rows of its own")
  }

  private func endpoint(_ period: PricePeriod) -> Reckoning.Modifier? {
    guard let row = period.row, row.provider.contains("-regional") else { return nil }
    let isNamed = canonicalModel(conditions.model).scope == .regional
    let place =
      isNamed ? "the model's name, \(conditions.model)," : "region \(conditions.region ?? "")"
    return Reckoning.Modifier(
      name: "regional endpoint",
      factor: ratio(of: row, to: row.provider.replacing("-regional", with: "-global")),
      reason: "\(place) is a regional endpoint, which has price rows of its own")
  }

  /// What a row costs of another provider's row of the same model at the same time; nil if classes differ in it.
  private func ratio(of row: PriceRow, to provider: String) -> Ratio? {
    let other = book.catalogue.positions(provider: provider, model: PricedModel(row).canonical)
      .map { book.catalogue.rows[$0] }
      .first { $0.validFrom <= facts.occurredAt && facts.occurredAt < $0.validTo }
    guard let other, other.rates.input > 0 else { return nil }
    let ratio = Ratio(row.rates.input, over: other.rates.input)
    return other.rates.scaled(by: ratio) == row.rates ? ratio : nil
  }

  private func longPrompt(_ period: PricePeriod) -> Reckoning.Modifier? {
    guard let row = period.row, let long = row.longPrompt else { return nil }
    let prompt = facts.tokens.promptTokens
    guard prompt > long.threshold, row.rates.input > 0, row.rates.output > 0 else { return nil }
    let input = Ratio(long.rates.input, over: row.rates.input)
    let output = Ratio(long.rates.output, over: row.rates.output)
    let isSame = row.rates.scaled(by: input) == long.rates
    return Reckoning.Modifier(
      name: "long prompt", factor: isSame ? input : nil,
      reason:
        "a prompt of \(prompt.grouped) tokens is above \(long.threshold.grouped): the whole request "
        + "pays the long rates"
        + (isSame ? "" : " (input and cache x \(input.text), output x \(output.text))"))
  }

  // MARK: - Multipliers

  private func multiplied(
    _ modifier: PriceModifier, _ period: PricePeriod
  ) -> Reckoning.Modifier {
    switch modifier {
    case .batch:
      return Reckoning.Modifier(
        name: "batch", factor: period.negotiatedBatch ?? period.row?.batch,
        reason: "service_tier is batch")
    case .usResidency:
      let ratio = period.row?.usResidency
      return Reckoning.Modifier(
        name: "US residency", factor: ratio ?? .one,
        reason: "inference_geo is us" + (ratio == nil ? ", which costs nothing extra here" : ""))
    }
  }

  // MARK: - Remarks

  var remarks: [String] {
    (facts.usage.isLogged ? writes + longThreshold + searches : []) + endings
  }

  private var writes: [String] {
    guard (facts.usage.cacheCreate ?? 0) > 0 else { return [] }
    guard let long = facts.usage.cacheCreate1h else {
      return [
        "The log does not split cache writes by lifetime: all of them count as 5-minute writes."
      ]
    }
    guard long > 0, let rates = period?.row?.rates, let rate = rates.cacheWrite1h, rates.input > 0
    else { return [] }
    return [
      "1-hour cache writes are listed at \(Ratio(rate, over: rates.input).text) x the input rate."
    ]
  }

  private var longThreshold: [String] {
    guard let long = period?.row?.longPrompt, facts.tokens.promptTokens <= long.threshold else {
      return []
    }
    return [
      "Long rates begin above \(long.threshold.grouped) prompt tokens; this prompt has "
        + "\(facts.tokens.promptTokens.grouped)."
    ]
  }

  private var searches: [String] {
    facts.tokens.webSearches > 0 && !plan.modifiers.isEmpty
      ? ["Web searches are not multiplied: neither batches nor residency change their price."] : []
  }

  private var endings: [String] {
    if facts.isRefusal, facts.freeReason == nil {
      return [
        facts.outcome == .refused
          ? "A refusal that is billed: by its date, or its category (\(facts.stopCategory ?? "none"))."
          : "A refusal after output had begun, which is always billed."
      ]
    }
    if let status = facts.statusCode, status >= 400, facts.freeReason == nil {
      return ["Status \(status), but usage was reported: what was used is priced."]
    }
    return []
  }
}

extension PricePeriod {
  fileprivate var negotiatedBatch: Ratio? {
    if case .rates(let rates) = override?.effect { rates.batch } else { nil }
  }
}

extension Ratio {
  /// As a plain decimal: `0.5`, `1.1`.
  var text: String { DecimalFraction(Int128(numerator), over: Int128(denominator)).exact }
}
