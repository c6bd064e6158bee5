import Testing

@testable import Tables

struct TableTests {
  @Test func `columns of one name are told apart`() {
    let names = ["id", "id", "id_2", "id", ""]
    let table = Table(columns: names.map { Column(name: $0) }, rows: [])
    #expect(table.columns.map(\.name) == ["id", "id_3", "id_2", "id_4", ""])
  }

  @Test func `a suffix names a format`() {
    let suffixes = ["txt", "json", "jsonl", "ndjson", "CSV", "tsv", "md", "markdown", "xls", ""]
    #expect(
      suffixes.map { TableFormat(fileSuffix: $0) } == [
        .table, .json, .jsonl, .jsonl, .csv, .tsv, .markdown, .markdown, nil, nil,
      ])
  }

  @Test func `a threshold itself is not yet remarkable`() {
    #expect(!Highlight.above(50).marks(50, in: .pct))
    #expect(Highlight.above(50).marks(50.01, in: .pct))
    #expect(Highlight.below(20).marks(19, in: .pct))
    #expect(!Highlight.below(20).marks(nil, in: .pct))
    #expect(!Highlight.below(20).marks("a", in: .pct))
  }

  @Test func `a threshold on amounts is in dollars`() {
    #expect(Highlight.above(100).marks(100_000_000_001, in: .usd))
    #expect(!Highlight.above(100).marks(100_000_000_000, in: .usd))
  }
}
