/// Why a call has no price: what is missing, and what to do about it.
///
/// The raw value is stable and may be stored. An unpriced call has no cost, which is not zero.
package enum UnpricedReason: String, Error, CaseIterable, Sendable, CustomStringConvertible {
  case notAModel = "not-a-model"
  case unnamedModel = "unnamed-model"
  case unknownModel = "unknown-model"
  case unknownChannel = "unknown-channel"
  case unknownEndpoint = "unknown-endpoint"
  case noGovCloudPrice = "no-govcloud-price"
  case noPriceThen = "no-price-then"
  case noFastPrice = "no-fast-price"
  case unknownSpeed = "unknown-speed"
  case noBatchPrice = "no-batch-price"
  case unknownTier = "unknown-tier"
  case unknownGeography = "unknown-geography"
  case noTokenRate = "no-token-rate"
  case noSearchPrice = "no-search-price"

  /// The missing fact, in words.
  package var what: String {
    switch self {
    case .notAModel: "the log names a placeholder, not a model"
    case .unnamedModel: "the inference profile's ARN does not say which model it runs"
    case .unknownModel: "this exact model is not in the price catalogue"
    case .unknownChannel: "the price catalogue has no prices for this channel"
    case .unknownEndpoint: "global and regional endpoints differ in price, and the log has neither"
    case .noGovCloudPrice: "no price is published for this model in AWS GovCloud"
    case .noPriceThen: "the price catalogue has no price for this model at that time"
    case .noFastPrice: "no fast-mode price is published for this model and channel"
    case .unknownSpeed: "the speed is neither standard nor fast"
    case .noBatchPrice: "no batch price is published for this model and mode"
    case .unknownTier: "no price is published for this service tier"
    case .unknownGeography: "no price is published for this inference geography"
    case .noTokenRate: "a kind of token was used for which no rate is published"
    case .noSearchPrice: "no price for web searches is published for this channel"
    }
  }

  /// What the reader can do, in words.
  package var wayOut: String {
    switch self {
    case .notAModel: "nothing to do"
    case .unnamedModel: "log the model's own id, or map the profile to one"
    case .unknownModel, .noPriceThen, .noGovCloudPrice, .noTokenRate, .noSearchPrice, .noFastPrice:
      "add a price to 'prices' in forensics.yml and run 'forensics reprice'"
    case .unknownChannel:
      "add prices for it, or say in forensics.yml which model's prices count (same_as)"
    case .unknownEndpoint: "import with --set region=global, or the endpoint's region such as 'us'"
    case .unknownSpeed, .unknownTier, .unknownGeography:
      "compare with the invoice, and agree on a price in forensics.yml"
    case .noBatchPrice: "add a price with its batch_multiplier and run 'forensics reprice'"
    }
  }

  package var description: String { "\(what); \(wayOut)" }
}
