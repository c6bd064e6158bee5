import Foundation
import Synchronization

/// The vendor's reports as its documentation describes them, on this machine: whole buckets between two bounds, so
/// many a page, and a token for the next.
final class ReportAPI: Sendable {
  static let key = "sk-ant-admin01-K3Y-d34db33f-K3Y"

  let server: LoopbackServer

  /// - Parameters:
  ///   - sample: pages of a report, below sample-data.
  ///   - pageSize: as many elements a page has at most.
  ///   - faults: what is answered instead to the request of this number, from 1 on.
  init(
    _ sample: String, pageSize: Int = 31, faults: [Int: LoopbackServer.Turn] = [:]
  ) throws {
    let elements = try Self.elements(of: sample)
    let requests = Mutex(0)
    server = try LoopbackServer(
      .by { request in
        let number = requests.withLock { count in
          count += 1
          return count
        }
        return faults[number] ?? Self.page(of: elements, for: request, pageSize)
      })
  }

  /// An element of a page's data, and when it begins.
  struct Element: Sendable {
    let start: String
    let json: String
  }

  static func elements(of sample: String) throws -> [Element] {
    let file = ForensicsBinary.checkout.appendingPathComponent("sample-data/" + sample)
    let text = try String(contentsOf: file, encoding: .utf8)
    // Pages stand behind each other.
    let pages = try text.replacing("\n}\n{\n", with: "\n}\u{1E}{\n").split(separator: "\u{1E}").map
    {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
    return try pages.flatMap { $0["data"] as? [[String: Any]] ?? [] }.map { element in
      let json = try JSONSerialization.data(withJSONObject: element, options: .sortedKeys)
      return Element(
        start: element["starting_at"] as? String ?? "",
        json: String(decoding: json, as: UTF8.self))
    }
  }

  static func error(_ status: Int, _ type: String, _ message: String) -> LoopbackServer.Turn {
    .answer(
      status, headers: ["Content-Type: application/json"],
      body: #"{"type":"error","error":{"type":"\#(type)","message":"\#(message)"},"#
        + #""request_id":"req_011CScripted"}"#)
  }

  private static func page(
    of all: [Element], for request: LoopbackServer.Seen, _ pageSize: Int
  ) -> LoopbackServer.Turn {
    guard request.headers["x-api-key"] == key else {
      return error(401, "authentication_error", "invalid x-api-key")
    }
    guard request.headers["anthropic-version"] == "2023-06-01" else {
      return error(400, "invalid_request_error", "anthropic-version: header is required")
    }
    let query = self.query(request.line)
    guard let since = query["starting_at"]?.first, let until = query["ending_at"]?.first else {
      return error(400, "invalid_request_error", "starting_at: Field required")
    }
    let elements = all.filter { since <= $0.start && $0.start < until }
    let size = min(query["limit"]?.first.flatMap { Int($0) } ?? 7, pageSize)
    var first = 0
    if let token = query["page"]?.first {
      guard token.hasPrefix("page_"), let place = Int(token.dropFirst(5)) else {
        return error(400, "invalid_request_error", "page: Invalid token")
      }
      first = place
    }
    let part = elements.dropFirst(first).prefix(size).map(\.json).joined(separator: ",\n  ")
    let hasMore = first + size < elements.count
    let next = hasMore ? "\"page_\(first + size)\"" : "null"
    return .answer(
      200,
      headers: ["Content-Type: application/json", "anthropic-organization-id: org-lumen-desk"],
      body: "{\n\"data\": [\n  \(part)\n],\n\"has_more\": \(hasMore), \"next_page\": \(next)\n}\n")
  }

  /// The parameters of a request's line.
  static func query(_ line: String) -> [String: [String]] {
    let address = line.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    let items = URLComponents(string: address)?.queryItems ?? []
    return Dictionary(grouping: items, by: \.name).mapValues { $0.compactMap(\.value) }
  }
}
