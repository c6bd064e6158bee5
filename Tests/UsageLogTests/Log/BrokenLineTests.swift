import Testing

@testable import UsageLog

/// A broken record costs itself and nothing else.
struct BrokenLineTests {
  @Test(arguments: [
    #"{"a":1"#, #"{"a":"#, #"{"a"#, "{", #"{"a":[1,2"#,
    #"{"a":"open"#, #"{"a":01}"#, #"{"a":"\x"}"#, #"{"a":tru}"#, "{'a':1}", #"{"a":{"#,
    #"{"a":[{"b":1},"#, #""a":1}"#, "\u{1}x", "nul\0l", "{\"a\":\"tab\t\"}", "}", "}}",
    #"{"a":1 "b":2}"#, "INFO {up", "say \"hi\"", #"onse":{"type":"message","usage":{"a":1}}}"#,
    #"text"},{"occurred_at":"2026-11-09T08:00:00Z","output_tokens":7}"#,
  ])
  func `only the broken line is rejected`(broken: String) throws {
    let log = [Story.line(1), broken, Story.line(2), Story.line(3), ""].joined(separator: "\n")
    let records = try readLog(log)
    #expect(records.outputs == ["1", "2", "3"])
    #expect(records.count == 4)
    let reject = try #require(records.first { $0.reason != nil })
    #expect(reject.line == 2)
    #expect(reject.offset == Int64(Story.line(1).utf8.count) + 1)
    #expect(reject.length == Int64(broken.utf8.count) + 1)
  }

  @Test(arguments: [
    "garbage", "Traceback (most recent call last):", "2026-11-09 08:00:00 INFO ticket closed",
    "12 monkeys", "null and void", "true story", "-", "1e", "\u{1B}[32mup\u{1B}[0m", "Größe: 3",
  ])
  func `a line of text between records is passed over`(text: String) throws {
    let log = [Story.line(1), text, Story.line(2), ""].joined(separator: "\n")
    let records = try readLog(log)
    #expect(records.outputs == ["1", "2"])
    #expect(records.map(\.outcome)[1] == .skipped("a line of text"))
    #expect(records.map(\.line) == [1, 2, 3])
    #expect(records[1].offset == Int64(Story.line(1).utf8.count) + 1)
    #expect(records[1].length == Int64(text.utf8.count) + 1)
  }

  @Test func `a whole call before garbage on its line is kept`() throws {
    let records = try readLog(Story.line(1) + "} trailing\n" + Story.line(2))
    #expect(records.outputs == ["1", "2"])
    #expect(records.reasons.count == 1)
  }

  @Test(arguments: ["42", "-1.5e3", "\"text\"", "null", "true", "[1, 2]", "[\"a\",null]"])
  func `a line that is no object is passed over, not rejected`(line: String) throws {
    let records = try readLog([Story.line(1), line, Story.line(2), line].joined(separator: "\n"))
    #expect(records.outputs == ["1", "2"])
    #expect(records.reasons == [])
  }

  @Test func `invalid UTF-8 rejects its own line`() throws {
    let bad = Array(#"{"tenant":""#.utf8) + [0xC3, 0x28] + Array("\"}\n".utf8)
    let records = try readLog(
      Array((Story.line(1) + "\n").utf8) + bad + Array((Story.line(2) + "\n").utf8))
    #expect(records.outputs == ["1", "2"])
    #expect(records.reasons == [.notJSON(.invalidUTF8(at: 11))])
  }

  @Test func `a line nested too deep is rejected`() throws {
    let deep = #"{"a":"# + String(repeating: "[", count: 5_000)
    let records = try readLog([Story.line(1), deep, Story.line(2)].joined(separator: "\n"))
    #expect(records.outputs == ["1", "2"])
    #expect(records.reasons == [.notJSON(.tooDeep)])
  }

  @Test(arguments: [
    "[\nA,\nX,\nB,\nC\n]\n", "[\n  A,\n  X,\n  B,\n  C\n]\n", "[\n\tA,\n\tX,\n\tB,\n\tC\n]",
  ])
  func `a broken element of an array costs no other element`(shape: String) throws {
    let parts: [Character: String] = [
      "A": Story.line(1), "B": Story.line(2), "C": Story.line(3), "X": #"{"a":01}"#,
    ]
    let records = try readLog(shape.map { parts[$0] ?? String($0) }.joined())
    #expect(records.outputs == ["1", "2", "3"])
    #expect(records.reasons.count == 1)
  }

  @Test(arguments: [false, true])
  func `a broken page is one reject, however many lines it has`(inArray: Bool) throws {
    let broken = Story.pretty(2).replacing("\"msg_2\"", with: "msg_2")
    let pages = [Story.pretty(1), broken, Story.pretty(3)]
    let indented = pages.map { "  " + $0.replacing("\n", with: "\n  ") }.joined(separator: ",\n")
    let records = try readLog(inArray ? "[\n\(indented)\n]\n" : pages.joined(separator: "\n"))
    #expect(records.outputs == ["1", "3"])
    #expect(records.count == 3)
    #expect(records.first { $0.reason != nil }?.line == (inArray ? 11 : 10))
  }

  @Test func `a first line that is broken does not hide the format`() throws {
    let records = try readLog(#"{"a":"# + "\n" + Story.line(1) + "\n")
    #expect(records.outputs == ["1"])
    #expect(records.reasons.count == 1)
  }

  @Test func `a log of nothing but broken lines is an application's, all rejected`() throws {
    let records = try readLog("{\"a\":\n{\"b\":\n{\"c\":\n")
    #expect(records.count == 3)
    #expect(records.reasons.count == 3)
  }

  @Test func `what a reject says holds nothing of the line`() throws {
    for broken in [#"{"prompt":"swordfish"#, #"{"prompt":"swordfish",}"#, "\"swordfish"] {
      let records = try readLog([Story.line(1), broken, ""].joined(separator: "\n"))
      #expect(records.reasons.map(\.text).filter { $0.contains("swordfish") } == [])
      #expect(records.reasons.count == 1)
    }
  }

  @Test func `a line over the limit is passed over whole, the next one is read`() throws {
    let long =
      #"{"prompt":""# + String(repeating: "p", count: LogBuffer.recordLimit + 1_100_000) + "\"}"
    let records = try readLog([Story.line(1), long, Story.line(2), ""].joined(separator: "\n"))
    #expect(records.outputs == ["1", "2"])
    let reject = try #require(records.first { $0.reason != nil })
    #expect(reject.reason == .tooLong(limit: LogBuffer.recordLimit))
    #expect(reject.length == Int64(long.utf8.count) + 1)
    #expect(records.map(\.line) == [1, 2, 3])
  }
}
