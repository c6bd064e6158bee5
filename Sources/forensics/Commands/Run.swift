import ArgumentParser
import CallStore
import Foundation

/// `forensics run`.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a recipe of your own: a file like those the built-in recipes are.",
    discussion: """
      The file holds one SELECT that reads selected_call or selected_usage; window and filters are put in \
      front of it. Its opening comment is its help, and small '-- @' lines say what SQL cannot: see \
      CONTRIBUTING.md, or print a built-in one with: forensics recipes --show top-prompts
      """)

  @Argument(help: ArgumentHelp("The recipe's file.", valueName: "file.sql")) var file: String
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A value for one of its parameters. Repeatable.", valueName: "name=value"))
  var parameter: [String] = []
  @OptionGroup var shared: RecipeOptions

  func validate() throws { _ = try SQLParameters.parse(parameter) }

  func run() throws {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw RunError.unreadable(file)
    }
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    let recipe = try Recipe(name: name, text: text)
    try shared.run(recipe, arguments: SQLParameters.parse(parameter), period: nil)
  }
}

enum RunError: Error, CustomStringConvertible {
  case unreadable(String)

  var description: String {
    switch self {
    case .unreadable(let path): "cannot read '\(path)'; name a file with one SELECT"
    }
  }
}
