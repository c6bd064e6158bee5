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

  /// - Throws: `ValidationError` for what the book does not know, naming what is near.
  func filter(in book: PriceBook) throws -> (PriceRow) -> Bool {
    let catalogue = book.catalogue
    for channel in channel where !catalogue.rows.contains(where: { $0.isSold(by: channel) }) {
      throw ValidationError(
        "the catalogue has no channel '\(channel)'; known are "
          + catalogue.providers.sorted().joined(separator: ", "))
    }
    let ids = try models(in: book)
    return { row in
      (channel.isEmpty || channel.contains(where: row.isSold))
        && (ids.isEmpty || ids.contains(PricedModel(row).canonical))
    }
  }

  /// What was agreed on calls that may be among those meant.
  func overrides(in book: PriceBook) throws -> [PriceOverride] {
    let ids = try models(in: book).flatMap(book.catalogue.ids)
    return book.overrides.filter { $0.mayHold(forModels: ids, channels: channel) }
  }

  private func models(in book: PriceBook) throws -> [String] {
    try model.map { try book.requireModel($0).listed }
  }
}

extension PriceRow {
  /// By a channel or one of its endpoints: `bedrock` sells what `bedrock-global` does.
  func isSold(by channel: String) -> Bool {
    provider == channel || provider.hasPrefix(channel + "-")
  }
}

extension PriceBook {
  /// A model by what was typed, also one that only an override prices.
  func requireModel(_ name: String) throws -> ModelName {
    do throws(UnknownModelName) {
      return try ModelName(name, in: catalogue, also: overrides.compactMap(\.calls.model))
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

extension [PriceOverride] {
  /// What stands below a table of listed prices.
  var notes: [String] { map { "override \($0.text)" } }
}
