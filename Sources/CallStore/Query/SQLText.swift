/// SQL as text: literals, and parameters filled in for people to paste elsewhere.
enum SQLText {
  static func literal(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  static func literal(_ value: SQLValue) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let number): "\(number)"
    case .text(let text): literal(text)
    }
  }

  /// The statement with its `:name` parameters replaced by literals; strings and comments are left alone.
  static func filledIn(_ sql: String, _ parameters: [String: SQLValue]) -> String {
    var result = ""
    var rest = Substring(sql)
    while let character = rest.first {
      if character == "'" || character == "\"" {
        let end = rest.dropFirst().firstIndex(of: character).map { rest.index(after: $0) }
        result += rest[..<(end ?? rest.endIndex)]
        rest = rest[(end ?? rest.endIndex)...]
      } else if rest.hasPrefix("--") || rest.hasPrefix("/*") {
        let code = behindComment(rest)
        result += rest[..<code.startIndex]
        rest = code
      } else if character == ":" {
        let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        if let value = parameters[String(name)] {
          result += literal(value)
        } else {
          result += rest.prefix(name.count + 1)
        }
        rest = rest.dropFirst(name.count + 1)
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Words in lower case and single signs; comments, spaces and texts in quotes left out.
  static func words(_ sql: String) -> [String] {
    var words: [String] = []
    var rest = Substring(sql)
    while true {
      rest = withoutComments(before: rest)
      guard let first = rest.first else { return words }
      if first == "'" {
        rest = rest.dropFirst().drop { $0 != "'" }.dropFirst()
        continue
      }
      let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      words.append(word.isEmpty ? String(first) : word.lowercased())
      rest = rest.dropFirst(max(word.count, 1))
    }
  }

  /// The text from its first word on.
  static func withoutComments(before text: Substring) -> Substring {
    var rest = text
    while true {
      rest = rest.drop { $0.isWhitespace }
      guard rest.hasPrefix("--") || rest.hasPrefix("/*") else { return rest }
      rest = behindComment(rest)
    }
  }

  private static func behindComment(_ text: Substring) -> Substring {
    if text.hasPrefix("--") { return text.drop { !$0.isNewline } }
    guard let end = text.firstRange(of: "*/") else { return text[text.endIndex...] }
    return text[end.upperBound...]
  }
}

/// A value for a parameter of a statement.
package enum SQLValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case text(String)
}
