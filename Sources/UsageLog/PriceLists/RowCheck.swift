/// What can be said of a row alone: how its rates stand to each other.
struct RowCheck {
  private(set) var findings: [PriceFinding] = []
  private let row: PriceRow

  /// Beyond this many times the input rate a unit was mistaken.
  private static let outlier: Int64 = 50

  init(_ row: PriceRow) {
    self.row = row
    checkOrder()
    checkOutliers()
    checkModifiers()
    checkCacheRatios()
    if row.unverified { note("unverified", "not seen on the vendor's own page: \(row.source)") }
  }

  private mutating func checkOrder() {
    let rates = row.rates
    if let read = rates.cacheRead, read > rates.input {
      warn("read above input", "a cache read costs \(usd(read)), input \(usd(rates.input))")
    }
    // Embeddings have no output.
    if rates.output > 0, rates.output < rates.input {
      warn("output below input", "output costs \(usd(rates.output)), input \(usd(rates.input))")
    }
    guard let long = row.longPrompt else { return }
    if long.rates.input < rates.input || long.rates.output < rates.output {
      warn(
        "long below base",
        "above \(long.threshold) tokens \(usd(long.rates.input)) / \(usd(long.rates.output)), below "
          + "\(usd(rates.input)) / \(usd(rates.output))")
    }
  }

  private mutating func checkOutliers() {
    let classes: [(String, Int64?)] = [
      ("output", row.rates.output), ("a 5-minute write", row.rates.cacheWrite5m),
      ("a 1-hour write", row.rates.cacheWrite1h), ("long input", row.longPrompt?.rates.input),
    ]
    for (name, rate) in classes {
      guard let rate, row.rates.input > 0, rate / Self.outlier >= row.rates.input else { continue }
      warn("outlier", "\(name) costs \(usd(rate)), \(Self.outlier) times the input or more")
    }
  }

  private mutating func checkModifiers() {
    if let batch = row.batch, batch.numerator * 2 != batch.denominator {
      warn("batch", "batch_multiplier is \(row.text(.batch) ?? ""), everywhere else 0.5")
    }
    if let us = row.usResidency, us.numerator * 10 != us.denominator * 11 {
      warn("residency", "us_residency_multiplier is \(row.text(.usResidency) ?? ""), not 1.1")
    }
  }

  /// Anthropic's rule, of which real models deviate; for others there is none.
  private mutating func checkCacheRatios() {
    guard canonicalModel(row.model).canonical.hasPrefix("claude-") else { return }
    let rules: [(String, Int64?, Int64)] = [
      ("a 5-minute write", row.rates.cacheWrite5m, 125),
      ("a 1-hour write", row.rates.cacheWrite1h, 200),
      ("a cache read", row.rates.cacheRead, 10),
    ]
    for (name, rate, percent) in rules {
      guard let rate, rate * 100 != row.rates.input * percent else { continue }
      guard row.rates.input > 0 else { continue }
      let ratio = (rate * 10_000 + row.rates.input / 2) / row.rates.input
      note(
        "cache ratio",
        "\(name) costs \(decimalText(ratio, decimals: 4)) times the input, by the rule "
          + decimalText(percent, decimals: 2))
    }
  }

  private mutating func warn(_ check: String, _ detail: String) {
    findings.append(PriceFinding(.warning, check, row, detail))
  }

  private mutating func note(_ check: String, _ detail: String) {
    findings.append(PriceFinding(.note, check, row, detail))
  }
}

/// `$18.75` per million tokens.
func usd(_ picodollars: Int64) -> String { "$" + decimalText(picodollars, decimals: 6) }
