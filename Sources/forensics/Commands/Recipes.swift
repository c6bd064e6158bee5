import ArgumentParser
import CallStore
import Tables

/// `forensics recipes`.
struct Recipes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes", abstract: "List the built-in recipes, or print one's file.")

  /// Every built-in recipe, in the order of the help.
  static let all: [any RecipeCommand.Type] = [
    TopPrompts.self, TenantTrend.self, CacheHitRatio.self, CacheTTL.self, SpendAnomalies.self,
    PriceCheck.self, Calls.self, RetryStorms.self, RateLimits.self, RateHeadroom.self,
    BilledErrors.self, HiddenCosts.self, ToolRecursion.self, InputCreep.self,
    DeployRegressions.self, DeployBisect.self, Spend.self, UsageByModel.self, CostPerTask.self,
    CostPerOutcome.self, ModelMix.self, SessionsOver.self, RepeatPrompts.self, MaxTokens.self,
    SlowCalls.self, ResidencyCheck.self, DataQuality.self,
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
