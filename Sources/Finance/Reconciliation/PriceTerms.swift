/// What besides its model decides a token's price, as far as reports tell it apart.
struct PriceTerms: Hashable, Comparable, Sendable {
  /// Such as `standard`, `batch`, `priority`.
  var tier = standard
  /// Either `standard` or `fast`.
  var speed = standard
  /// Such as `global` and `us`; of cloud channels `regional`.
  var geography = global
  /// Beyond the 200,000 tokens from which on prompts once cost more.
  var isLong = false

  static let standard = "standard"
  static let global = "global"

  static func tier(_ logged: String?) -> String {
    switch logged ?? "" {
    case "", "default", "message", standard: standard
    default: logged ?? standard
    }
  }

  static func speed(_ logged: String?) -> String {
    (logged ?? "").isEmpty ? standard : logged ?? standard
  }

  static func geography(_ logged: String?) -> String {
    switch logged ?? "" {
    case "", "not_available", global: global
    default: logged ?? global
    }
  }

  static func < (one: Self, other: Self) -> Bool { one.order < other.order }

  private var order: String {
    let values = [tier, speed, geography].map { ($0 == Self.standard ? "" : "1") + $0 }
    return (values + [isLong ? "1" : ""]).joined(separator: "\u{1F}")
  }
}

/// The same where a report may leave things open.
struct KnownTerms: Hashable, Sendable {
  var tier: String?
  var speed: String?
  var geography: String?
  var isLong: Bool?

  /// What is open is as in `terms`.
  func filled(from terms: PriceTerms) -> PriceTerms {
    PriceTerms(
      tier: tier ?? terms.tier, speed: speed ?? terms.speed,
      geography: geography ?? terms.geography, isLong: isLong ?? terms.isLong)
  }

  /// The same things of `terms` that are known here.
  func projected(_ terms: PriceTerms) -> KnownTerms {
    KnownTerms(
      tier: tier == nil ? nil : terms.tier, speed: speed == nil ? nil : terms.speed,
      geography: geography == nil ? nil : terms.geography,
      isLong: isLong == nil ? nil : terms.isLong)
  }

  var isComplete: Bool { tier != nil && speed != nil && geography != nil && isLong != nil }

  var order: PriceTerms { filled(from: PriceTerms()) }
}
