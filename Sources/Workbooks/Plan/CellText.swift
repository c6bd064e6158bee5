import Tables

/// What a cell can hold of a text.
enum CellText {
  /// The longest text of a cell, in UTF-16 units.
  ///
  /// Source: "Excel specifications and limits".
  static let limit = 32_767

  /// Everything that would hide or steer made visible, cut where a cell ends.
  static func shown(_ text: String) -> String {
    let visible = text.visible.unicodeScalars.reduce(into: "") { text, scalar in
      // XML knows no such characters, and a spreadsheet would call the file damaged.
      if scalar.value & 0xFFFE == 0xFFFE {
        text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    guard visible.utf16.count > limit else { return visible }
    var room = limit - 1
    let kept = visible.unicodeScalars.prefix { scalar in
      room -= scalar.value > 0xFFFF ? 2 : 1
      return room >= 0
    }
    return String(String.UnicodeScalarView(kept)) + "…"
  }
}
