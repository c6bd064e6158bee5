import ArgumentParser
import CallStore

/// A command that is a recipe: help, window, filters and output come from the recipe's file and
/// from the options that all recipes share.
///
/// A conforming command only names its recipe and its own options.
protocol RecipeCommand: ParsableCommand {
  static var recipe: Recipe { get }
  var shared: RecipeOptions { get }
  /// Values of the recipe's own parameters; nil leaves the default.
  var arguments: [String: String?] { get }
  /// The window's length, where the command has its own option for it.
  var period: String? { get }
}

extension RecipeCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: recipe.name, abstract: recipe.summary, discussion: recipe.discussion)
  }

  var arguments: [String: String?] { [:] }
  var period: String? { nil }

  func run() throws {
    try shared.run(Self.recipe, arguments: arguments.compactMapValues(\.self), period: period)
  }
}

extension Recipe {
  /// A recipe embedded in the program; a test parses every one of them.
  init(_ name: String, embedded bytes: [UInt8]) {
    do {
      try self.init(name: name, text: String(decoding: bytes, as: UTF8.self))
    } catch {
      preconditionFailure("queries/\(name).sql: \(error)")
    }
  }
}
