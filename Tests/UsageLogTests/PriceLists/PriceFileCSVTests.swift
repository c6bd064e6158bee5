import Testing

@testable import UsageLog

/// Catalogues as files: ours, and those of others in our columns.
struct PriceFileCSVTests {
  private func read(_ text: String) throws -> PriceFile {
    try PriceFile.read(
      Array(text.utf8), name: "ours.csv", observed: 0, catalogue: .shipped())
  }

  @Test func `every shipped row is written as it was read`() throws {
    let shipped = try PriceCatalogue.shipped()
    let text = ([PriceColumn.header] + shipped.rows.map(\.csv)).joined(separator: "\n")
    let file = try read(text)
    #expect(file.passedOver.isEmpty)
    #expect(file.rows == shipped.rows)
    #expect(try PriceCatalogue(csv: file.csv).rows == shipped.rows)
  }

  @Test func `columns are found by name, and a source can say that it is unverified`() throws {
    let file = try read(
      "\u{FEFF}model,provider,source,input,output\r\nclaude-x,anthropic,seen; unverified,5,25\r\n"
        + "claude-y,anthropic,price page,2,10\r\n")
    #expect(file.rows.map(\.unverified) == [true, false])
    #expect(file.rows.map(\.rates.output) == [25_000_000, 10_000_000])
    #expect(file.unstated.contains(.batch) && !file.unstated.contains(.input))
  }

  @Test func `a line that cannot be read does not hide the others`() throws {
    let file = try read(
      "provider,model,input,output\nopenai,a,1,2\nopenai,b,x,2\nopenai,c\nopenai,d,1,2\n")
    #expect(file.rows.map(\.model) == ["a", "d"])
    #expect(file.passedOver.map(\.line) == [3, 4])
    #expect(file.passedOver.map(\.name) == ["b", "c"])
    #expect(file.rows[0].source == "ours.csv")
  }

  @Test(arguments: [
    ("provider,model,input", "line 1: column 'output' is missing"),
    ("provider,model,input,output,colour", "line 1: a catalogue has no column 'colour'"),
    ("provider,model,input,output,input", "line 1: column 'input' stands there twice"),
  ])
  func `a header that is no catalogue's is refused`(header: String, problem: String) {
    #expect(throws: PriceFileError(name: "ours.csv", problem: problem)) { try read(header + "\n") }
  }

  @Test(arguments: [
    "1970-01-01", "1999-12-31", "2000-02-29", "2024-12-31", "2026-03-01", "2026-11-20",
    "2099-01-01",
  ])
  func `a day is written as it was read`(day: String) {
    #expect(dayText(instant(day)) == day)
    #expect(dayText(instant(day) + 86_399_999) == day)
  }
}
