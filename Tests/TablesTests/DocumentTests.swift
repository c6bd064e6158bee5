import Testing

@testable import Tables

struct DocumentTests {
  @Test func `a document lines up names, columns and sums`() {
    let document = Document([
      .title("Call req_1"), .pairs([.init("tenant_id", "cobalt-air"), .init("key", "1/2")]),
      .heading("What it costs"),
      .grid(
        .init(
          ["class", "amount $"], rows: [["input", "0.30"], ["output", "12.00"]],
          totals: [["sum", "12.30"]])),
    ])
    #expect(
      document.text() == """
        Call req_1
          tenant_id  cobalt-air
          key        1/2

        What it costs
          class   amount $
          ──────  ────────
          input       0.30
          output     12.00
          ──────  ────────
          sum        12.30

        """)
  }

  @Test func `sentences and values are wrapped, and places are not`() {
    let long = Array(repeating: "word", count: 12).joined(separator: " ")
    let place = "/" + String(repeating: "x", count: 50)
    let lines = Document([.sentences([long]), .pairs([.init("name", long)]), .lines([place])])
      .text(width: 30).split(separator: "\n")
    #expect(lines.dropLast().allSatisfy { $0.count <= 30 })
    #expect(lines[1].hasPrefix("    word"))
    #expect(lines.last == "  \(place)")
  }

  @Test func `what would steer a terminal is shown instead`() {
    let text = Document([.pairs([.init("feature", "a\u{1B}[31mb")])]).text()
    #expect(text == "  feature  a\\u{1B}[31mb\n")
  }
}
