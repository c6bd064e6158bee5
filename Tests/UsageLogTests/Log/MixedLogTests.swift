import Testing

@testable import UsageLog

/// Logs that hold more than their own format, or hide it well.
struct MixedLogTests {
  private let response =
    #"{"id":"msg_9","type":"message","role":"assistant","model":"claude-opus-5-5","stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":9}}"#
  private let page =
    #"{"data":[{"starting_at":"2026-11-09T00:00:00Z","ending_at":"2026-11-10T00:00:00Z","results":[{"uncached_input_tokens":5,"output_tokens":7}]}],"has_more":false}"#

  @Test func `what the log's own format does not know is offered to the others`() throws {
    for log in [
      [Story.line(1), response, page, Story.line(2)],
      [response, Story.line(1), page, Story.line(2)],
      [page, Story.line(1), response, Story.line(2)],
    ] {
      let records = try readLog(log.joined(separator: "\n"))
      #expect(Set(records.outputs) == ["1", "2", "9"])
      #expect(records.flatMap(\.buckets).count == 1)
      #expect(records.count == 4)
    }
  }

  @Test func `a log is searched for a record that is known`() throws {
    let noise = #"{"level":"info","msg":"\#(String(repeating: "n", count: 2000))"}"# + "\n"
    let far = String(repeating: noise, count: 450) + Story.line(1) + "\n"
    #expect(try readLog(far).outputs == ["1"])
    let many = String(repeating: "{\"a\":1}\n", count: 5_000) + response + "\n"
    #expect(try readLog(many).outputs == ["9"])
    #expect(
      try readLog(String(repeating: "up and running\n", count: 9_000) + Story.line(1)).outputs == [
        "1"
      ])
  }

  @Test(arguments: [
    (#"{"level":"info","msg":"up"}"#, "JSON objects with the keys level, msg"),
    (#"{"a b":"swordfish"}"#, "JSON objects with the keys a_b"),
    ("{}", "JSON objects without members"),
    ("hello\nworld", "text without JSON objects"), ("a,b\r1,2\r", "carriage returns only"),
    ("\u{1}\u{2}\u{3}\n", "it is no text"),
  ])
  func `a log of no known format says what was seen`(log: String, seen: String) {
    #expect {
      try readLog(log)
    } throws: { error in
      let text = "\(error)"
      return error as? LogError == .unknownFormat && text.contains(seen)
        && !text.contains("swordfish")
    }
  }

  @Test(arguments: [true, false])
  func `UTF-16 is named and the way around it told`(hasMark: Bool) {
    for (name, isLittle) in [("UTF-16LE", true), ("UTF-16BE", false)] {
      let text = (hasMark ? "\u{FEFF}" : "") + Story.line(1)
      let bytes = text.utf16.flatMap { unit in
        let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        return isLittle ? pair : pair.reversed()
      }
      #expect {
        try readLog(bytes)
      } throws: { error in
        error as? LogError == .encoding(name) && "\(error)".contains("iconv -f \(name)")
      }
    }
  }

  @Test func `byte order marks inside are no damage`() throws {
    #expect(
      try readLog([1, 2, 3].map { "\u{FEFF}" + Story.line($0) + "\n" }.joined()).outputs == [
        "1", "2", "3",
      ])
    let part = "\u{FEFF}" + Story.header + "\r\n"
    let rows = try readLog(part + Story.row(1) + "\r\n" + part + Story.row(2) + "\r\n")
    #expect(rows.outputs == ["1", "2"])
    #expect(rows.map(\.outcome)[1] == .skipped("the header again"))
  }

  @Test func `lone surrogates and megabytes of text are no damage`() throws {
    let odd = Story.line(1).replacing("brisk-parcel", with: "brisk-\\ud83d-parcel")
    let long =
      Story.line(2).dropLast() + #","note":"\#(String(repeating: "n", count: 5_000_000))"}"#
    let records = try readLog([odd, String(long), Story.line(3)].joined(separator: "\n"))
    #expect(records.outputs == ["1", "2", "3"])
    #expect(records.first?.calls.first?[.tenantID] == "brisk-\u{FFFD}-parcel")
  }

  @Test func `one count twice with different values is a reject`() throws {
    let twice =
      #"{"ts":"2026-11-09T08:00:00Z","model":"claude-opus-5-5","usage":{"input_tokens":1,"output_tokens":2,"output_tokens":3}}"#
    #expect(try readLog(twice + "\n" + Story.line(1)).reasons == [.duplicateKey(.outputTokens)])
  }

  @Test func `carriage returns alone end lines of whole objects`() throws {
    #expect(
      try readLog([1, 2, 3].map { Story.line($0) }.joined(separator: "\r")).outputs == [
        "1", "2", "3",
      ])
  }

  @Test(arguments: [
    #"{"a":01}"#, #"{"a":tru,"b":{"c":[1]}}"#, #"{"a" 1}"#, #"{"a":"x\q","o":{"output_tokens":7}}"#,
  ])
  func `a broken element of a one-line array costs only itself`(broken: String) throws {
    for shape in ["[A,X,B]", "[A, X , B]\n", "[X,A,B]", "[A,B,X]\n", "[A,X,X,B]"] {
      let log = shape.replacing("A", with: Story.line(1)).replacing("B", with: Story.line(2))
        .replacing("X", with: broken)
      let records = try readLog(log + "\n" + Story.line(3))
      #expect(records.outputs == ["1", "2", "3"], "\(shape)")
      #expect(records.reasons.count == (shape.contains("X,X") ? 2 : 1))
    }
  }

  @Test func `a broken quote in a one-line array is not believed`() throws {
    let broken = Story.line(2).replacing("\"brisk-parcel\"", with: "\"brisk-parcel")
    let records = try readLog("[\(Story.line(1)),\(broken),\(Story.line(3))]\n" + Story.line(4))
    #expect(records.outputs.first == "1")
    #expect(records.outputs.last == "4")
    #expect(!records.outputs.contains("2"))
  }
}
