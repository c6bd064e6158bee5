import Foundation

/// The key that opens the reports; it is in requests only, and nothing here prints it.
struct ReportKey: Sendable, CustomStringConvertible, CustomReflectable {
  fileprivate(set) var secret: String
  /// Where it came from, which may be told.
  let origin: String

  /// - Parameters:
  ///   - file: of `--key-file`; nil takes the environment.
  ///   - environment: `ANTHROPIC_ADMIN_KEY`; for analytics `ANTHROPIC_ANALYTICS_KEY` stands in front of it.
  /// - Throws: `SecretFileError` or `ReportKeyError`.
  init(
    for kind: ReportKind, file: String?,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    var found: (text: String, origin: String)?
    if let file {
      found = (try SecretFile.text(at: file, option: "--key-file"), "--key-file \(file)")
    } else {
      let names = (kind.isAnalytics ? ["ANTHROPIC_ANALYTICS_KEY"] : []) + ["ANTHROPIC_ADMIN_KEY"]
      found =
        names.lazy.compactMap { name in
          environment[name].flatMap { $0.isEmpty ? nil : ($0, "$" + name) }
        }.first
    }
    guard let found else { throw ReportKeyError.none(kind) }
    secret = found.text.trimmingCharacters(in: .whitespacesAndNewlines)
    origin = found.origin
    let isOneWord = !secret.isEmpty && secret.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    // A line of an .env file is the usual mistake.
    guard isOneWord, secret.prefixMatch(of: /[A-Z][A-Z0-9_]*=/) == nil else {
      throw ReportKeyError.notAKey(origin)
    }
  }

  var description: String { origin }
  var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }

  /// Keys for the Messages API open no report.
  var isForMessages: Bool { secret.hasPrefix("sk-ant-api") }

  /// A text of somebody else's without this key, and without what looks like one.
  func scrubbed(_ text: String) -> String {
    text.replacing(secret, with: "…").replacing(/sk-[A-Za-z0-9_*.-]{6,}/, with: "sk-…")
  }
}

enum ReportKeyError: Error, Equatable, CustomStringConvertible {
  case none(ReportKind)
  case notAKey(String)

  var description: String {
    switch self {
    case .none(let kind):
      "there is no key: put \(kind.isAnalytics ? "an Admin key, or one that may read analytics," : "an Admin key") "
        + "into a file that only you may read and name it with --key-file FILE, or into the variable "
        + "ANTHROPIC_ADMIN_KEY" + (kind.isAnalytics ? " or ANTHROPIC_ANALYTICS_KEY" : "")
    case .notAKey(let origin):
      "\(origin) holds no key: a key is one word in one line, and nothing else"
    }
  }
}
