extension String {
  /// The text with everything escaped that would steer a terminal or hide from a reader (CWE-150).
  ///
  /// A line break becomes `\n`, the escape character `\u{1B}`, a right-to-left override `\u{202E}`.
  package var visible: String {
    guard !isPlainASCII else { return self }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isUnseen:
        text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// Whether every byte is a printable ASCII character, as in nearly all cells.
  var isPlainASCII: Bool {
    utf8.allSatisfy { 0x20 <= $0 && $0 < 0x7F }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar acts instead of showing.
  ///
  /// These are C0, DEL, C1, bidi controls, line separators, tags and other format characters. The two joiners show, in emoji and in many scripts.
  var isUnseen: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: self != "\u{200C}" && self != "\u{200D}"
    default: false
    }
  }
}
