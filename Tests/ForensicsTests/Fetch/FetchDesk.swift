import Foundation
import HTTP
import Synchronization

@testable import forensics

/// Fetches inside the test, where nobody really sleeps.
final class FetchDesk: Sendable {
  /// The 16th of November 2026, when the sample's days are over.
  static let now: Int64 = 1_794_787_200_000
  static let day: Int64 = 86_400_000

  let folder: URL
  private let servers = Mutex<[LoopbackServer]>([])

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fetch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var path: String { folder.appendingPathComponent("report.jsonl").path }
  var report: String { read("") }
  var partial: String { read(".partial") }
  var state: String { read(".partial.state") }

  private func read(_ suffix: String) -> String {
    (try? String(contentsOfFile: path + suffix, encoding: .utf8)) ?? ""
  }

  struct Result {
    /// Nil where it failed.
    var outcome: ReportFetch.Outcome?
    var error = ""
    var said: [String] = []
    /// In whole seconds.
    var pauses: [Int] = []
  }

  /// About the fifteen days of the sample, to a server that stays as long as the desk.
  func question(
    _ kind: ReportKind, at server: LoopbackServer, width: BucketWidth = .day,
    groupBy: [String]? = nil
  ) -> ReportQuestion {
    servers.withLock { $0.append(server) }
    return ReportQuestion(
      kind, since: Self.now - 15 * Self.day, until: Self.now, width: width, groupBy: groupBy,
      base: server.url)
  }

  func fetch(
    _ question: ReportQuestion, now: Int64 = FetchDesk.now, tries: Int = 6, isForced: Bool = false,
    key: String = ReportAPI.key
  ) throws -> Result {
    let said = Mutex<[String]>([])
    let pauses = Mutex<[Int]>([])
    let curl = try CurlTransport()
    var fetch = ReportFetch(
      question: question,
      key: try ReportKey(
        for: question.kind, file: nil, environment: ["ANTHROPIC_ADMIN_KEY": key]),
      path: path, again: "forensics fetch \(question.kind.rawValue) …",
      transport: { request throws(HTTPError) in try curl.send(request) },
      say: { line in said.withLock { $0.append(line) } })
    fetch.seconds = 5
    fetch.isForced = isForced
    fetch.now = { now }
    fetch.retrying.tries = tries
    fetch.retrying.pause = { seconds in pauses.withLock { $0.append(Int(seconds)) } }
    var result = Result()
    do { result.outcome = try fetch.run() } catch { result.error = "\(error)" }
    result.said = said.withLock { $0 }
    result.pauses = pauses.withLock { $0 }
    return result
  }
}
