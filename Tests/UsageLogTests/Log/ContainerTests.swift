import Testing

@testable import UsageLog

/// Records in what log shippers and container runtimes put around them.
struct ContainerTests {
  static func quoted(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  static func docker(_ text: String, ending: String = "\\n", stream: String = "stdout") -> String {
    #"{"log":"\#(quoted(text))\#(ending)","stream":"\#(stream)","time":"2026-11-09T08:00:07.123456789Z"}"#
  }

  /// A row without a time of its own.
  static let timeless = Story.line(4).replacing(#""occurred_at":"2026-11-09T08:00:00Z","#, with: "")

  @Test(arguments: [
    docker("E"), #"{"message":"Q","level":"info"}"#, #"{"msg":"Q"}"#, #"{"@message":"Q"}"#,
    #"{"textPayload":"Q","severity":"INFO"}"#, #"{"jsonPayload":E,"severity":"INFO"}"#,
    #"{"log":"Q","stream":"stdout","time":"2026-11-09T08:00:07Z","kubernetes":{"pod_name":"p"}}"#,
    #"{"logEvents":[{"id":"1","timestamp":1793347207123,"message":"Q"}]}"#, #""Q""#,
    "2026-11-09T08:00:07.123456789Z stdout F E", "INFO:app:E", "data: E", "data:E",
    "<34>1 2026-11-09T08:00:07Z host app 17 ID47 [x@32473 iut=\"3\"] E",
    "<13>Nov  9 08:00:07 host app[17]: E", "[2026-11-09 08:00:07,123] INFO app - E",
    "job {ctx} E", "\u{FEFF}E", "\u{1B}[32mINFO\u{1B}[0m E", #"{"message":"INFO:app:Q"}"#,
    #"{"MESSAGE":"Q","__REALTIME_TIMESTAMP":"1793347207123456"}"#,
    #"{"time":1793347207,"event":"Q","host":"h"}"#, #"{"message":"{\"log\":\"R\"}"}"#,
  ])
  func `a record is found inside`(shape: String) throws {
    func wrapped(_ n: Int) -> String {
      shape.replacing("\\\"E\\\"", with: "E").replacing("E}", with: Story.line(n) + "}")
        .replacing("R", with: Self.quoted(Self.quoted(Story.line(n))))
        .replacing("E\\n", with: Self.quoted(Story.line(n)) + "\\n")
        .replacing("Q", with: Self.quoted(Story.line(n)))
        .replacing(" E", with: " " + Story.line(n)).replacing(":E", with: ":" + Story.line(n))
        .replacing("\u{FEFF}E", with: "\u{FEFF}" + Story.line(n))
    }
    let log = [1, 2, 3].map(wrapped).joined(separator: "\n") + "\n"
    let records = try readLog(log)
    #expect(records.outputs == ["1", "2", "3"], "\(log)")
    #expect(records.reasons == [])
    #expect(records.map(\.line) == [1, 2, 3])
    #expect(records.flatMap(\.calls).allSatisfy { $0.occurredAt == 1_794_211_200_000 })
    #expect(records.last.map { $0.offset + $0.length } ?? 0 <= Int64(log.utf8.count))
    // Beside rows of the log's own, too.
    #expect(try readLog(Story.line(9) + "\n" + log).outputs == ["9", "1", "2", "3"])
  }

  @Test(arguments: [
    docker(timeless), #"{"message":"Q","time":"2026-11-09T08:00:07.123Z"}"#,
    #"{"message":"Q","@timestamp":"2026-11-09T08:00:07.123Z"}"#,
    #"{"jsonPayload":\#(timeless),"timestamp":"2026-11-09T08:00:07.123Z"}"#,
    #"{"logEvents":[{"id":"1","timestamp":1794211207123,"message":"Q"}]}"#,
    "2026-11-09T08:00:07.123456789Z stdout F " + timeless,
    "2026-11-09 08:00:07,123 INFO app - " + timeless, "[2026-11-09 09:00:07.123+01:00] " + timeless,
    "<34>1 2026-11-09T08:00:07.123Z host app 17 - - " + timeless,
  ])
  func `a record without a time takes its container's`(shape: String) throws {
    let records = try readLog(shape.replacing("Q", with: Self.quoted(Self.timeless)) + "\n")
    let call = try #require(records.first?.calls.first, "\(shape) \(records.map(\.outcome))")
    #expect(call.occurredAt == 1_794_211_207_123, "\(shape)")
    #expect(!call.timeIsApproximate)
  }

  @Test func `a container's time is not carried over to the next record`() throws {
    let records = try readLog(Self.docker(Self.timeless) + "\n" + Self.timeless + "\n")
    #expect(records.outputs == ["4"])
    #expect(records.reasons == [.missingTime])
  }

  @Test func `many records in one container are told one by one`() throws {
    let events = (1...3).map {
      #"{"id":"\#($0)","timestamp":179421120000\#($0),"message":"\#(Self.quoted(Self.timeless.replacing("msg_4", with: "m\($0)")))"}"#
    }
    let records = try readLog(
      "{\"logGroup\":\"g\",\"logEvents\":[\(events.joined(separator: ","))]}\n" + Story.line(2))
    #expect(records.outputs == ["4", "4", "4", "2"])
    #expect(
      records.flatMap(\.calls).prefix(3).map(\.occurredAt) == [
        1_794_211_200_001, 1_794_211_200_002, 1_794_211_200_003,
      ])
    #expect(records.map(\.line) == [1, 1, 1, 2])
  }

  @Test func `pieces of a Docker line are joined, each stream's on its own`() throws {
    let (one, two) = (Array(Story.line(1)), Array(Story.line(2)))
    let log = [
      Self.docker(String(one[..<40]), ending: ""),
      Self.docker("warn", stream: "stderr"),
      Self.docker(String(two[..<50]), ending: "", stream: "stderr"),
      Self.docker(String(one[40..<90]), ending: ""),
      Self.docker(String(two[50...]), stream: "stderr"),
      Self.docker(String(one[90...])),
      Self.docker(Story.line(3)),
    ]
    let records = try readLog(log.joined(separator: "\n") + "\n")
    #expect(records.outputs == ["2", "1", "3"])
    #expect(records.reasons == [])
    #expect(records.filter { $0.outcome == .call }.map(\.line) == [3, 1, 7])
    #expect(records.first { $0.outcome != .call }?.outcome == .skipped("a line of text"))
  }

  @Test func `pieces of a Kubernetes line are joined`() throws {
    let one = Array(Story.line(1))
    func line(_ tag: String, _ text: some Sequence<Character>, _ stream: String = "stdout")
      -> String
    {
      "2026-11-09T08:00:07.123456789Z \(stream) \(tag) " + String(text)
    }
    let records = try readLog(
      [
        line("P", one[..<40]), line("F", "up", "stderr"), line("P", one[40..<41]),
        line("F", one[41...]), line("F", Story.line(2)),
      ].joined(separator: "\n"))
    #expect(records.outputs == ["1", "2"])
    #expect(records.reasons == [])
  }

  @Test func `a line that was never ended costs only itself`() throws {
    let cut = String(Story.line(1).prefix(60))
    let records = try readLog(
      [Self.docker(cut, ending: ""), Self.docker(Story.line(2)), Self.docker(Story.line(3))]
        .joined(separator: "\n"))
    #expect(records.outputs == ["2", "3"])
    #expect(records.reasons == [.truncated])
    let last = try readLog(
      [Self.docker(Story.line(2)), Self.docker(cut, ending: "")].joined(separator: "\n"))
    #expect(last.outputs == ["2"])
    #expect(last.reasons == [.truncated])
  }

  @Test func `half a joined line waits for the next run`() throws {
    let one = Array(Story.line(2))
    let log = [
      Self.docker(Story.line(1)), Self.docker(String(one[..<40]), ending: ""),
      Self.docker(String(one[40...])), Self.docker(Story.line(3)), "",
    ].joined(separator: "\n")
    let bytes = Array(log.utf8)
    for end in stride(from: 200, to: bytes.count, by: 7) {
      let first = try LogReader(
        MemoryInput(Array(bytes.prefix(end))), fileTime: fileTime, mayGrow: true)
      let early = try first.readAll()
      let point = first.resumption
      let before = bytes[..<Int(point.offset)]
      #expect(
        first.fingerprint.tailHash
          == before.suffix(4096).withUnsafeBufferPointer { contentHash($0) })
      if point.format.isEmpty { continue }
      let second = try LogReader(
        MemoryInput(Array(bytes[Int(point.offset)...])), fileTime: fileTime, mayGrow: false,
        resuming: point)
      #expect(try (early + second.readAll()).outputs == ["1", "2", "3"], "cut at \(end)")
    }
  }

  @Test func `broken JSON in a container is a reject, other text is not`() throws {
    let records = try readLog(
      [
        Self.docker(Story.line(1)), Self.docker(#"{"a":01}"#), Self.docker("listening on {port}"),
        Self.docker("up"), #"{"message":"ticket {17} closed"}"#,
      ].joined(separator: "\n"))
    #expect(records.outputs == ["1"])
    #expect(records.reasons.count == 1)
    #expect(records.filter(\.isSkipped).count == 3)
  }

  @Test func `a raw response in a Docker line has that line's time`() throws {
    let response =
      #"{"id":"msg_9","type":"message","model":"claude-opus-5-5","usage":{"input_tokens":3,"output_tokens":4}}"#
    let reader = try LogReader(
      MemoryInput(Array(Self.docker(response).utf8)), fileTime: fileTime, mayGrow: false)
    #expect(reader.formatName == "messages-response")
    let call = try #require(try reader.readAll().first?.calls.first)
    #expect(call.occurredAt == 1_794_211_207_123)
    #expect(!call.timeIsApproximate)
  }
}
