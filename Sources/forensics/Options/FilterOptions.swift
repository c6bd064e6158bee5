import ArgumentParser
import CallStore

/// Which calls a recipe sees; several values of one option are alternatives.
struct FilterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only this tenant; '(none)' is what was not logged, here as below.", valueName: "id"))
  var tenant: [String] = []
  @Option(help: ArgumentHelp("Only this feature.", valueName: "name")) var feature: [String] = []
  @Option(help: ArgumentHelp("Only this model.", valueName: "id")) var model: [String] = []
  @Option(help: ArgumentHelp("Only this deploy.", valueName: "sha")) var deploySha: [String] = []
  @Option(help: ArgumentHelp("Only this channel.", valueName: "name")) var channel: [String] = []
  @Option(help: ArgumentHelp("Only this workspace.", valueName: "id")) var workspace: [String] = []
  @Option(help: ArgumentHelp("Only this prompt.", valueName: "hash")) var promptHash: [String] = []
  @Option(help: ArgumentHelp("Only this session.", valueName: "id")) var session: [String] = []
  @Option(help: ArgumentHelp("Only this user.", valueName: "id")) var user: [String] = []
  @Option(help: ArgumentHelp("Only this status, such as 429 or 5xx.", valueName: "code"))
  var status: [String] = []

  func validate() throws {
    for value in status where value != Selection.none {
      let isClass = value.count == 3 && value.lowercased().hasSuffix("xx")
      guard isClass && "12345".contains(value.prefix(1)) || (100...599).contains(Int(value) ?? 0)
      else { throw ValidationError("--status takes 100…599, 4xx or 5xx, not '\(value)'") }
    }
  }

  func chosen() throws -> [Dimension: [String]] {
    let given: [Dimension: [String]] = [
      .tenant: tenant, .feature: feature, .model: model, .deploySHA: deploySha, .channel: channel,
      .workspace: workspace, .promptHash: promptHash, .session: session, .user: user,
      .status: status,
    ]
    return given.filter { !$0.value.isEmpty }
  }
}
