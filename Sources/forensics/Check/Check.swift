import ArgumentParser
import Tables

/// `forensics check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Budgets, anomalies, storms, caches and freshness, for cron and monitoring.",
    discussion: """
      Follows the monitoring-plugin interface: one line with performance data, then what was found and the \
      command that shows it. Exit status 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN: wrong usage, no database, a broken \
      configuration, stale data.

      Without a configuration it looks for what is unusual; budgets, allowed regions and limits stand in the \
      section 'check' of forensics.yml (docs/check.md). All options are in 'forensics check run --help':
        forensics check --only budget,anomaly
        forensics check --output /var/lib/node_exporter/forensics.prom
        forensics check --notify-format slack --notify-env SLACK_URL
      """,
    subcommands: [CheckRun.self, CheckList.self, CheckAck.self], defaultSubcommand: CheckRun.self)

  /// Says why nothing is known, where monitoring looks for it: on the first line of standard output.
  ///
  /// - Parameter isText: else only the standard error may hold a sentence.
  static func unknown(_ message: String, isText: Bool = true) -> ExitCode {
    let line = message.split(separator: "\n").joined(separator: " ")
    if isText {
      try? Console.write("FORENSICS UNKNOWN: \(line.visible.replacing("|", with: "¦"))\n")
    } else {
      Console.complain("Error: \(message)")
    }
    return ExitCode(3)
  }
}
