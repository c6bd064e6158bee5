import ArgumentParser
import Foundation
import HTTP

/// `forensics fetch`.
struct Fetch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch the vendor's own reports of usage and cost into a file for import.",
    discussion: """
      forensics fetch admin-usage --since 2026-11-01 --until 2026-11-16
      forensics fetch admin-cost --since 7d --key-file ~/.config/admin-key
      forensics fetch analytics-cost --output-dir reports/

      admin-usage      tokens, usage_report/messages of the Admin API
      admin-cost       amounts, cost_report of the Admin API
      analytics-usage  tokens and requests, of the Analytics API that follows it
      analytics-cost   amounts before and after discounts, of the same

      The key is read from a file or the environment, and is nowhere but in the requests. Pages are kept as \
      they come: a fetch that was interrupted goes on where it stopped. A file whose figures can still move \
      is fetched again, others are not. The file's name is on standard output. docs/fetch.md has the rest.

      Exit status: 0 done; 1 failed; 64 wrong usage; 75 the same is being fetched already.
      """)

  @Argument(help: ArgumentHelp("The report.", valueName: "report")) var kind: ReportKind
  @OptionGroup var options: FetchOptions
  @Option(help: ArgumentHelp("Where the file goes.", valueName: "folder")) var outputDir = "."
  @Flag(help: "Fetch it again, all of it, whatever is there.") var force = false
  @Option(help: "How to print the summary.") var format: Import.SummaryFormat = .text
  @Flag(name: .customShort("j"), help: "Short for --format json.") var json = false

  func validate() throws { _ = try question(Self.clock()) }

  func run() throws {
    // A file that reaches the size limit is an error to report, not a reason to die.
    signal(SIGXFSZ, SIG_IGN)
    let (question, remarks) = try question(Self.clock())
    for remark in remarks { Console.complain(remark) }
    let path = outputDir == "." ? question.fileName : outputDir + "/" + question.fileName
    var report = FetchReport(question: question, path: path)
    if !force, report.isSettled, !PartialReport.isBegun(path) {
      Console.complain("\(path) is there, and its figures no longer move; --force fetches it again")
    } else {
      report.outcome = try fetch(question, path)
    }
    for line in report.summary { Console.complain(line) }
    try Console.write(json || format == .json ? report.json : path + "\n")
  }

  private func fetch(_ question: ReportQuestion, _ path: String) throws -> ReportFetch.Outcome {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: outputDir, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw FetchError.noFolder(outputDir) }
    let key = try ReportKey(for: question.kind, file: options.keyFile)
    let curl = try CurlTransport()
    var fetch = ReportFetch(
      question: question, key: key, path: path,
      again: options.command(question, folder: outputDir),
      transport: { request throws(HTTPError) in try curl.send(request) },
      say: { Console.complain($0) })
    fetch.seconds = options.timeout
    fetch.isForced = force
    fetch.retrying.waiting = { why, seconds, next in
      Console.complain("\(why); try \(next) comes in \(Int(seconds.rounded(.up))) s")
    }
    let bar = FetchProgress(question)
    fetch.show = bar.show
    defer { bar.clear() }
    do { return try fetch.run() } catch let error as FetchError {
      guard case .busy = error else { throw error }
      Console.complain("Error: \(error)")
      throw ExitCode(75)
    }
  }

  private func question(_ now: Int64) throws -> (ReportQuestion, remarks: [String]) {
    let window = try options.window(kind, now: now)
    return (try options.question(kind, window), window.remarks)
  }

  private static func clock() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
