import CallStore
import Tables
import UsageLog

/// The fields of a charge by FOCUS 1.2 and 1.4; nil is null.
extension FocusCharge {
  func field(_ column: FocusColumn, of account: FocusAccount) -> String? {
    switch column {
    case .billedCost, .effectiveCost, .pricingCurrencyEffectiveCost: decimal(cost.dollars)
    case .contractedCost: decimal(contractedCost.dollars)
    case .listCost: decimal(listCost.dollars)
    case .contractedUnitPrice, .pricingCurrencyContractedUnitPrice:
      ofTokens(decimal(contractedUnitPrice))
    case .listUnitPrice, .pricingCurrencyListUnitPrice: ofTokens(decimal(listUnitPrice))
    case .pricingQuantity: ofTokens(decimal(pricingQuantity))
    case .consumedQuantity: ofTokens(decimal(DecimalFraction(Int128(count))))
    case .billingAccountId: account.id
    case .billingAccountName: account.name
    case .billingCurrency, .pricingCurrency: "USD"
    case .billingPeriodStart: instant(billingPeriod.start)
    case .billingPeriodEnd: instant(billingPeriod.end)
    case .chargePeriodStart: instant(key.start)
    case .chargePeriodEnd: instant(key.end)
    case .chargeCategory: key.tokenClass == nil ? "Adjustment" : "Usage"
    case .chargeClass: key.isCorrection ? "Correction" : nil
    case .chargeDescription: chargeDescription
    case .chargeFrequency: key.tokenClass == nil ? "One-Time" : "Usage-Based"
    case .consumedUnit: ofTokens(consumedUnit)
    case .pricingUnit: ofTokens(pricingUnit)
    case .pricingCategory: ofTokens(key.isCovered ? "Other" : "Standard")
    case .providerName, .hostProviderName, .serviceProviderName, .invoiceIssuerName:
      key.vendor.serviceProvider
    case .publisherName: key.vendor.publisher
    case .serviceName: key.vendor.service
    case .serviceCategory: "AI and Machine Learning"
    case .serviceSubcategory: "Generative AI"
    case .regionId, .regionName: key.region
    case .skuId: sku
    case .skuMeter: ofTokens(meter)
    case .skuPriceId: ofTokens(skuPrice)
    case .skuPriceDetails: priceDetails
    case .subAccountId, .subAccountName: workspace
    case .subAccountType: workspace == nil ? nil : "Workspace"
    case .tags: tags
    case .costBasis: costBasis
    case .tenant: key.values[0]
    case .feature: key.values[1]
    case .model: key.model
    case .tokenClass: key.tokenClass?.rawValue
    case .commitmentDiscountCategory, .commitmentDiscountId, .commitmentDiscountName,
      .commitmentDiscountQuantity, .commitmentDiscountStatus, .commitmentDiscountType,
      .commitmentDiscountUnit, .invoiceId:
      nil
    }
  }

  private var workspace: String? { key.values[2] }

  /// Rounding has no quantity and no price.
  private func ofTokens(_ field: String) -> String? { key.tokenClass == nil ? nil : field }

  /// With one decimal at least: a column of whole numbers alone is taken for integers by readers that guess.
  private func decimal(_ number: DecimalFraction) -> String {
    let text = number.exact
    return text.contains(".") ? text : text + ".0"
  }

  /// `2026-11-09T00:00:00Z`: the format leaves no room for fractions.
  private func instant(_ milliseconds: Int64) -> String {
    String(ClockTime(milliseconds).rfc3339.prefix(19)) + "Z"
  }

  /// The UTC month that the charge begins in.
  private var billingPeriod: (start: Int64, end: Int64) {
    let (year, month, _) = CivilDate(
      dayNumber: Int((Double(key.start) / 86_400_000).rounded(.down))
    ).parts
    let day = Int64(86_400_000)
    return (
      Int64(CivilDate(year: year, month: month, day: 1).dayNumber) * day,
      Int64(CivilDate(year: year, month: month + 1, day: 1).dayNumber) * day
    )
  }

  private var meter: String {
    switch key.tokenClass {
    case .input: "Input Tokens"
    case .cacheWrite5m: "Cache Write Tokens (5 minutes)"
    case .cacheWrite1h: "Cache Write Tokens (1 hour)"
    case .cacheRead: "Cache Read Tokens"
    case .output: "Output Tokens"
    case .webSearch: "Web Searches"
    case nil: ""
    }
  }

  private var chargeDescription: String {
    guard key.tokenClass != nil else {
      return "Rounding of single calls to a billionth of a dollar"
    }
    return meter + (key.model.map { ", \($0)" } ?? "")
  }

  private var sku: String? {
    guard key.tokenClass != nil else { return nil }
    return "\(key.vendor.service)/\(key.model ?? "")"
  }

  /// One price an id: conditions do not tell prices apart for good, the price itself does.
  private var skuPrice: String {
    "\(sku ?? "")/\(key.tokenClass?.rawValue ?? "")@\(decimal(listUnitPrice))/"
      + decimal(contractedUnitPrice)
  }

  private var priceDetails: String? {
    guard let tokenClass = key.tokenClass else { return nil }
    var members: [(key: String, json: String)] = []
    func add(_ name: String, _ text: String?) {
      if let text, !text.isEmpty { members.append((name, JSONText.string(text))) }
    }
    add("x_ModelDeveloper", key.vendor.publisher)
    add("x_ModelId", key.model)
    switch tokenClass {
    case .input: add("x_TokenCacheAction", "Uncached")
    case .cacheRead: add("x_TokenCacheAction", "Read")
    case .cacheWrite5m, .cacheWrite1h: add("x_TokenCacheAction", "Write")
    case .output, .webSearch: break
    }
    if tokenClass != .webSearch {
      add("x_TokenDirection", tokenClass == .output ? "Output" : "Input")
    }
    add("x_ServiceTier", key.details[0])
    add("x_Speed", key.details[1])
    add("x_InferenceGeo", key.details[2])
    if key.isLong { add("x_ContextWindow", "long") }
    add("x_Agreement", key.agreement)
    return JSONText.object(members)
  }

  private var tags: String? {
    let members = zip(["tenant", "feature"], key.values).compactMap { name, value in
      value.map { (key: name, json: JSONText.string($0)) }
    }
    return members.isEmpty ? nil : JSONText.object(members)
  }

  private var costBasis: String {
    if key.tokenClass == nil { return "rounding" }
    if key.isCovered { return "covered" }
    return key.agreement == nil ? "estimated-list" : "estimated-contract"
  }
}
