extension PriceBook {
  /// Overrides that name a model or a channel that no price list knows: very likely slips of the pen.
  ///
  /// A price of one's own may be for a channel and a model of one's own; what is let off, covered or
  /// copied must be somebody's list price.
  package var overrideFindings: [PriceFinding] {
    let channels = Set(catalogue.providers.map { $0.prefix { $0 != "-" } } + ["foundry"])
    let models = Set(catalogue.rows.map { PricedModel($0).canonical })
    return overrides.flatMap { override -> [PriceFinding] in
      func finding(_ detail: String) -> PriceFinding {
        PriceFinding(
          level: .warning, check: "override", line: 0, provider: override.calls.channel ?? "",
          model: override.calls.model ?? "", detail: "'\(override.name)': \(detail)")
      }
      if case .rates = override.effect { return [] }
      if let target = override.standInModel {
        let isKnown = models.contains(canonicalModel(target).canonical)
        return isKnown ? [] : [finding("same_as names no model with a price: '\(target)'")]
      }
      var findings: [PriceFinding] = []
      if let channel = override.calls.channel, !channels.contains(channel[...]) {
        findings.append(
          finding(
            "no list has a channel '\(channel)'; known are \(channels.sorted().joined(separator: ", "))"
          ))
      }
      let ownNames = Set(overrides.filter { $0.standInModel != nil }.compactMap(\.calls.model))
      if let model = override.calls.model, !models.contains(catalogue.snapshot(of: model)),
        !models.contains(canonicalModel(model).canonical), !ownNames.contains(model)
      {
        findings.append(finding("no list has a model '\(model)'"))
      }
      return findings
    }
  }
}
