import ArgumentParser
import CallStore
import Finance
import Foundation

/// `forensics reopen`.
struct Reopen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract: "Open a closed period again, and say why; what was issued for it stays on record.",
    discussion: """
      Its figures are those of its calls as they are now, so its adjustments go. Where those are part of a later \
      period that is closed, that one has to be opened first. 'forensics close --list' shows who opened what, when \
      and why; the files that went out stay, under the closing's number.
      """)

  @Argument(help: ArgumentHelp("As it was closed: 2026-10.", valueName: "period")) var period:
    String
  @Option(help: ArgumentHelp("For the record.", valueName: "text")) var why: String
  @Option(help: ArgumentHelp("Who opens it. (default: the user's name)", valueName: "name"))
  var by: String?
  @Flag(help: "Wait for a running import to finish.") var wait = false
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if why.allSatisfy(\.isWhitespace) {
      throw ValidationError("--why takes the reason, for the record")
    }
    if let by, by.isEmpty { throw ValidationError("--by takes a name") }
    guard PeriodName(argument: period) != nil else { throw PeriodName.unknown(period) }
  }

  func run() throws {
    let file = DatabaseFile(path: try place.settings().database.value)
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    let closing = try alone {
      try PeriodReopening(file).reopen(
        period.uppercased(), by: ClosingOptions.user(by), why: why, at: now, waits: wait)
    }
    try Console.write(
      """
      \(closing.period) is open again
        cost as closed  \(dollars(closing.costNanos))
        since then      \(dollars(closing.since.costNanos)), now its own
        cost            \(dollars(closing.costNanos + closing.since.costNanos))

      """)
  }
}
