import Tables
import Testing

struct FooterTests {
  @Test func `the footer says the window and what was not known`() {
    var answer = Answer(column())
    answer.since = november15 - day
    answer.until = november15
    answer.coverage = Coverage(
      calls: 412, pricedCalls: 405, unpricedCalls: 5, tokens: 300_000, unpricedTokens: 200,
      unpricedModels: ["claude-opus-6-preview"], callsWithoutUsage: 1, coveredCalls: 2,
      coveredListNanos: 120_000_000, leftOut: 38, leftOutField: "prompt_hash",
      approximateTimes: 1200, priceBooks: ["3f2a9c4e11223344"])
    answer.notes = ["One.", "Two."]
    #expect(
      answer.footer() == [
        "2026-11-14 22:00 – 2026-11-15 22:00 UTC · 412 calls, 407 priced or covered (98.8 % of calls,"
          + " 99.9 % of tokens) · unpriced: claude-opus-6-preview · 1 call without usage"
          + " · 2 covered by commitment (list $0.120000) · 38 calls left out (no prompt_hash)"
          + " · 1,200 calls with approximate time · prices 3f2a9c4e11223344",
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
    (3, 2, "3 calls, 2 priced (66.7 % of calls)"),
    (100_000, 99_999, "100,000 calls, 99,999 priced (99.9 % of calls)"),
    (100_000, 1, "100,000 calls, 1 priced (0.1 % of calls)"),
  ])
  func `a gap never looks closed`(calls: Int64, priced: Int64, expected: String) {
    var answer = Answer(column())
    answer.coverage = Coverage(calls: calls, pricedCalls: priced)
    #expect(answer.footer() == ["as of 2026-11-15 22:00 UTC · " + expected])
  }

  private func footer(of coverage: Coverage) -> String {
    var answer = Answer(column())
    answer.coverage = coverage
    return String(answer.footer()[0].dropFirst("as of 2026-11-15 22:00 UTC · ".count))
  }

  @Test func `the share of tokens never looks closed either`() {
    let tokens: Int64 = 9_000_000_000_000_000_000
    #expect(
      footer(of: Coverage(calls: 2, pricedCalls: 1, tokens: tokens, unpricedTokens: 1))
        == "2 calls, 1 priced (50.0 % of calls, 99.9 % of tokens)")
    #expect(
      footer(of: Coverage(calls: 2, pricedCalls: 1, tokens: tokens, unpricedTokens: tokens - 1))
        == "2 calls, 1 priced (50.0 % of calls, 0.1 % of tokens)")
    // A call that failed without usage has no tokens to be missing.
    #expect(
      footer(of: Coverage(calls: 2, pricedCalls: 1, tokens: 7, callsWithoutUsage: 1))
        == "2 calls, 1 priced (50.0 % of calls, 100 % of tokens) · 1 call without usage")
  }

  @Test func `a hidden iteration without a price is not hidden`() {
    #expect(
      footer(
        of: Coverage(
          calls: 3, pricedCalls: 3, extraCalls: 1, unpricedCalls: 1, tokens: 1000,
          unpricedTokens: 400, unpricedModels: ["house-model"]))
        == "3 calls, all priced but 1 hidden iteration (60.0 % of tokens) · unpriced: house-model")
  }

  @Test func `what a commitment covers is neither priced nor unpriced`() {
    #expect(
      footer(
        of: Coverage(calls: 5, pricedCalls: 3, coveredCalls: 2, coveredListNanos: 1_500_000_000))
        == "5 calls, 3 priced · 2 covered by commitment (list $1.5000)")
    #expect(
      footer(of: Coverage(calls: 2, pricedCalls: 0, coveredCalls: 2, coveredListNanos: 1))
        == "2 calls, none priced · 2 covered by commitment (list $0.000000001)")
  }

  @Test func `the prices in use have a name, or a number where they are several`() {
    #expect(
      footer(of: Coverage(calls: 1, pricedCalls: 1, priceBooks: ["45cee58c290befdc"]))
        == "1 call, all priced · prices 45cee58c290befdc")
    #expect(
      footer(of: Coverage(calls: 1, pricedCalls: 1, priceBooks: ["45cee58c290befdc", nil]))
        == "1 call, all priced · 2 price books")
    #expect(
      footer(of: Coverage(calls: 1, pricedCalls: 1, priceBooks: [nil])) == "1 call, all priced")
  }

  @Test func `what is missing is told with what to type next`() {
    #expect(Coverage(calls: 4, pricedCalls: 3, coveredCalls: 1).gap == nil)
    #expect(
      Coverage(calls: 267, pricedCalls: 265).gap
        == "not all of it is priced: 2 of 267 calls; see: forensics prices unpriced")
    #expect(
      Coverage(calls: 1, pricedCalls: 1, extraCalls: 1, unpricedCalls: 1).gap
        == "not all of it is priced: 1 of 2 calls and hidden iterations; "
        + "see: forensics prices unpriced")
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
