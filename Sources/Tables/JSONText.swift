/// The few forms that our JSON needs; what is written is always one valid value.
package enum JSONText {
  /// A quoted string; what would steer a terminal is escaped too, which any reader undoes.
  package static func string(_ text: String) -> String {
    // Nearly every text needs nothing escaped, and there may be millions.
    if text.isPlainASCII, !text.utf8.contains(where: { $0 == 0x22 || $0 == 0x5C }) {
      return "\"\(text)\""
    }
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\r": json += "\\r"
      case "\t": json += "\\t"
      case _ where scalar.isUnseen: json += scalar.utf16.map(escaped).joined()
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }

  /// An object whose values are JSON already, in the order given.
  package static func object(_ members: [(key: String, json: String)]) -> String {
    "{" + members.map { "\(string($0.key)):\($0.json)" }.joined(separator: ",") + "}"
  }

  /// An instant (milliseconds since 1970 in UTC) as a string, or null.
  package static func instant(_ instant: Int64?) -> String {
    instant.map { string(ClockTime($0).rfc3339) } ?? "null"
  }

  private static func escaped(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension ExactCell {
  var json: String {
    switch self {
    case .missing: "null"
    case .text(let text): JSONText.string(text)
    case .number(let number): number
    case .flag(let flag): flag ? "true" : "false"
    }
  }
}
