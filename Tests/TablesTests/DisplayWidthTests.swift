import Testing

@testable import Tables

struct DisplayWidthTests {
  @Test func `a character is as wide as a terminal draws it`() {
    let widths: KeyValuePairs = [
      "": 0, "acme": 4, "Zürich": 6, "Zu\u{308}rich": 6, "日本語": 6, "한국": 4, "ﾊﾝｶｸ": 4, "ＡＢ": 4,
      "👩‍👩‍👧": 2, "🇪🇸": 2, "❤️": 2, "❤": 1, "a\u{200D}": 1, "█▏–…": 4, "\u{301}": 0,
    ]
    for (text, width) in widths { #expect(text.displayWidth == width, "\(text)") }
  }

  @Test func `a text is cut between characters`() {
    #expect("globex".shortened(to: 6) == "globex")
    #expect("globex".shortened(to: 5) == "glob…")
    #expect("日本語".shortened(to: 5) == "日本…")
    #expect("日本語".shortened(to: 4) == "日…")
    #expect("globex".shortened(to: 1) == "…")
    #expect("globex".shortened(to: 0) == "")
  }

  @Test func `lines break at spaces`() {
    #expect("the week before ended".wrapped(to: 9) == ["the week", "before", "ended"])
    #expect("a claude-opus b".wrapped(to: 6) == ["a", "claude", "-opus", "b"])
    #expect("".wrapped(to: 6) == [""])
    #expect("日本".wrapped(to: 1) == ["日本"])
  }

  @Test func `a name breaks at its underscores`() {
    #expect("last_week_usd".brokenAtUnderscores(to: 13) == ["last_week_usd"])
    #expect("last_week_usd".brokenAtUnderscores(to: 10) == ["last_week_", "usd"])
    #expect("last_week_usd".brokenAtUnderscores(to: 8) == ["last_", "week_usd"])
    #expect("last_week_usd".brokenAtUnderscores(to: 0) == ["last_", "week_", "usd"])
    #expect("_a__b".brokenAtUnderscores(to: 2) == ["_", "a_", "_b"])
  }
}
