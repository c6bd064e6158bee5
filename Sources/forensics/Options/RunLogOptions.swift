import ArgumentParser

/// The log of a representative run, for continuous integration.
struct RunLogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take the calls from a log instead: a file, a folder, a glob, or -. Repeatable.",
      valueName: "path"))
  var fromLog: [String] = []
  @Option(help: ArgumentHelp("So many runs like the log's, --per day or month.", valueName: "n"))
  var runs: Int64?
  @Flag(help: "Exit with 2 also when calls have no price.") var strict = false

  func validate() throws {
    guard fromLog.isEmpty else {
      if let runs, !(1...1_000_000_000).contains(runs) {
        throw ValidationError("--runs takes a whole number of 1 or more, not \(runs)")
      }
      return
    }
    if runs != nil || strict { throw ValidationError("--runs and --strict belong to --from-log") }
  }
}
