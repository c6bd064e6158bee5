import Testing

@testable import UsageLog

/// Numbers in files that went through a spreadsheet.
struct HandWrittenNumberTests {
  private func told(_ count: String, _ cost: String = "", delimiter: String = ",") throws
    -> ReadRecord
  {
    let header = ["occurred_at", "model", "input_tokens", "output_tokens", "cost_usd"]
    let row = ["2026-11-09T08:00:00Z", "claude-opus-5-5", count, "5", cost]
      .map { $0.contains(delimiter) ? "\"\($0)\"" : $0 }
    let log = [header, row].map { $0.joined(separator: delimiter) }.joined(separator: "\n") + "\n"
    return try #require(try readLog(log).first)
  }

  @Test(arguments: ["1,234", "1 234", "1'234", "1\u{A0}234", "1\u{202F}234"])
  func `thousands may be set off in counts`(count: String) throws {
    #expect(try told(count).calls.first?[.inputTokens] == "1234")
    #expect(try told("12,345,678").calls.first?[.inputTokens] == "12345678")
  }

  @Test(arguments: ["1,23", "1,2345", "1,234 567", ",234", "1234,567", "1,,234", "1,234.5"])
  func `anything else with a comma is no count`(count: String) throws {
    #expect(try told(count).reason == .notACount(.inputTokens))
  }

  @Test(arguments: [
    ("0,0108", "10800000"), ("1,5", "1500000000"), ("1,234", "1234000000"),
    ("1,234.56", "1234560000000"), ("1.234,56", "1234560000000"), ("1,234,567", "1234567000000000"),
    ("0.0108", "10800000"),
  ])
  func `a cost may have a decimal comma`(cost: String, nanos: String) throws {
    for delimiter in [",", ";"] {
      #expect(try told("5", cost, delimiter: delimiter).calls.first?[.costNanos] == nanos)
    }
  }

  @Test func `in JSON a count in words of its own is none`() throws {
    let json =
      #"{"ts":"2026-11-09T08:00:00Z","model":"claude-opus-5-5","input_tokens":"1,234","output_tokens":5}"#
    #expect(try record(json).reason == .notACount(.inputTokens))
  }

  @Test(arguments: [Story.header + "\n", "\u{FEFF}" + Story.header + "\r\n", Story.header])
  func `a file with nothing but a header has no rows`(log: String) throws {
    #expect(try readLog(log).isEmpty)
  }
}
