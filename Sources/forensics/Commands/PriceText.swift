import CallStore
import Tables
import UsageLog

/// The price row and what was agreed, in words.
enum PriceText {
  static func pairs(_ reckoning: Reckoning) -> [Document.Pair] {
    var pairs: [Document.Pair] = []
    if let standIn = reckoning.standIn { pairs.append(.init("same as", words(standIn))) }
    if let agreement = reckoning.agreement { pairs.append(.init("agreement", words(agreement))) }
    pairs += reckoning.passedOver.map { .init("passed over", words($0)) }
    if let row = reckoning.row { pairs += self.row(row) }
    return pairs
  }

  static func row(_ row: PriceRow) -> [Document.Pair] {
    let alias = row.aliasOf.map { " (stands for \($0))" } ?? ""
    return [
      .init("price row", "\(row.provider) \(row.model)\(alias), \(days(row)), list '\(row.list)'"),
      .init("source", row.source + (row.unverified ? " (not verified)" : " (verified)")),
    ]
  }

  /// `2026-10-07 – open`, whole UTC days, the last one not included.
  static func days(_ row: PriceRow) -> String {
    let from = row.validFrom == .min ? "always" : day(row.validFrom)
    return "\(from) – \(row.validTo == .max ? "open" : day(row.validTo))"
  }

  static func day(_ instant: Int64) -> String { String(ClockTime(instant).rfc3339.prefix(10)) }

  private static func words(_ agreement: Reckoning.Agreement) -> String {
    "\(agreement.name), for \(agreement.calls): \(agreement.effect)"
      + (agreement.passedOver.map { "; \($0)" } ?? "")
  }
}

/// What the source said, and where what is stored is not what the prices say.
struct StoredCostText {
  let stored: StoredCost
  let reckoning: Reckoning

  init(_ stored: StoredCost, _ reckoning: Reckoning) {
    self.stored = stored
    self.reckoning = reckoning
  }

  var remarks: [String] {
    [logged, disagreement, today].compactMap(\.self)
  }

  private var logged: String? {
    guard let logged = stored.loggedNanos else { return nil }
    let said = "A log says $\(dollarText(nanos: logged))"
    guard let cost = stored.costNanos ?? reckoning.listNanos else { return said + "." }
    let difference = cost - logged
    if difference == 0 { return said + ", which is the same." }
    return
      "\(said); the difference is \(difference < 0 ? "-" : "+")$\(dollarText(nanos: abs(difference)))."
  }

  private var disagreement: String? {
    if stored.agrees { return nil }
    let prices = stored.book == nil ? "today's prices say" : "its price book says"
    return "Stored is \(amount(stored.costNanos)), \(prices) \(amount(reckoning.costNanos)); "
      + "reckon it anew with: forensics reprice"
  }

  private var today: String? {
    stored.today.map {
      "The prices in use now would say \(amount($0.costNanos))"
        + ($0.outcome == .priced ? "" : " (\($0.outcome.rawValue))")
        + "; take them with: forensics reprice"
    }
  }

  private func amount(_ nanos: Int64?) -> String {
    nanos.map { "$\(dollarText(nanos: $0))" } ?? "no cost"
  }
}
