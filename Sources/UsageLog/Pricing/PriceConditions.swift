/// What a call's log says that decides its price.
///
/// `model` is the raw name; `channel` is a provider of the catalogue without its endings
/// (`anthropic`, `bedrock`, `vertex`, `foundry`, …) and is read from the name if it is missing; an
/// exact id of a maker's own API needs none. `region` decides between global and regional where
/// the name does not: `global`, a geography (`us`), or a location (`us-east5`). Tier, speed and
/// geography are the response's `service_tier`, `speed` and `inference_geo`, never the request's.
/// Workspace and API key matter to contracts only. Missing and empty are the same.
package struct PriceConditions: Hashable, Sendable {
  package var model: String
  package var channel: String?
  package var region: String?
  package var serviceTier: String?
  package var speed: String?
  package var inferenceGeo: String?
  package var workspace: String?
  package var apiKey: String?

  package init(model: String, channel: String? = nil, region: String? = nil) {
    self.model = model
    self.channel = channel
    self.region = region
  }
}
