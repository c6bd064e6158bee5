import Alerts
import ArgumentParser
import CallStore
import Foundation
import Tables

/// `forensics check run`, or without the word.
struct CheckRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Look, say what was found, and tell others.")

  @Option(
    help: ArgumentHelp("Only these rules, separated by commas. Repeatable.", valueName: "rules"))
  var only: [String] = []
  @Option(help: "text, json, prometheus, pagerduty, slack or webhook. (default: text)")
  var format: CheckFormat?
  @Option(
    help: ArgumentHelp(
      "Write to a file instead, replacing it as a whole; .prom and .json say the format.",
      valueName: "file"))
  var output: String?
  @Flag(name: .shortAndLong, help: "Also what is fine.") var verbose = false
  @Flag(help: "What cannot be told, for want of history, is UNKNOWN.") var strict = false
  @Flag(help: "Remember nothing and tell nobody.") var dryRun = false
  @OptionGroup(title: "Telling others") var telling: NotifyOptions
  @OptionGroup(title: "Now") var instant: CheckInstant
  @OptionGroup(title: "Database, configuration and alerts") var alerts: AlertsOptions

  func validate() throws { _ = try rules() }

  func run() throws {
    let report: CheckReport
    do {
      report = try remembered()
      try write(report)
    } catch {
      throw Check.unknown("\(error)", isText: chosenFormat == .text && output == nil)
    }
    throw ExitCode(Int32(report.state.rawValue))
  }

  private var chosenFormat: CheckFormat {
    let suffix = output.flatMap { $0.split(separator: ".").last }
    return format ?? suffix.flatMap { CheckFormat(fileSuffix: $0) } ?? .text
  }

  private func write(_ report: CheckReport) throws {
    let text = chosenFormat.render(report, isVerbose: verbose)
    guard let output else { return try Console.write(text) }
    // Whoever collects it is somebody else.
    guard FileReplacement.write(Array(text.utf8), to: output, mode: 0o644) else {
      throw OutputError.cannotWrite(output)
    }
  }

  private func rules() throws -> [CheckRule] {
    let wanted = only.flatMap { $0.split(separator: ",").map(String.init) }
    if let unknown = wanted.first(where: { !CheckRule.names.contains($0) }) {
      throw ValidationError(
        "there is no rule '\(unknown)'; known are \(CheckRule.names.joined(separator: ", "))")
    }
    return wanted.isEmpty ? CheckRule.all : CheckRule.all.filter { wanted.contains($0.name) }
  }

  private func evaluated(
    _ database: CallDatabase, _ settings: Settings
  ) throws -> CheckReport {
    let facts = try instant.facts(database, settings, path: alerts.place.db)
    return try CheckReport(try rules(), over: facts, settings.check, isStrict: strict)
  }

  /// The report, with what is known of it from runs before; tells the receiver what it does not know.
  private func remembered() throws -> CheckReport {
    let settings = try alerts.place.settings()
    // Before the alerts are touched: beside no database there are none.
    let database = try CallDatabase(DatabaseFile(path: settings.database.value))
    let file = alerts.file(settings)
    let delivery = try telling.receiver().map {
      Delivery(receiver: $0, reminding: telling.reminding)
    }
    func unremembered() throws -> CheckReport {
      var report = try evaluated(database, settings)
      report.acknowledge((try? file.read())?.acknowledgements ?? [:])
      return report
    }
    // What was open on another day resolves nothing of today, and takes back no acknowledgement.
    if let asOf = instant.asOf, asOf != "latest", !dryRun {
      if delivery != nil { Console.complain("Warning: --as-of \(asOf) tells nobody") }
      return try unremembered()
    }
    if dryRun { return try unremembered() }
    do {
      return try file.update { book, keep in
        // Inside the lock, so that the newer of two reports is the one that stays.
        var report = try evaluated(database, settings)
        book.record(report)
        report.acknowledge(book.acknowledgements)
        do {
          for failure in try delivery?.deliver(report, from: &book, keep: keep) ?? [] {
            Console.complain("Error: not everybody was told: \(failure)")
          }
        } catch {
          Console.complain("Error: not everybody was told: \(error)")
        }
        return report
      }
    } catch let error as AlertFileError {
      Console.complain("Warning: \(error)")
      if delivery != nil { Console.complain("Warning: nobody was told") }
      return try unremembered()
    }
  }
}
