import Tables
import Testing

struct TSVTableTests {
  @Test func `tsv has a header and exact values`() {
    #expect(
      TableFormat.tsv.render(story) == """
        tenant_id	n_calls	this_week_usd	last_week_usd	pct_change	last_seen	retry_storm
        globex	9120	412.5	223.123456789	84.875	2026-11-15T21:59:58.250Z	true
        acme	3871	96.04	101.07	-4.976748	2026-11-14T22:00:00.000Z	false
        initech	12	0.004000001	0		2026-11-13T22:00:00.000Z	false
        	1				2026-11-12T22:00:00.000Z	

        """)
  }

  @Test func `every row is one line with one tab between fields`() {
    let table = Table(
      columns: [Column(name: "first"), Column(name: "second")],
      rows: hostile.map { [.text($0), .text($0)] })
    let lines = TableFormat.tsv.render(Answer(table)).unicodeScalars.split(separator: "\n")
    #expect(lines.count == hostile.count + 1)
    for (line, text) in zip(lines.dropFirst(), hostile) {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      #expect(
        fields.map { unescaped($0).unicodeScalars.map(\.value) }
          == [text, text].map { $0.unicodeScalars.map(\.value) })
    }
  }

  private func unescaped(_ field: Substring.UnicodeScalarView) -> String {
    var (text, rest) = ("", field)
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let letter = rest.popFirst() else {
        text.unicodeScalars.append(scalar)
        continue
      }
      text += ["t": "\t", "n": "\n", "r": "\r"][String(letter)] ?? String(letter)
    }
    return text
  }
}
