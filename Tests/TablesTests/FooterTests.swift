import Tables
import Testing

struct FooterTests {
  @Test func `the footer says the window and what was not known`() {
    var answer = Answer(column())
    answer.since = november15 - day
    answer.until = november15
    answer.coverage = Coverage(
      calls: 412, pricedCalls: 407, unpricedModels: ["claude-opus-6-preview"], callsWithoutUsage: 1,
      leftOut: 38, approximateTimes: 1200)
    answer.notes = ["One.", "Two."]
    #expect(
      answer.footer() == [
        "2026-11-14 22:00 – 2026-11-15 22:00 UTC · 412 calls, 407 priced (98.8 %)"
          + " · unpriced: claude-opus-6-preview · 1 call without usage"
          + " · 38 calls left out (group not logged) · 1,200 calls with approximate time",
        "One.",
        "Two.",
      ])
  }

  @Test func `a window may be open`() {
    var answer = Answer(column())
    #expect(answer.footer() == [], "a plain listing has no window to tell")
    answer.coverage = Coverage(calls: 1, pricedCalls: 1)
    #expect(answer.footer() == ["as of 2026-11-15 22:00 UTC · 1 call, all priced"])
    answer.coverage = nil
    answer.since = november15 - 1
    #expect(answer.footer() == ["since 2026-11-15 21:59:59.999 UTC"])
    (answer.since, answer.until) = (nil, november15)
    #expect(answer.footer() == ["until 2026-11-15 22:00 UTC"])
  }

  @Test func `the prices behind an answer are named`() {
    var answer = Answer(column())
    answer.catalogue = "45cee58c290befdc"
    answer.notes = ["One."]
    #expect(answer.footer() == ["catalogue 45cee58c290befdc", "One."])
    #expect(TableFormat.csv.remarks(answer) == answer.footer())
    #expect(
      TableFormat.json.render(answer).contains(
        "\"coverage\":null,\n  \"catalogue\":\"45cee58c290befdc\",\n  \"columns\""))
    answer.until = november15
    #expect(answer.footer()[0] == "until 2026-11-15 22:00 UTC · catalogue 45cee58c290befdc")
  }

  @Test func `the window is told in the zone of the answer`() {
    var answer = Answer(column())
    answer.timezone = "Europe/Madrid"
    answer.until = november15
    let madrid = Display { _ in 3600 }
    #expect(answer.footer(on: madrid) == ["until 2026-11-15 23:00 Europe/Madrid"])
  }

  @Test(arguments: [
    (0, 0, "no calls"), (1, 1, "1 call, all priced"), (2, 0, "2 calls, none priced"),
    (3, 2, "3 calls, 2 priced (66.7 %)"),
    (100_000, 99_999, "100,000 calls, 99,999 priced (99.9 %)"),
    (100_000, 1, "100,000 calls, 1 priced (0.1 %)"),
  ])
  func `a gap never looks closed`(calls: Int64, priced: Int64, expected: String) {
    var answer = Answer(column())
    answer.coverage = Coverage(calls: calls, pricedCalls: priced)
    #expect(answer.footer() == ["as of 2026-11-15 22:00 UTC · " + expected])
  }

  @Test func `what a format cannot carry is left for standard error`() {
    #expect(TableFormat.csv.remarks(story) == story.footer())
    #expect(TableFormat.json.remarks(story) == story.notes)
    #expect(TableFormat.table.remarks(story) == [])
  }

  @Test func `names from a log cannot steer the terminal`() {
    var answer = Answer(column())
    answer.coverage = Coverage(calls: 1, pricedCalls: 0, unpricedModels: ["\u{1B}[2Jgpt"])
    #expect(answer.footer()[0].hasSuffix("unpriced: \\u{1B}[2Jgpt"))
  }
}
