import ArgumentParser
import CallStore

/// `forensics residency`.
struct ResidencyCheck: RecipeCommand {
  static let recipe = Recipe("residency", embedded: PackageResources.residency_sql)

  @Option(
    help: ArgumentHelp(
      "Rules instead of those of forensics.yml: default=us,eu;alder-bank=eu", valueName: "rules"))
  var rules: String?
  @OptionGroup var shared: RecipeOptions

  func run() throws {
    let rules = try rules ?? shared.place.settings().residency.argument
    try shared.run(
      Self.recipe, arguments: ["rules": rules].compactMapValues(\.self), period: nil)
  }
}
