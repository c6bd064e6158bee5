import ArgumentParser
import CallStore
import Finance
import Foundation
import Tables

/// `forensics close`.
struct Close: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Close a period: its figures stay, whatever is imported or priced afterwards.",
    discussion: """
      forensics close 2026-10 --files reports/2026-10/   keep its figures, and the files that went out
      forensics close --list                             what is closed, and what became known of it since
      forensics close --adjustments 2026-10              that, call by call, down to the log line
      forensics close --verify                           reckon it again: equal, or exit status 3
      forensics close --files-of 2026-10 --output-dir D  the files once more, byte for byte

      Closing is one transaction, and changes no call. What becomes known of a closed period's calls afterwards (late, \
      undone, told otherwise, priced anew) is an adjustment, dated into the next open period. 'forensics reopen' opens \
      a period again. docs/close.md has an example.
      """)

  @Argument(
    help: ArgumentHelp("2026-10, 2026-W46, 2026-Q4, FY2027-P07, FY2027.", valueName: "period"))
  var period: String?
  @OptionGroup(title: "Closing") var closing: ClosingOptions
  @OptionGroup(title: "What is closed") var looking: LookingOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Database and configuration") var place: PlaceOptions

  func validate() throws {
    if looking.isAsked {
      if closing.isAsked {
        throw ValidationError("closing and looking at what is closed are two runs")
      }
      if period != nil, !looking.verify {
        throw ValidationError("only --verify takes a period beside it")
      }
      return
    }
    guard let period else {
      throw ValidationError("name the period: forensics close 2026-10; what is closed: --list")
    }
    guard PeriodName(argument: period) != nil else { throw PeriodName.unknown(period) }
  }

  func run() throws {
    let settings = try place.settings()
    guard let period, !looking.isAsked else {
      return try looking.run(settings, period: period, output)
    }
    try closing.run(settings, period: period)
  }
}
