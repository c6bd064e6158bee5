import ArgumentParser
import CallStore

/// `forensics rate-limits`.
struct RateLimits: RecipeCommand {
  static let recipe = Recipe("rate-limits", embedded: PackageResources.rate_limits_sql)

  @Option(
    help: ArgumentHelp(
      "What makes the rows: minute or hour, feature, model, tenant, …, with commas between.",
      valueName: "columns"))
  var by: String?
  @OptionGroup var shared: RecipeOptions

  private static let spans = ["minute", "hour"]

  private var words: [String] {
    (by ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
  }

  func validate() throws {
    if words.count(where: Self.spans.contains) > 1 {
      throw ValidationError("--by takes minute or hour, not both")
    }
  }

  var arguments: [String: String?] {
    let columns = words.filter { !Self.spans.contains($0) }
    return [
      "by": columns.isEmpty ? nil : columns.joined(separator: ","),
      "per": words.first(where: Self.spans.contains),
    ]
  }
}
