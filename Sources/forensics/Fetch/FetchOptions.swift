import ArgumentParser
import Foundation
import HTTP

/// What is asked for, of whom, and with which key.
struct FetchOptions: ParsableArguments {
  @Option(help: "From: 7d, 31d, a date, or an RFC 3339 instant; UTC.")
  var since = "31d"
  @Option(help: "Up to, exclusive; like --since. (default: the last whole bucket)")
  var until: String?
  @Option(
    help: ArgumentHelp(
      "1d, 1h or 1m: how finely time is told; admin-cost has days only.", valueName: "width"))
  var bucket: BucketWidth = .day
  @Option(
    help: ArgumentHelp(
      "What to tell apart, by the API's names, separated by commas; repeatable; 'all' tells nothing apart. "
        + "(default: what a price depends on)", valueName: "names"))
  var groupBy: [String] = []
  @Option(
    help: ArgumentHelp(
      "The file with the key, readable by you alone. (default: $ANTHROPIC_ADMIN_KEY; for analytics "
        + "$ANTHROPIC_ANALYTICS_KEY before it)", valueName: "file"))
  var keyFile: String?
  @Option(
    help: ArgumentHelp(
      "The API, or a gateway in front of it.", valueName: "url"))
  var baseURL = ReportQuestion.vendor
  @Option(help: ArgumentHelp("Wait so long for an answer.", valueName: "seconds"))
  var timeout = 60

  func validate() throws {
    guard (1...3600).contains(timeout) else {
      throw ValidationError("--timeout takes 1 to 3600 seconds, not \(timeout)")
    }
    guard !baseURL.contains("?"), !baseURL.contains("#") else {
      throw ValidationError("--base-url is what stands before /v1/…: no ? and no #")
    }
    do throws(HTTPError) {
      if try HTTPRequest(.get, baseURL).isInTheClear {
        throw .badRequest(
          "the key is not sent over http://, where everybody on the way can read it; use https://")
      }
    } catch {
      throw ValidationError("--base-url: \(error)")
    }
  }

  /// - Throws: `ValidationError` for what this report does not have.
  func question(_ kind: ReportKind, _ window: FetchWindow) throws -> ReportQuestion {
    ReportQuestion(
      kind, since: window.since, until: window.until, width: bucket,
      groupBy: try grouping(kind), base: baseURL)
  }

  /// - Throws: `ValidationError`, for a bucket of another length than the report has.
  func window(_ kind: ReportKind, now: Int64) throws -> FetchWindow {
    guard kind.widths.contains(bucket) else {
      throw ValidationError(
        "\(kind.rawValue) has whole days only: leave out --bucket \(bucket.rawValue)")
    }
    return try FetchWindow(since: since, until: until, width: bucket, now: now)
  }

  /// Nil is the standard one.
  private func grouping(_ kind: ReportKind) throws -> [String]? {
    let names = groupBy.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { $0.trimmingCharacters(in: .whitespaces) }
    if names.isEmpty { return nil }
    if names == ["all"] { return [] }
    for name in names {
      guard name != "all" else {
        throw ValidationError("--group-by all stands by itself")
      }
      if let known = kind.groupings, !known.contains(name) {
        throw ValidationError(
          "\(kind.rawValue) cannot be grouped by '\(name)'; it knows \(known.joined(separator: ", "))"
        )
      }
      guard name.wholeMatch(of: /[a-z][a-z0-9_]{0,39}/) != nil else {
        throw ValidationError("--group-by takes names such as workspace_id, not '\(name)'")
      }
    }
    return names
  }

  /// The same question, typed so that it stays the same tomorrow.
  func command(_ question: ReportQuestion, folder: String) -> String {
    var words = [
      "forensics", "fetch", question.kind.rawValue,
      "--since", question.width.text(question.since), "--until",
      question.width.text(question.until),
    ]
    if bucket != .day { words += ["--bucket", bucket.rawValue] }
    if question.groupBy != question.kind.standardGrouping {
      words += [
        "--group-by", question.groupBy.isEmpty ? "all" : question.groupBy.joined(separator: ","),
      ]
    }
    if folder != "." { words += ["--output-dir", folder] }
    if let keyFile { words += ["--key-file", keyFile] }
    if baseURL != ReportQuestion.vendor { words += ["--base-url", baseURL] }
    return words.map(\.shellWord).joined(separator: " ")
  }
}
