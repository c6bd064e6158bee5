/// Where the user says that the fields of one source stand, over what its format knows.
package struct SourceMapping: Equatable, Sendable {
  package var fields: [Field: FieldSource] = [:]

  package init(_ fields: [Field: FieldSource] = [:]) { self.fields = fields }

  /// What fills fields that are not logged.
  ///
  /// A constant time is one of them: no record logged it, so it is as approximate as that of `--set`.
  var defaults: [Field: String] {
    var defaults = fields.compactMapValues(\.standard)
    if let time = fields[.occurredAt]?.constant { defaults[.occurredAt] = time }
    return defaults
  }
}

/// Where a field of a source comes from: places in the record, or a constant.
package struct FieldSource: Equatable, Sendable {
  /// The first that holds a value wins.
  package var paths: [FieldPath] = []
  /// The part of the value that is meant.
  package var match: ValuePattern?
  /// The value of every record, whatever it logs.
  package var constant: String?
  /// The value where nothing is logged, at the paths or where the format looks.
  package var standard: String?
  /// Where the configuration says so, for messages.
  package var origin = ""

  package init(
    paths: [FieldPath] = [], match: ValuePattern? = nil, constant: String? = nil,
    standard: String? = nil, origin: String = ""
  ) {
    self.paths = paths
    self.match = match
    self.constant = constant
    self.standard = standard
    self.origin = origin
  }
}

extension FieldSource: CustomStringConvertible {
  package var description: String {
    var parts: [String] = []
    if !paths.isEmpty { parts.append(paths.map(\.text).joined(separator: " or ")) }
    if let match { parts.append("match \(match.text)") }
    if let constant { parts.append("constant \(constant)") }
    if let standard { parts.append("default \(standard)") }
    return parts.joined(separator: ", ")
  }
}

/// A regular expression that takes a part of a value: what its first group matches, or all it matches.
///
/// Only text is compiled, so there is no code in it that threads could not share.
package struct ValuePattern: Equatable, @unchecked Sendable {
  package let text: String
  private let expression: Regex<AnyRegexOutput>
  /// Longer values are content, not names; and no expression needs long for these.
  private static let longestValue = 2048

  package init(_ text: String) throws {
    self.text = text
    expression = try Regex(text)
  }

  package static func == (left: ValuePattern, right: ValuePattern) -> Bool {
    left.text == right.text
  }

  func part(of value: Text) -> Substring? {
    guard value.count <= Self.longestValue else { return nil }
    guard let match = try? expression.firstMatch(in: value.string) else { return nil }
    return match.output[match.output.count > 1 ? 1 : 0].substring
  }
}

extension SourceMapping {
  /// The fields that rows of these columns have: by a path that starts at a column, or as a constant.
  func fields(in columns: [String]) -> Set<Field> {
    let known = Set(columns.map { normalized($0.utf8) })
    return Set(
      fields.filter { _, source in
        source.constant != nil
          || source.paths.contains { path in
            if known.contains(normalized(path.name)) { return true }
            guard case .key(let key) = path.steps.first else { return false }
            return known.contains(normalized(key))
          }
      }.keys)
  }
}
