import ArgumentParser
import CallStore
import Tables

/// `forensics recipes`.
struct Recipes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes", abstract: "List the built-in recipes, or print one's file.")

  /// Every built-in recipe, in the order of the help.
  static let all: [any RecipeCommand.Type] = spending + faults + savings + quality + [Calls.self]

  static let spending: [any RecipeCommand.Type] = [
    TopPrompts.self, TenantTrend.self, Spend.self, UsageByModel.self, ModelMix.self,
    CostPerTask.self, CostPerOutcome.self, SessionsOver.self,
  ]
  static let faults: [any RecipeCommand.Type] = [
    SpendAnomalies.self, RetryStorms.self, RateLimits.self, RateHeadroom.self, BilledErrors.self,
    HiddenCosts.self, InputCreep.self, ToolRecursion.self, DeployRegressions.self,
    DeployBisect.self, SlowCalls.self,
  ]
  static let savings: [any RecipeCommand.Type] = [
    CacheHitRatio.self, CacheTTL.self, RepeatPrompts.self, MaxTokens.self,
  ]
  static let quality: [any RecipeCommand.Type] = [
    DataQuality.self, ResidencyCheck.self, PriceCheck.self,
  ]

  @Option(
    help: ArgumentHelp(
      "Print this recipe as it is written, to start your own from.", valueName: "recipe"))
  var show: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    if let show {
      guard let recipe = Self.all.map({ $0.recipe }).first(where: { $0.name == show }) else {
        throw ValidationError(
          "there is no recipe '\(show)'; known are "
            + Self.all.map { $0.recipe.name }.joined(separator: ", "))
      }
      return try Console.write(recipe.text)
    }
    let rows: [[Value]] = Self.all.map { command in
      [
        .text(command.recipe.name), .text(command.recipe.window ?? ""),
        .text(command.recipe.summary),
      ]
    }
    let columns = ["recipe", "window", "answers"].map { Tables.Column(name: $0) }
    try output.write(plain: Tables.Table(columns: columns, rows: rows), named: "recipes")
  }
}
