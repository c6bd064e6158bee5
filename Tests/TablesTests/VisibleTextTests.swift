import Tables
import Testing

/// Cells as an attacker would log them; used by the tests of every format.
let hostile = [
  "", " ", "\"", "\\", "\\\"", "a,b", "a|b", "a\tb", "a\nb", "a\r\nb", "\r", "'", "=1+1",
  "@SUM(A1)",
  "\u{0}", "\u{1B}[31mred", "\u{7F}", "\u{9B}2J", "\u{202E}gnp.exe", "\u{2066}x\u{2069}",
  "\u{FEFF}x",
  "\u{2028}", "\u{E0041}", "\"\u{301}", ",\u{301}", "|\u{301}", "e\u{301}", "日本語", "👩‍👩‍👧", "🇪🇸",
  "</script>", "{\"a\":1}", "null", "(none)", "-5", "<b>&amp;", "[x](y)", "**_~~",
  "\u{FFFF}\u{10FFFF}",
]

struct VisibleTextTests {
  @Test func `what would steer a terminal is shown instead`() {
    #expect("a\nb\tc\r".visible == "a\\nb\\tc\\r")
    #expect("\u{1B}[31m\u{7F}\u{9B}".visible == "\\u{1B}[31m\\u{7F}\\u{9B}")
    #expect("\u{202E}gnp\u{2069}\u{200F}".visible == "\\u{202E}gnp\\u{2069}\\u{200F}")
    #expect("\u{2028}\u{FEFF}\u{E0041}".visible == "\\u{2028}\\u{FEFF}\\u{E0041}")
  }

  @Test func `people's own scripts stay as they are`() {
    for text in ["acme", "Zürich", "日本語", "नमस्ते", "👩‍👩‍👧", "שלום", "می\u{200C}خواهم"] {
      #expect(text.visible == text)
    }
  }

  @Test(arguments: TableFormat.allCases)
  func `no format lets a text steer the terminal`(format: TableFormat) {
    // CSV and TSV are for programs, which need the text unchanged.
    guard format != .csv, format != .tsv else { return }
    let table = Table(
      columns: [Column(name: "\u{1B}name")], rows: hostile.map { [.text($0)] })
    let lines = format.render(Answer(table)).unicodeScalars.split(separator: "\n")
    for scalar in lines.joined() {
      #expect(!(0...0x1F ~= scalar.value || 0x7F...0x9F ~= scalar.value), "\(scalar.value)")
      #expect(!scalar.properties.isBidiControl, "\(scalar.value)")
    }
  }
}
