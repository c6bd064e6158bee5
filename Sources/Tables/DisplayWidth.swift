extension String {
  /// The cells that a terminal gives to this text, which holds no control characters.
  package var displayWidth: Int {
    isPlainASCII ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }

  /// The text itself where it fits, else as much of it as leaves room for `…`.
  func shortened(to width: Int) -> String {
    guard displayWidth > width else { return self }
    return width > 0 ? fittingPrefix(width - 1) + "…" : ""
  }

  /// The text filled up with spaces, which stay outside of what `style` adds to the text.
  func padded(
    to width: Int, _ alignment: Alignment, style: (String) -> String = { $0 }
  ) -> String {
    let space = String(repeating: " ", count: max(0, width - displayWidth))
    return alignment == .left ? style(self) + space : space + style(self)
  }

  /// The text in lines that fit, broken at spaces, and within a word only where it is too long.
  func wrapped(to width: Int) -> [String] {
    var lines = [""]
    for var word in split(separator: " ").map(String.init) {
      let line = lines[lines.count - 1]
      if line.isEmpty || line.displayWidth + 1 + word.displayWidth <= width {
        lines[lines.count - 1] += line.isEmpty ? word : " " + word
      } else {
        lines.append(word)
      }
      while lines[lines.count - 1].displayWidth > width {
        word = lines.removeLast()
        let start = word.fittingPrefix(width)
        guard !start.isEmpty else { return lines + [word] }
        lines += [start, String(word.dropFirst(start.count))]
      }
    }
    return lines
  }

  /// A name in lines that fit, as far as its words do: in 8, `last_week_usd` is `last_`, `week_usd`.
  func brokenAtUnderscores(to width: Int) -> [String] {
    let words = split(separator: "_", omittingEmptySubsequences: false)
    return words.indices.reduce(into: [""]) { lines, index in
      let word = index < words.count - 1 ? words[index] + "_" : words[index]
      let line = lines[lines.count - 1] + word
      if line.displayWidth <= width || lines == [""] {
        lines[lines.count - 1] = line
      } else {
        lines.append(String(word))
      }
    }
  }

  private func fittingPrefix(_ width: Int) -> String {
    var room = width
    return String(
      prefix { character in
        room -= character.displayWidth
        return room >= 0
      })
  }
}

enum Alignment {
  case left
  case right
}

extension Character {
  /// 2 for wide East Asian characters and emoji, 0 for what only combines, else 1.
  package var displayWidth: Int {
    // A cluster is as wide as its widest part; variation selector 16 asks for the emoji's form.
    unicodeScalars.reduce(0) { max($0, $1 == "\u{FE0F}" ? 2 : $1.displayWidth) }
  }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    guard value >= 0x300 else { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if 0x1160...0x11FF ~= value { return 0 }  // Hangul vowels and finals join their syllable.
    if properties.isEmojiPresentation { return 2 }
    return Self.wide.contains { $0 ~= value } ? 2 : 1
  }

  /// Wide and Fullwidth of Unicode's EastAsianWidth.txt, joined where only unassigned ones lie between.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D376,
    0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}
