import Testing
import UsageLog

@testable import CallStore

/// Names and their codes.
@Suite struct NameTableTests {
  @Test func `codes are given out in order and stay`() {
    var names = NameTable()
    #expect(names.code("cobalt-air") == 1)
    #expect(names.code("alder-bank") == 2)
    #expect(names.code("cobalt-air") == 1)
    #expect(names.name(2) == "alder-bank")
    #expect(names.name(0) == nil && names.name(3) == nil)
  }

  @Test func `known names keep the codes they were stored under`() {
    var names = NameTable(known: ["cobalt-air", "alder-bank"])
    #expect(names.takeNew().isEmpty)
    #expect(names.code("alder-bank") == 2)
    #expect(names.code("brisk-parcel") == 3)
    #expect(names.takeNew().map(\.name) == ["brisk-parcel"])
    #expect(names.takeNew().isEmpty)
  }

  @Test func `many names grow the table and none is lost`() {
    var names = NameTable()
    for number in 0..<20_000 { #expect(names.code("ticket-\(number)") == Int64(number + 1)) }
    for number in 0..<20_000 { #expect(names.code("ticket-\(number)") == Int64(number + 1)) }
    #expect(names.takeNew().count == 20_000)
  }

  /// To Swift the two are equal, to SQLite they are not.
  @Test func `two spellings of one letter are two names`() {
    var names = NameTable()
    #expect(names.code("Caf\u{E9}") != names.code("Cafe\u{301}"))
    #expect(names.takeNew().count == 2)
  }

  @Test func `a text that SQLite would cut short is made visible`() {
    var names = NameTable()
    let code = names.code("a\u{0}b")
    #expect(names.code("a\u{0}b") == code)
    #expect(names.code("a\u{FFFD}b") == code)
    #expect(names.code("a\u{0}c") != code)
    #expect(names.takeNew().map(\.name) == ["a\u{FFFD}b", "a\u{FFFD}c"])
  }

  // MARK: - Long names

  @Test func `sixteen digits are their own code and need no text`() {
    var names = LongNames()
    #expect(names.code(.digits(0x85BC_E1E3_5CEA_B3E9)) == Int64(bitPattern: 0x85BC_E1E3_5CEA_B3E9))
    #expect(names.takeNew().isEmpty)
  }

  @Test func `digits that would mean NULL or nothing are kept as text`() {
    var names = LongNames()
    for (value, text) in [(0, "0000000000000000"), (1 << 63, "8000000000000000")]
      as [(UInt64, String)]
    {
      let code = names.code(.digits(value))
      #expect(code != 0 && code != CodedCalls.null)
      #expect(names.takeNew().map(\.name) == [text])
      #expect(names.code(.digits(value)) == code)
      #expect(names.takeNew().isEmpty)
    }
  }

  @Test func `a prompt hash prints back as it was logged`() throws {
    let hashes = [
      "85bce1e35ceab3e9", "0000000000000000", "8000000000000000", "ffffffffffffffff",
      "0000000000000001", "85BCE1E35CEAB3E9", "85bce1e35ceab3e", "v3-triage",
    ]
    let desk = try Desk()
    try desk.load(
      "app.jsonl", hashes.enumerated().map { answer("msg_\($0)", ["prompt_hash": $1]) })
    let stored = try desk.rows("SELECT prompt_hash FROM llm_call ORDER BY message_id")
    #expect(stored.map { $0[0] } == hashes)
  }
}
