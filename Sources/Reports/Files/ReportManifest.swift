import Tables

/// What was issued, for programs: the fields given and every file with its size and SHA-256.
///
/// ```json
/// {
///   "as_of": "2026-11-16T00:00:00.000Z",
///   "files": [
///     {
///       "bytes": 1204,
///       "name": "by-tenant.csv",
///       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
///     }
///   ],
///   "spend_usd": "412.500000001"
/// }
/// ```
///
/// Canonical: keys and files in the order of their bytes, two spaces, one newline at the end. Amounts and 64-bit ids
/// are strings, as a reader that keeps numbers as doubles would round them (RFC 8259, section 6).
package struct ReportManifest {
  package indirect enum Value: Equatable, Sendable {
    case null
    case text(String)
    case number(Int)
    case flag(Bool)
    /// Billionths of a currency, written as a decimal in a string.
    case amount(Int64)
    /// An instant in milliseconds since 1970 in UTC.
    case instant(Int64)
    case list([Value])
    case object([String: Value])
  }

  package var fields: [String: Value]

  package init(_ fields: [String: Value]) { self.fields = fields }

  /// - Parameter files: all others of the report; the manifest cannot name itself.
  package func file(of files: [ReportFile], named name: String = "manifest.json") -> ReportFile {
    var fields = fields
    fields["files"] = .list(
      files.sorted { $0.name.isBefore($1.name) }.map { file in
        .object([
          "name": .text(file.name), "bytes": .number(file.bytes.count),
          "sha256": .text(file.sha256),
        ])
      })
    return ReportFile(name: name, text: Value.object(fields).json(indent: "") + "\n")
  }
}

extension ReportManifest.Value {
  fileprivate func json(indent: String) -> String {
    switch self {
    case .null: return "null"
    case .text(let text): return JSONText.string(text)
    case .number(let number): return String(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .amount(let nanos): return JSONText.string(Billionths(nanos).exact)
    case .instant(let instant): return JSONText.instant(instant)
    case .list(let values):
      return Self.enclosed(values.map { $0.json(indent: indent + "  ") }, "[", "]", indent)
    case .object(let members):
      let sorted = members.sorted { $0.key.isBefore($1.key) }
      return Self.enclosed(
        sorted.map { "\(JSONText.string($0.key)): \($0.value.json(indent: indent + "  "))" },
        "{", "}", indent)
    }
  }

  private static func enclosed(
    _ elements: [String], _ start: String, _ end: String, _ indent: String
  ) -> String {
    guard !elements.isEmpty else { return start + end }
    return "\(start)\n"
      + elements.map { "\(indent)  \($0)" }.joined(separator: ",\n") + "\n\(indent)\(end)"
  }
}

extension String {
  /// The order of bytes, which is no language's.
  fileprivate func isBefore(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
