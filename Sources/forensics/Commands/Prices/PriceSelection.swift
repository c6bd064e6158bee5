import ArgumentParser
import UsageLog

/// Which rows of the catalogue are meant.
struct PriceSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only this channel, all of its endpoints: anthropic, bedrock, vertex, … Repeatable.",
      valueName: "name"))
  var channel: [String] = []
  @Option(
    help: ArgumentHelp(
      "Only this model: an id as logs have it, a name, or an id without 'claude-'. Repeatable.",
      valueName: "name"))
  var model: [String] = []

  /// - Throws: `ValidationError` for what the catalogue does not know, naming what is near.
  func filter(in catalogue: PriceCatalogue) throws -> (PriceRow) -> Bool {
    for channel in channel where !catalogue.rows.contains(where: { $0.isSold(by: channel) }) {
      throw ValidationError(
        "the catalogue has no channel '\(channel)'; known are "
          + catalogue.providers.sorted().joined(separator: ", "))
    }
    let ids = try model.map { try catalogue.requireModel($0) }
    return { row in
      (channel.isEmpty || channel.contains(where: row.isSold))
        && (ids.isEmpty || ids.contains(PricedModel(row).canonical))
    }
  }
}

extension PriceRow {
  /// By a channel or one of its endpoints: `bedrock` sells what `bedrock-global` does.
  func isSold(by channel: String) -> Bool {
    provider == channel || provider.hasPrefix(channel + "-")
  }
}

extension PriceCatalogue {
  /// The canonical id of a model, by what was typed.
  func requireModel(_ name: String) throws -> String {
    if let id = model(named: name) { return id }
    let near = models(near: name)
    let hint =
      near.isEmpty
      ? "'forensics prices list --all' has all ids" : "near are " + near.joined(separator: ", ")
    throw ValidationError("the catalogue has no model '\(name)'; \(hint)")
  }
}
