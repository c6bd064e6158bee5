/// Overrides in words, for listings: which calls, and what holds for them.
extension PriceOverride {
  /// `channel bedrock, from 2026-01-01`, or `all calls`.
  package var whichCalls: String {
    let selectors: [(String, String?)] = [
      ("api_key", calls.apiKey), ("workspace", calls.workspace), ("model", calls.model),
      ("service_tier", calls.serviceTier), ("speed", calls.speed), ("region", calls.region),
      ("channel", calls.channel), ("from", calls.from == .min ? nil : dayText(calls.from)),
      ("until", calls.until == .max ? nil : dayText(calls.until)),
    ]
    let given = selectors.compactMap { name, value in value.map { "\(name) \($0)" } }
    return given.isEmpty ? "all calls" : given.joined(separator: ", ")
  }

  /// `12% off`, `priced as gpt-4o`, `covered`, `input 4, output 20`.
  package var whatHolds: String {
    switch effect {
    case .sameAs(let model): "priced as \(model)"
    case .rates(let rates): rates.text
    case .discount(let payable): "\(payable.offText) off"
    case .covered: "covered"
    }
  }

  /// The whole of it: `Anthropic 2026: channel anthropic: 12% off`.
  package var text: String { "\(name): \(whichCalls): \(whatHolds)" }

  /// Whether calls of one of these models and channels may be among those it is for; none is any.
  ///
  /// - Parameter models: canonical.
  package func mayHold(forModels models: [String], channels: [String] = []) -> Bool {
    func fits(_ wanted: String?, _ values: [String]) -> Bool {
      wanted.map { values.isEmpty || values.contains($0) } ?? true
    }
    return fits(calls.model.map { canonicalModel($0).canonical }, models)
      && fits(calls.channel, channels)
  }
}

extension NegotiatedRates {
  fileprivate var text: String {
    let rates: [(String, Int64?, Int)] = [
      ("input", input, 6), ("output", output, 6), ("cache_write_5m", cacheWrite5m, 6),
      ("cache_write_1h", cacheWrite1h, 6), ("cache_read", cacheRead, 6),
      ("web_search_usd_per_1000", webSearch, 9),
    ]
    var given = rates.compactMap { name, units, decimals in
      units.map { "\(name) \(decimalText($0, decimals: decimals))" }
    }
    if let batch = batch?.exactly(1_000_000) {
      given.append("batch_multiplier \(decimalText(batch, decimals: 6))")
    }
    return given.isEmpty ? "as listed" : given.joined(separator: ", ")
  }
}

extension Ratio {
  /// What is off where this is left to pay: `12%` of 0.88.
  fileprivate var offText: String {
    let off = Int128(denominator - numerator) * 1_000_000 / Int128(denominator)
    return decimalText(Int64(off), decimals: 4) + "%"
  }
}
