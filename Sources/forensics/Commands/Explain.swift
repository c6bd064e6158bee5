import ArgumentParser
import CallStore

/// `forensics explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why a call costs what it costs: tokens x rates x modifiers, down to the log line.",
    discussion: """
      Takes a request id, a message id, a place in a log (FILE:LINE, as 'forensics calls' shows it), or the key \
      that explain itself prints, by which calls without any id are found, too. An id of several calls (attempts) \
      shows them all, each with the hidden iterations inside it.

        forensics explain req_011CSHoEeqs5C35K2UUqR7Fy
        forensics explain logs/app.jsonl:1593
        forensics top-prompts --explain 1

      --format json has every amount as an exact number; an explanation is no table, so there are no other formats. \
      docs/explain.md reads one example aloud.
      """)

  @Argument(help: ArgumentHelp("Request ids, message ids, FILE:LINE, or keys.", valueName: "id"))
  var ids: [String]
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func validate() throws { try output.checkDocument() }

  func run() throws {
    let settings = try place.settings()
    let database = try CallDatabase(DatabaseFile(path: settings.database.value))
    var calls: [Explanation] = []
    for id in ids {
      let found = try database.explain(id, prices: settings.prices())
      calls += found.filter { call in !calls.contains { $0.key == call.key } }
    }
    try output.write(
      document: ExplanationText(calls, folder: Console.folder).document,
      json: ExplanationJSON.document(calls))
  }
}
