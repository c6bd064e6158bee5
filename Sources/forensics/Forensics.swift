import ArgumentParser

/// The table of contents.
///
/// Every command says its name: left to ArgumentParser, each costs 0.08 ms at every start, whatever
/// command it is that runs.
@main
struct Forensics: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "forensics",
    abstract:
      "Where is the LLM bill coming from? Imports usage logs, prices every call, answers with SQL.",
    discussion: """
      A first look:
        forensics import logs/
        forensics top-prompts --since 24h

      Exit status: 0 done; 1 failed; 2 done, but records were rejected; \
      3 done, and the finding asked for is there; 64 wrong usage; \
      75 another import is running. 'check' alone: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Logs in:", subcommands: [Import.self, Imports.self, Rejects.self, Merge.self]),
      CommandGroup(name: "What was spent:", subcommands: Recipes.spending),
      CommandGroup(name: "What went wrong:", subcommands: Recipes.faults),
      CommandGroup(
        name: "What could be saved:", subcommands: [Audit.self] + Recipes.savings + [WhatIf.self]),
      CommandGroup(name: "What can be relied on:", subcommands: Recipes.quality),
      CommandGroup(
        name: "Finance:",
        subcommands: [
          Reconcile.self, ChargebackCommand.self, MarginCommand.self, Close.self, Reopen.self,
          Fetch.self,
        ]),
      CommandGroup(name: "Watching:", subcommands: [Check.self]),
      CommandGroup(
        name: "Your own questions:",
        subcommands: [Calls.self, Explain.self, Recipes.self, Run.self, SQL.self]),
      CommandGroup(
        name: "Prices:", subcommands: [Prices.self, Reprice.self, Estimate.self, Breakeven.self]),
      CommandGroup(name: "Upkeep:", subcommands: [Doctor.self, Config.self]),
    ])

  /// As ArgumentParser's own, but for `check`: monitoring takes 64 for nonsense, and 3 for "unknown".
  static func main() {
    var command: (any ParsableCommand)?
    do {
      command = try parseAsRoot()
      try command?.run()
    } catch {
      let isCheck = CommandLine.arguments.dropFirst().first == Check.configuration.commandName
      if isCheck, !exitCode(for: error).isSuccess, !(error is ExitCode) {
        exit(withError: Check.unknown(message(for: error)))
      }
      // What a command finds wrong once it runs is about its own options, not about the list of commands.
      if let command, exitCode(for: error) == .validationFailure {
        Console.complain("Error: \(message(for: error))")
        usage(of: type(of: command)).forEach(Console.complain)
        exit(withError: ExitCode.validationFailure)
      }
      exit(withError: error)
    }
  }

  /// As ArgumentParser says it where it is the one who finds something wrong.
  private static func usage(of command: any ParsableCommand.Type) -> [String] {
    let usage = usageString(for: command)
    let name = usage.split(separator: " ").prefix { !"<[(-".contains($0.first ?? "-") }
    return [
      "Usage: \(usage)",
      "  See '\(name.joined(separator: " ")) --help' for more information.",
    ]
  }
}
