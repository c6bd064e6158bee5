package import Foundation

/// Reads a FOCUS file as a stranger would, and says what is wrong with it.
///
/// The published validators do not look at all of it: the official one never compares a cost with quantity times unit
/// price on ordinary rows, neither looks for one price an id, periods that are none, or charges that stand twice.
package struct FocusCheck {
  /// A sentence each, with the line; at most one of a kind.
  package private(set) var problems: [String] = []
  /// The sum of `BilledCost`, in dollars.
  package private(set) var billedCost: Decimal = 0
  private var kinds: Set<String> = []

  package init(_ csv: String, _ version: FocusVersion) {
    guard let rows = FocusText.parse(csv), let header = rows.first else {
      problems = ["the file is no CSV"]
      return
    }
    checkHeader(header, version)
    guard problems.isEmpty else { return }
    var prices: [String: String] = [:]
    var charges: Set<[String]> = []
    for (place, fields) in rows.enumerated().dropFirst() {
      guard fields.count == header.count else {
        note("fields", place, "\(fields.count) fields where the header has \(header.count)")
        continue
      }
      let row = Dictionary(zip(header, fields).map { ($0, $1) }) { first, _ in first }
      check(row, place, &prices)
      let identity = zip(header, fields).filter { Self.identifies($0.0) }.map(\.1)
      if !charges.insert(identity).inserted { note("twice", place, "the same charge stands twice") }
      billedCost += Decimal(string: row["BilledCost"] ?? "") ?? 0
    }
  }

  private mutating func checkHeader(_ header: [String], _ version: FocusVersion) {
    for column in Self.mandatory(version) where !header.contains(column) {
      problems.append("there is no column \(column)")
    }
    if Set(header).count != header.count { problems.append("a column stands twice") }
    let known = Set(version.columns.map(\.rawValue))
    for column in header where !column.hasPrefix("x_") && !known.contains(column) {
      problems.append("FOCUS \(version.rawValue) has no column \(column); one's own begin with x_")
    }
  }

  private mutating func check(
    _ row: [String: String], _ place: Int, _ prices: inout [String: String]
  ) {
    for column in FocusColumn.allCases {
      guard let text = row[column.rawValue], !text.isEmpty else { continue }
      if column.isDecimal, !Self.isDecimal(text) {
        note("decimal", place, "\(column.rawValue) is no plain decimal: \(text)")
      }
    }
    for column in ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"]
    where (row[column] ?? "").isEmpty {
      note("cost", place, "\(column) is missing")
    }
    checkTimes(row, place)
    checkProduct(row, "ListCost", "ListUnitPrice", place)
    checkProduct(row, "ContractedCost", "ContractedUnitPrice", place)
    checkWords(row, place)
    for column in ["Tags", "SkuPriceDetails"] { checkObject(row, column, place) }
    if let id = row["SkuPriceId"], !id.isEmpty {
      let price = "\(row["ListUnitPrice"] ?? "") \(row["ContractedUnitPrice"] ?? "")"
      if let known = prices[id], known != price {
        note("price", place, "SkuPriceId \(id) has two prices")
      }
      prices[id] = price
    }
  }

  private mutating func checkTimes(_ row: [String: String], _ place: Int) {
    for kind in ["ChargePeriod", "BillingPeriod"] {
      let (start, end) = (row[kind + "Start"] ?? "", row[kind + "End"] ?? "")
      for text in [start, end] where text.wholeMatch(of: Self.instant) == nil {
        note("time", place, "\(kind) has a time that is not YYYY-MM-DDTHH:mm:ssZ: \(text)")
      }
      if start >= end { note("period", place, "\(kind)End is not after \(kind)Start") }
    }
    if let charge = row["ChargePeriodStart"], let billing = row["BillingPeriodStart"],
      let end = row["BillingPeriodEnd"], charge < billing || charge >= end,
      row["ChargeClass"] != "Correction"
    {
      note("month", place, "the charge begins outside of its billing period")
    }
  }

  private mutating func checkProduct(
    _ row: [String: String], _ cost: String, _ price: String, _ place: Int
  ) {
    guard let price = row[price], !price.isEmpty, let quantity = row["PricingQuantity"],
      let unit = Decimal(string: price), let count = Decimal(string: quantity),
      let amount = Decimal(string: row[cost] ?? "")
    else { return }
    if unit < 0 { note("negative", place, "a unit price is negative") }
    if unit * count != amount {
      note("product", place, "\(cost) is not quantity times unit price")
    }
  }

  private mutating func checkWords(_ row: [String: String], _ place: Int) {
    let allowed: [(String, Set<String>)] = [
      ("BillingCurrency", ["USD"]), ("ServiceCategory", ["AI and Machine Learning"]),
      ("ChargeCategory", ["Usage", "Purchase", "Tax", "Credit", "Adjustment"]),
      ("ChargeClass", ["", "Correction"]),
      ("PricingCategory", ["", "Standard", "Dynamic", "Committed", "Other"]),
      ("PricingUnit", ["", "1000000 Tokens", "1000 Requests"]),
      ("ConsumedUnit", ["", "Tokens", "Requests"]),
    ]
    for (column, words) in allowed {
      if let word = row[column], !words.contains(word) {
        note(column, place, "\(column) is '\(word)'")
      }
    }
    if (row["BillingAccountId"] ?? "").isEmpty {
      note("account", place, "BillingAccountId is missing")
    }
  }

  private mutating func checkObject(_ row: [String: String], _ column: String, _ place: Int) {
    guard let text = row[column], !text.isEmpty else { return }
    guard
      let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    else { return note(column, place, "\(column) is no JSON object") }
    for (key, value) in object {
      if value is [Any] || value is [String: Any] {
        note(column, place, "\(column) is not flat")
      }
      if column == "SkuPriceDetails", !key.hasPrefix("x_") {
        note(column, place, "\(column) has a key of its own without x_: \(key)")
      }
    }
  }

  private mutating func note(_ kind: String, _ place: Int, _ what: String) {
    if kinds.insert(kind).inserted { problems.append("row \(place): \(what)") }
  }

  private static func identifies(_ column: String) -> Bool {
    guard let column = FocusColumn(rawValue: column) else { return true }
    return !column.isDecimal
  }

  private static func isDecimal(_ text: String) -> Bool {
    text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil
  }

  nonisolated(unsafe) private static let instant =
    /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z/

  private static func mandatory(_ version: FocusVersion) -> [String] {
    let both: [FocusColumn] = [
      .billedCost, .effectiveCost, .listCost, .contractedCost, .billingAccountId,
      .billingAccountName, .billingCurrency, .billingPeriodStart, .billingPeriodEnd,
      .chargePeriodStart, .chargePeriodEnd, .chargeCategory, .chargeClass, .chargeDescription,
      .invoiceIssuerName, .pricingQuantity, .pricingUnit, .serviceCategory, .serviceName,
    ]
    let own: [FocusColumn] =
      version == .v1_2
      ? [.providerName, .publisherName] : [.serviceProviderName, .hostProviderName]
    return (both + own).map(\.rawValue)
  }
}
