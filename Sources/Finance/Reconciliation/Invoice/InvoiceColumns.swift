/// Which column of a bill is what: by name, as clouds and vendors call them.
struct InvoiceColumns {
  let day: Int?
  let amount: Int
  let currency: Int?
  let quantity: Int?
  let unit: Int?
  let model: Int?
  let tokenClass: Int?
  let workspace: Int?
  let kind: Int?
  /// What was bought, in bills for many things.
  let service: Int?
  /// All that describes a line.
  let texts: [Int]

  /// - Parameter header: nil is returned where it has no amount.
  init?(_ header: [String]) {
    let names = header.map(Self.plain)
    func place(_ synonyms: [String]) -> Int? {
      synonyms.lazy.compactMap { names.firstIndex(of: $0) }.first
    }
    guard let amount = place(Self.amounts) else { return nil }
    self.amount = amount
    day = place(Self.days)
    currency = place(Self.currencies)
    quantity = place(Self.quantities)
    unit = place(Self.units)
    model = place(["model", "model_id", "model_name"])
    tokenClass = place(["token_type", "token_class", "meter", "sku_meter"])
    workspace = place(["workspace_id", "workspace"])
    kind = place(Self.kinds)
    service = place(Self.services)
    texts = Self.described.compactMap { names.firstIndex(of: $0) }
  }

  // AWS: Cost and Usage Report, both generations. Google: the billing export. FOCUS. Then everybody's.
  private static let amounts = [
    "line_item_unblended_cost", "lineitem_unblendedcost", "billedcost", "cost_usd", "amount_usd",
    "cost", "amount", "net_amount", "unblended_cost", "total", "line_total", "charge",
  ]
  private static let days = [
    "line_item_usage_start_date", "lineitem_usagestartdate", "usage_start_time",
    "chargeperiodstart", "usage_start", "usage_date", "usage_date_utc", "start_date", "date",
    "day", "starting_at",
  ]
  private static let currencies = [
    "line_item_currency_code", "lineitem_currencycode", "billingcurrency", "currency",
    "currency_code",
  ]
  private static let quantities = [
    "line_item_usage_amount", "lineitem_usageamount", "usage_amount_in_pricing_units",
    "consumedquantity", "usage_amount", "quantity", "tokens", "usage_quantity",
  ]
  private static let units = [
    "pricing_unit", "usage_pricing_unit", "consumedunit", "usage_unit", "unit",
  ]
  private static let kinds = [
    "line_item_line_item_type", "lineitem_lineitemtype", "chargecategory", "cost_type", "type",
    "charge_type", "category",
  ]
  private static let services = [
    "line_item_product_code", "lineitem_productcode", "service_description", "servicename",
    "service", "product",
  ]
  private static let described = [
    "line_item_product_code", "lineitem_productcode", "line_item_usage_type",
    "lineitem_usagetype", "line_item_line_item_description", "lineitem_lineitemdescription",
    "service_description", "sku_description", "servicename", "chargedescription", "skuid",
    "service", "product", "sku", "description", "item", "model", "model_name", "token_type",
  ]

  /// `lineItem/UnblendedCost` is `lineitem_unblendedcost`, `sku.description` is `sku_description`.
  private static func plain(_ name: String) -> String {
    var plain = ""
    for character in name.lowercased() where character != "\u{FEFF}" {
      if character.isLetter || character.isNumber {
        plain.append(character)
      } else if plain.last != "_", !plain.isEmpty {
        plain.append("_")
      }
    }
    while plain.last == "_" { plain.removeLast() }
    return plain
  }
}
