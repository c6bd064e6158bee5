/// An item of `prices: overrides:` that would price calls which have no price, its amounts left to
/// fill in.
package struct OverrideTemplate: Hashable, Sendable {
  /// The calls it is for, told apart from others that have a price.
  package let calls: PriceOverride.Calls
  /// The keys of `rates` that these calls need.
  package private(set) var rates: [String]
  /// Another id that may well be the same model; never more than a suggestion.
  package let sameAs: String?

  /// - Parameters:
  ///   - usage: what of each class is used; only what is not zero matters.
  ///   - instant: when, in milliseconds since 1970.
  /// - Returns: nil where no override helps.
  package init?(
    for conditions: PriceConditions, using usage: TokenUsage, at instant: Int64, in book: PriceBook
  ) {
    let plan = book.plan(for: conditions)
    guard case .unpriced(let reason) = plan.cost(usage, at: instant),
      ![.notAModel, .unknownEndpoint, .unknownGeography].contains(reason)
    else { return nil }
    var calls = PriceOverride.Calls()
    calls.model = conditions.model
    calls.channel = conditions.channel.given
    if reason == .noGovCloudPrice { calls.region = conditions.region.given }
    // Otherwise only standard speed would be meant, and only tiers that cost the same.
    if !["standard", "normal"].contains(conditions.speed ?? "standard") {
      calls.speed = conditions.speed.given
    }
    let isBatch = conditions.serviceTier == "batch"
    if !isBatch, !["standard", "default"].contains(conditions.serviceTier ?? "standard") {
      calls.serviceTier = conditions.serviceTier.given
    }
    if reason == .noPriceThen {
      calls.from = plan.periods.map(\.validTo).filter { $0 <= instant }.max() ?? .min
      calls.until = plan.periods.map(\.validFrom).filter { $0 > instant }.min() ?? .max
    }
    self.calls = calls
    var standard = conditions
    standard.serviceTier = nil
    let listed = calls.serviceTier == nil ? book.plan(for: standard).period(at: instant) : nil
    rates = (listed == nil ? ["input", "output"] : []) + usage.classes(without: listed?.agreed)
    // Where no row is listed, no batch price is either.
    if isBatch, listed?.row?.batch == nil { rates.append("batch_multiplier") }
    sameAs =
      [.unknownModel, .unknownChannel].contains(reason)
      ? book.catalogue.sameModel(as: conditions.model) : nil
  }

  private static let keys = [
    "input", "output", "cache_write_5m", "cache_write_1h", "cache_read", "web_search_usd_per_1000",
    "batch_multiplier",
  ]

  /// The same calls need these rates too.
  package mutating func add(_ other: OverrideTemplate) {
    rates = Self.keys.filter { rates.contains($0) || other.rates.contains($0) }
  }

  /// The item, ready for the configuration once its amounts are filled in; without indentation.
  ///
  /// - Parameter remark: a line about the calls.
  package func yaml(remark: String) -> [String] {
    let selectors: [(String, String?)] = [
      ("model", calls.model), ("channel", calls.channel), ("region", calls.region),
      ("service_tier", calls.serviceTier), ("speed", calls.speed),
      ("from", calls.from == .min ? nil : dayText(calls.from)),
      ("until", calls.until == .max ? nil : dayText(calls.until)),
    ]
    var lines = selectors.compactMap { key, value in value.map { "  \(key): \(quoted($0))" } }
    lines.append("  rates: {\(rates.map { "\($0): " }.joined(separator: ", "))}")
    if let sameAs {
      lines.append("  # same_as: \(quoted(sameAs))  # instead of rates, if it is that")
    }
    lines[0] = "- " + lines[0].dropFirst(2)
    return ["# \(remark)"] + lines
  }
}

extension String? {
  fileprivate var given: String? { flatMap { $0.isEmpty ? nil : $0 } }
}

extension TokenUsage {
  /// The keys of what is used and has no rate.
  fileprivate func classes(without card: RateCard?) -> [String] {
    let classes: [(String, Int64, Int64?)] = [
      ("cache_write_5m", cacheWrite5m, card?.rates.cacheWrite5m),
      ("cache_write_1h", cacheWrite1h, card?.rates.cacheWrite1h),
      ("cache_read", cacheRead, card?.rates.cacheRead),
      ("web_search_usd_per_1000", webSearches, card?.webSearch),
    ]
    return classes.filter { $0.1 > 0 && $0.2 == nil }.map(\.0)
  }
}

extension PriceCatalogue {
  /// A listed id that differs from a logged one by no more than a date, a version mark or the channel.
  ///
  /// Never a neighbour: `claude-opus-5-5` is not `claude-opus-5`.
  func sameModel(as raw: String) -> String? {
    let canonical = canonicalModel(raw).canonical.lowercased()
    let known = Set(rows.map { PricedModel($0).canonical })
    if known.contains(canonical) { return canonical }
    let bare = canonical.withoutRelease
    if known.contains(bare) { return bare }
    return known.filter { $0.withoutRelease == bare }.max()
  }
}

extension String {
  /// Without a date, `-latest`, `-preview` or `-exp` at its end.
  fileprivate var withoutRelease: String {
    replacing(/-(\d{4}-\d{2}-\d{2}|\d{8}|latest|preview|exp)$/, with: "")
  }
}

/// A text as YAML takes it in any place.
private func quoted(_ text: String) -> String {
  if text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._\/-]*/) != nil { return text }
  let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  return "\"\(escaped)\""
}
