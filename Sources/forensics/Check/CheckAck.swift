import CallStore
import Alerts
import ArgumentParser
import Foundation
import Tables

/// `forensics check ack`.
struct CheckAck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: "Say that an alert is known: it counts as fine until it is resolved, or gets worse.",
    discussion: "'forensics check list' shows the open alerts and their ids.")

  @Argument(help: "The alert's id, such as budget.monthly.") var id: String
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("For so long, such as 7d.", valueName: "length"))
  var length: String?
  @Option(help: "Until this date or instant.") var until: String?
  @Option(help: "Why, for whoever looks next.") var note: String?
  @Flag(help: "Take it back.") var undo = false
  @OptionGroup var alerts: AlertsOptions

  func validate() throws {
    if length != nil, until != nil { throw ValidationError("--for and --until: give one of them") }
    if let length, spanMilliseconds(length) == nil {
      throw ValidationError("--for takes a length such as 24h or 7d, not '\(length)'")
    }
    if let until {
      guard case .ago = try TimeBound(until, option: "--until") else { return }
      throw ValidationError("--until takes a date or an instant; a length is --for \(until)")
    }
  }

  func run() throws {
    do { try Console.write(try acknowledge() + "\n") } catch { throw Check.unknown("\(error)") }
  }

  private func acknowledge() throws -> String {
    let settings = try alerts.place.settings()
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    let zone = try WindowOptions.zone(named: settings.timezone.value)
    let end =
      try until.map { try TimeBound($0, option: "--until").resolved(now: now, zone: zone) }
      ?? length.flatMap(spanMilliseconds).map { Self.fullMinute(from: now + $0) }
    if let end, end <= now {
      throw ValidationError("--until is in the past: \(ClockTime(end).rfc3339)")
    }
    return try alerts.file(settings).update { book, _ in
      let isOpen =
        undo
        ? book.withdrawAcknowledgement(of: id)
        : book.acknowledge(id, at: now, until: end, note: note)
      guard isOpen else { throw AckError.notOpen(id, book.listed(withResolved: false).map(\.id)) }
      if undo { return "\(id) is not acknowledged any more" }
      return "\(id) is acknowledged "
        + (end.map { "until \(ClockTime($0).asFineAsNeeded) UTC" } ?? "until it is resolved")
        + ", or gets worse"
    }
  }

  /// Nobody means a length of days to the millisecond.
  private static func fullMinute(from instant: Int64) -> Int64 {
    (instant + 59_999) / 60_000 * 60_000
  }

  private enum AckError: Error, CustomStringConvertible {
    case notOpen(String, [String])

    var description: String {
      guard case .notOpen(let id, let open) = self else { return "" }
      return "no alert '\(id)' is open; "
        + (open.isEmpty ? "none is" : "open are \(open.prefix(10).joined(separator: ", "))")
    }
  }
}
