import ArgumentParser
import CallStore
import Tables

/// `forensics doctor`.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check a database, and that its sums and columns equal its calls.",
    discussion: """
      Reads every call once: some seconds for a million. Exit status 3 if something was found. \
      --rebuild makes what is derived from the calls anew, day by day; it never changes a call.
      """)

  @Flag(help: "Make the sums and the packed columns anew from the calls, then check.")
  var rebuild = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let doctor = CallStore.Doctor(DatabaseFile(path: try place.settings().database.value))
    if rebuild { try doctor.rebuild() }
    let findings = try doctor.examine()
    let columns = ["check", "result", "detail", "remedy"].map { Tables.Column(name: $0) }
    let rows: [[Value]] = findings.map {
      [
        .text($0.check), .text($0.isSound ? "ok" : "found"), .text($0.detail),
        $0.remedy.isEmpty ? .null : .text($0.remedy),
      ]
    }
    try output.write(plain: Tables.Table(columns: columns, rows: rows), named: "doctor")
    if findings.contains(where: { !$0.isSound }) { throw ExitCode(3) }
  }
}
