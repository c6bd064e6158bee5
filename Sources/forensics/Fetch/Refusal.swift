import HTTP
import Tables
import UsageLog

/// An answer that is none: what the status means, in words, and what to do about it.
///
/// Of the body it has the API's own message alone, cleaned; never the key.
struct Refusal: Error, Equatable, CustomStringConvertible {
  let kind: ReportKind
  let host: String
  let status: Int
  let tries: Int
  private let keyOrigin: String
  private let isMessagesKey: Bool
  private let said: String
  private let wish: String?

  init(_ response: HTTPResponse, tries: Int, _ host: String, _ kind: ReportKind, _ key: ReportKey) {
    (self.kind, self.host, self.tries) = (kind, host, tries)
    status = response.status
    (keyOrigin, isMessagesKey) = (key.origin, key.isForMessages)
    said = Self.words(of: response.body, key)
    wish = response.headers["retry-after"].map { String($0.visible.prefix(40)) }
  }

  var description: String {
    let times = tries > 1 ? ", \(tries) times" : ""
    return "\(host) answered \(status)\(times): \(meaning)\(said)"
  }

  private var meaning: String {
    switch status {
    case 300...399:
      "it leads elsewhere, and is not followed, since the key would go along; name that address with --base-url"
    case 400, 422:
      "it does not take the question; look at --since, --until, --bucket and --group-by"
    case 401:
      "it does not know the key of \(keyOrigin)\(isMessagesKey ? ", which is one for the Messages API" : ""); "
        + "an Admin key starts with sk-ant-admin and is made in the Console under Settings, Admin keys"
    case 403:
      "the key of \(keyOrigin) may not read this report; \(kind.rawValue) takes an Admin key"
        + (kind.isAnalytics ? ", or one with the scope read:analytics" : "")
    case 404:
      "there is no such report; look at --base-url"
        + (kind.isAnalytics
          ? "" : ", or try analytics-\(kind == .adminUsage ? "usage" : "cost"), its successor")
    case 407: "the proxy wants a name and a password"
    case 410: "the pages were made anew while they were read; the same again begins with the first"
    case 429:
      "too many requests for now" + (wish.map { " (Retry-After: \($0))" } ?? "")
        + "; ask again later"
    case 500...599: "it has a fault of its own; ask again later"
    default: "that is no page of a report"
    }
  }

  /// The API's message, and the request's id for its support.
  private static func words(of body: [UInt8], _ key: ReportKey) -> String {
    if PageFault(notJSON: body) == .html { return " (with a page of HTML, as proxies do)" }
    let told = try? readJSON(body) { value in
      (value["error"]?["message"]?.text?.string, value["request_id"]?.text?.string)
    }
    let message = told?.0.map { " (it says: \(key.shown($0)))" } ?? ""
    let id = told?.1.flatMap { $0.wholeMatch(of: /req_[A-Za-z0-9_]{1,60}/) }.map { " \($0.output)" }
    return message + (id ?? "")
  }
}

extension ReportKey {
  /// Words of somebody else's as they may be printed: without keys, without what steers a terminal, not for ever.
  func shown(_ text: String) -> String {
    let clean = scrubbed(text).visible
    return clean.count > 300 ? clean.prefix(300) + "…" : clean
  }
}
