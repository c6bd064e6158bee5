import ArgumentParser
import Tables
import UsageLog

/// One model's prices under the conditions of an estimate.
struct ModelPrices {
  let book: PriceBook
  let name: ModelName
  let channel: String?
  let plan: PricePlan
  /// UTC milliseconds.
  let instant: Int64

  /// - Parameter isCompared: among other makers' models, which are priced where their makers sell them.
  init(
    _ model: String, in book: PriceBook, conditions: EstimateConditions,
    modifiers: PriceModifierOptions? = nil, isCompared: Bool = false
  ) throws {
    name = try book.requireModel(model)
    let isForeign = isCompared && !name.id.hasPrefix("claude-")
    let asked = isForeign ? nil : conditions.channel
    if let told = name.channel, let asked, told != asked {
      throw ValidationError("'\(model)' is a name of \(told), and --channel says \(asked)")
    }
    channel = name.channel ?? asked ?? book.catalogue.maker(of: name.id)
    let region = isForeign ? nil : name.region ?? conditions.region.map(Self.endpoint)
    if region != nil, !["bedrock", "vertex"].contains(channel ?? "") {
      throw ValidationError(
        "--region is for clouds: add --channel bedrock or vertex; for US-only inference of "
          + "Anthropic's own API use --inference-geo us")
    }
    self.book = book
    instant = try conditions.instant()
    plan = book.plan(
      model: name.id, channel: channel, region: region,
      serviceTier: modifiers?.batch == true ? "batch" : nil,
      speed: modifiers?.fast == true ? "fast" : nil, inferenceGeo: modifiers?.inferenceGeo)
  }

  /// A location such as `us-east-1` is an endpoint of its own here, and so a regional one; in a log it is
  /// where the caller sat.
  private static func endpoint(_ region: String) -> String {
    let isLocation = region.wholeMatch(of: /(us|eu|ap|ca|sa|me|af|il|mx)-[a-z]+-[0-9]+/) != nil
    return isLocation ? "us" : region
  }

  func cost(of workload: Workload) throws(NoPrice) -> WorkloadCost {
    do throws(UnpricedReason) {
      return try WorkloadCost(workload, plan: plan, at: instant)
    } catch {
      throw NoPrice(prices: self, reason: error)
    }
  }

  /// Which price was taken: its first day, whether someone saw it on the vendor's own page, and what was
  /// agreed on it.
  func remarks(_ period: PricePeriod) -> [String] {
    [listed(period)] + multiplied(period)
      + [plan.standIn, period.override].compactMap(\.self).map(Self.applied)
  }

  /// What `--batch` and `--inference-geo` do to this row's rates.
  private func multiplied(_ period: PricePeriod) -> [String] {
    plan.modifiers.compactMap { modifier in
      guard let ratio = period.row.flatMap(modifier.ratio) else { return nil }
      let name =
        switch modifier {
        case .batch: "batch"
        case .usResidency: "US residency"
        }
      return ratio == .one ? "\(name): no other price here" : "\(name): x \(text(ratio))"
    }
  }

  private static func applied(_ override: PriceOverride) -> String {
    switch override.effect {
    case .covered:
      "covered by \(override.name): not charged by the token; what is shown is the list equivalent"
    case .sameAs, .rates, .discount: "contract \(override.name) applied: \(override.whatHolds)"
    }
  }

  private func listed(_ period: PricePeriod) -> String {
    guard let row = period.row else { return "price: \(name.id), as agreed" }
    let from =
      row.validFrom == .min ? "with no known start" : "valid from \(dayText(row.validFrom))"
    let until = row.validTo == .max ? "" : " until \(dayText(row.validTo))"
    let check = row.unverified ? "NOT verified" : "verified"
    return "price: \(name.id) at \(row.provider), \(from)\(until), \(check) (\(row.source))"
  }

  var catalogueRemark: String {
    "prices of \(dayText(instant))"
  }
}

extension PriceCatalogue {
  /// The maker that sells a model on an API of its own.
  fileprivate func maker(of model: String) -> String? {
    ["anthropic", "openai", "gemini"].first { !positions(provider: $0, model: model).isEmpty }
  }
}

/// Why a model has no price under the conditions asked for, and which of them to change.
struct NoPrice: Error, CustomStringConvertible {
  let prices: ModelPrices
  let reason: UnpricedReason

  var description: String {
    let place = prices.channel.map { " at \($0)" } ?? ""
    return "\(prices.name.id)\(place) has no price on \(dayText(prices.instant)): \(summary)"
  }

  /// In an estimate's words: the log and the catalogue are not what its reader can change.
  var summary: String {
    switch reason {
    case .noPriceThen:
      guard let first = prices.plan.periods.first else { return "no price then; see --at" }
      return "its prices start on \(dayText(first.validFrom)); choose a day with --at"
    case .unknownEndpoint:
      return "global and regional endpoints differ in price; add --region global or --region us"
    case .unknownChannel:
      return "this channel has no prices; --channel takes anthropic, foundry, bedrock or vertex"
    case .unknownModel: return "this channel has no price for it"
    case .noFastPrice: return "fast mode is not sold there; leave out --fast"
    case .noBatchPrice: return "no batch price is published; leave out --batch"
    case .unknownGeography: return "--inference-geo takes us or global"
    case .noTokenRate:
      return "a kind of cache token has no rate; leave out the cache or change --ttl"
    default: return reason.what
    }
  }
}
