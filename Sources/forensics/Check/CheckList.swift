import Alerts
import ArgumentParser
import Tables

/// `forensics check list`.
struct CheckList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The open alerts, as the last check left them.")

  @Flag(help: "Also those resolved in the last 30 days.") var all = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var alerts: AlertsOptions

  func run() throws {
    do { try write() } catch { throw Check.unknown("\(error)") }
  }

  private func write() throws {
    let file = alerts.file(try alerts.place.settings())
    let columns = [
      Column(name: "id"), Column(name: "state"), Column(name: "opened_at", unit: .instant),
      Column(name: "seen_at", unit: .instant), Column(name: "acknowledged"), Column(name: "what"),
    ]
    let rows = try file.read().listed(withResolved: all).map { alert -> [Value] in
      [
        .text(alert.id), .text(alert.isOpen ? alert.state.name : "resolved"),
        .integer(alert.openedAt), .integer(alert.resolvedAt ?? alert.seenAt),
        alert.acknowledgement.map { .text($0.text) } ?? .null, .text(alert.sentence),
      ]
    }
    try output.write(plain: Table(columns: columns, rows: rows), named: "check list")
  }
}
