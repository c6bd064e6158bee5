/// Versions of FOCUS, the FinOps Open Cost and Usage Specification, whose Cost and Usage dataset is written.
package enum FocusVersion: String, CaseIterable, Sendable {
  case v1_2 = "1.2"
  case v1_4 = "1.4"

  /// In the order in which they are written: the specification's first, our own (`x_`) behind them.
  package var columns: [FocusColumn] { FocusColumn.allCases.filter { $0.isIn(self) } }
}

/// Columns of the Cost and Usage dataset; the raw value is the name.
package enum FocusColumn: String, CaseIterable, Sendable {
  case billedCost = "BilledCost"
  case billingAccountId = "BillingAccountId"
  case billingAccountName = "BillingAccountName"
  case billingCurrency = "BillingCurrency"
  case billingPeriodEnd = "BillingPeriodEnd"
  case billingPeriodStart = "BillingPeriodStart"
  case chargeCategory = "ChargeCategory"
  case chargeClass = "ChargeClass"
  case chargeDescription = "ChargeDescription"
  case chargeFrequency = "ChargeFrequency"
  case chargePeriodEnd = "ChargePeriodEnd"
  case chargePeriodStart = "ChargePeriodStart"
  case commitmentDiscountCategory = "CommitmentDiscountCategory"
  case commitmentDiscountId = "CommitmentDiscountId"
  case commitmentDiscountName = "CommitmentDiscountName"
  case commitmentDiscountQuantity = "CommitmentDiscountQuantity"
  case commitmentDiscountStatus = "CommitmentDiscountStatus"
  case commitmentDiscountType = "CommitmentDiscountType"
  case commitmentDiscountUnit = "CommitmentDiscountUnit"
  case consumedQuantity = "ConsumedQuantity"
  case consumedUnit = "ConsumedUnit"
  case contractedCost = "ContractedCost"
  case contractedUnitPrice = "ContractedUnitPrice"
  case effectiveCost = "EffectiveCost"
  case hostProviderName = "HostProviderName"
  case invoiceId = "InvoiceId"
  case invoiceIssuerName = "InvoiceIssuerName"
  case listCost = "ListCost"
  case listUnitPrice = "ListUnitPrice"
  case pricingCategory = "PricingCategory"
  case pricingCurrency = "PricingCurrency"
  case pricingCurrencyContractedUnitPrice = "PricingCurrencyContractedUnitPrice"
  case pricingCurrencyEffectiveCost = "PricingCurrencyEffectiveCost"
  case pricingCurrencyListUnitPrice = "PricingCurrencyListUnitPrice"
  case pricingQuantity = "PricingQuantity"
  case pricingUnit = "PricingUnit"
  case providerName = "ProviderName"
  case publisherName = "PublisherName"
  case regionId = "RegionId"
  case regionName = "RegionName"
  case serviceCategory = "ServiceCategory"
  case serviceName = "ServiceName"
  case serviceProviderName = "ServiceProviderName"
  case serviceSubcategory = "ServiceSubcategory"
  case skuId = "SkuId"
  case skuMeter = "SkuMeter"
  case skuPriceDetails = "SkuPriceDetails"
  case skuPriceId = "SkuPriceId"
  case subAccountId = "SubAccountId"
  case subAccountName = "SubAccountName"
  case subAccountType = "SubAccountType"
  case tags = "Tags"
  /// How the cost is known: `estimated-list`, `estimated-contract`, `covered`, `rounding`.
  case costBasis = "x_CostBasis"
  case feature = "x_Feature"
  case model = "x_Model"
  case tenant = "x_Tenant"
  case tokenClass = "x_TokenClass"

  func isIn(_ version: FocusVersion) -> Bool {
    switch self {
    // Deprecated in 1.3, gone in 1.4.
    case .providerName, .publisherName: version == .v1_2
    case .hostProviderName, .serviceProviderName: version == .v1_4
    default: true
    }
  }

  /// Decimal numbers; others are texts, dates or JSON.
  var isDecimal: Bool {
    switch self {
    case .billedCost, .contractedCost, .contractedUnitPrice, .effectiveCost, .listCost,
      .listUnitPrice, .pricingQuantity, .consumedQuantity, .pricingCurrencyContractedUnitPrice,
      .pricingCurrencyEffectiveCost, .pricingCurrencyListUnitPrice, .commitmentDiscountQuantity:
      true
    default: false
    }
  }
}
