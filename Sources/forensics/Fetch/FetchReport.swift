import Foundation
import Tables

/// What a fetch brought, for people and for scripts.
struct FetchReport {
  let question: ReportQuestion
  let path: String
  /// Nil where nothing had to be fetched.
  var outcome: ReportFetch.Outcome?

  /// Whether the file is there, and was fetched when its figures did not move any more.
  var isSettled: Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    let (seconds, rest) = (Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec))
    return seconds * 1000 + rest / 1_000_000 >= question.until + question.kind.revisedFor
  }

  private var next: String { "forensics import \(path.shellWord)" }

  /// For standard error.
  var summary: [String] {
    var lines: [String] = []
    if let state = outcome?.state {
      let grouped = question.groupBy.isEmpty ? "all" : question.groupBy.joined(separator: ", ")
      let width = question.width
      lines.append(
        "\(question.kind.rawValue) \(width.text(question.since)) – \(width.text(question.until)) UTC by \(grouped): "
          + "\(counted(Int64(state.pages), "page")), "
          + (question.kind.isAnalytics ? "" : "\(counted(Int64(state.elements), width.noun)), ")
          + counted(Int64(state.rows), "row"))
      if let missing { lines.append(missing) }
      let end = question.until + question.kind.revisedFor
      if !isSettled {
        lines.append(
          "figures may move until \(BucketWidth.day.text(end)); fetch it again then, import takes the newer ones"
        )
      }
    }
    return lines + ["next: \(next)"]
  }

  /// Buckets are told of even when they are empty, so that one which is not there was not told.
  private var missing: String? {
    guard let state = outcome?.state, !question.kind.isAnalytics,
      state.elements < question.buckets
    else { return nil }
    return "the answer has \(grouped(Int64(state.elements))) of the "
      + "\(counted(Int64(question.buckets), question.width.noun)) that were asked for"
  }

  var json: String {
    let state = outcome?.state
    func number(_ count: Int?) -> String { count.map { "\($0)" } ?? "null" }
    return JSONText.object([
      ("schema_version", "1"),
      ("report", JSONText.string(question.kind.rawValue)),
      ("since", JSONText.instant(question.since)),
      ("until", JSONText.instant(question.until)),
      ("bucket", JSONText.string(question.width.rawValue)),
      ("group_by", "[" + question.groupBy.map(JSONText.string).joined(separator: ",") + "]"),
      ("file", JSONText.string(path)),
      ("fetched", outcome == nil ? "false" : "true"),
      ("final", isSettled ? "true" : "false"),
      ("pages", number(state?.pages)),
      ("kept_pages", number(outcome?.keptPages)),
      ("buckets", question.kind.isAnalytics ? "null" : number(state?.elements)),
      ("rows", number(state?.rows)),
      ("bytes", number(state.map { Int($0.bytes) })),
      ("next", JSONText.string(next)),
    ]) + "\n"
  }
}
