import Testing

@testable import UsageLog

/// A month of made-up transcripts against an independent count.
///
/// The generator knows what each response used; the log tells it in several lines, again in forks and
/// resumes, in a parent's progress lines and in sidechains. One record a message id must give the sums back.
struct TranscriptMonthTests {
  /// What a response used, and how it is told.
  private struct Response {
    var id: String
    var request: String
    var time: Int
    var usage: [Int]  // input, writes of 5 minutes, of an hour, reads, output
    var isSubagent: Bool
    var isPlaceholder: Bool
  }

  /// Park–Miller: the same month on every machine.
  private struct Dice {
    var state: Int
    mutating func roll(_ sides: Int) -> Int {
      state = state * 48271 % 0x7FFF_FFFF
      return state % sides
    }
  }

  private struct Month {
    var files: [String] = []
    var responses: [Response] = []

    init(seed: Int, sessions: Int) {
      var dice = Dice(state: seed)
      for session in 0..<sessions {
        var lines = [#"{"type":"summary","summary":"s","leafUuid":"l\#(session)"}"#]
        var own: [Response] = []
        var subagent: [String] = []
        for turn in 0..<(5 + dice.roll(20)) {
          let response = Response(
            id: "msg_\(session)_\(turn)", request: "req_\(session)_\(turn)",
            time: session * 3_600_000 + turn * 61_000,
            usage: [
              dice.roll(50), dice.roll(4) == 0 ? dice.roll(900) : 0, dice.roll(3000),
              dice.roll(90_000), 5 + dice.roll(2000),
            ],
            isSubagent: dice.roll(5) == 0, isPlaceholder: dice.roll(30) == 0)
          own.append(response)
          lines.append(
            #"{"type":"user","uuid":"u\#(session)-\#(turn)","sessionId":"s\#(session)","message":{"role":"user"}}"#
          )
          let told = Self.lines(of: response, session: "s\(session)", &dice)
          if response.isSubagent {
            subagent += told
            lines.append(Self.mirror(of: response, session: "s\(session)"))
          } else {
            lines += told
          }
          if dice.roll(9) == 0 { lines.append(Self.replay(of: response, session: "s\(session)")) }
        }
        responses += own
        files.append(lines.joined(separator: "\n") + "\n")
        if !subagent.isEmpty { files.append(subagent.joined(separator: "\n")) }
        // A fork or a resume takes everything so far along, under another session.
        if dice.roll(3) == 0 {
          files.append(
            lines.joined(separator: "\n").replacing("\"s\(session)\"", with: "\"f\(session)\"")
              + "\n")
        }
      }
    }

    private static func lines(
      of response: Response, session: String, _ dice: inout Dice
    ) -> [String] {
      let count = 1 + dice.roll(4)
      return (1...count).map { number in
        let isLast = number == count && !response.isPlaceholder
        return line(
          response, session: session, offset: number * 400,
          output: isLast ? response.usage[4] : 1 + (response.isPlaceholder ? 0 : number % 2),
          stop: isLast ? #""end_turn""# : "null", request: response.request,
          isSidechain: response.isSubagent)
      }
    }

    private static func line(
      _ response: Response, session: String, offset: Int, output: Int, stop: String,
      request: String, isSidechain: Bool
    ) -> String {
      let milliseconds = 1_793_491_200_000 + response.time + offset
      return
        #"{"type":"assistant","uuid":"\#(response.id)-\#(offset)","parentUuid":null,"isSidechain":\#(isSidechain),"#
        + #""sessionId":"\#(session)","timestamp":\#(milliseconds),"requestId":"\#(request)","cwd":"/w/desk","#
        + #""message":\#(message(response, output: output, stop: stop))}"#
    }

    private static func message(_ response: Response, output: Int, stop: String) -> String {
      let usage = response.usage
      return
        #"{"id":"\#(response.id)","type":"message","model":"claude-opus-5-5","content":[],"stop_reason":\#(stop),"#
        + #""usage":{"input_tokens":\#(usage[0]),"cache_creation_input_tokens":\#(usage[1] + usage[2]),"#
        + #""cache_creation":{"ephemeral_5m_input_tokens":\#(usage[1]),"ephemeral_1h_input_tokens":\#(usage[2])},"#
        + #""cache_read_input_tokens":\#(usage[3]),"output_tokens":\#(output)}}"#
    }

    private static func mirror(of response: Response, session: String) -> String {
      let milliseconds = 1_793_491_200_000 + response.time + 300
      return
        #"{"type":"progress","uuid":"p-\#(response.id)","parentUuid":null,"sessionId":"\#(session)","data":{"#
        + #""type":"agent_progress","message":{"timestamp":\#(milliseconds),"requestId":"\#(response.request)","#
        + #""isSidechain":true,"message":\#(message(response, output: 1, stop: "null"))}}}"#
    }

    /// A side question repeats the parent's message under a request of its own.
    private static func replay(of response: Response, session: String) -> String {
      line(
        response, session: session, offset: 900, output: response.usage[4] + 7,
        stop: #""end_turn""#, request: "req_side_\(response.id)", isSidechain: true)
    }
  }

  /// The documented rule: the record of no sidechain, then the highest output.
  private func keptRecords(_ calls: [ToldCall]) -> [String: ToldCall] {
    func output(_ call: ToldCall) -> Int { call[.outputTokens].flatMap { Int($0) } ?? 0 }
    var kept: [String: ToldCall] = [:]
    for call in calls {
      guard let id = call[.messageID] else { continue }
      guard let other = kept[id] else {
        kept[id] = call
        continue
      }
      let isBetter =
        call.isReplay == other.isReplay ? output(call) > output(other) : !call.isReplay
      if isBetter { kept[id] = call }
    }
    return kept
  }

  @Test(arguments: [1, 7, 2026])
  func `one record a message gives the month's sums`(seed: Int) throws {
    let month = Month(seed: seed, sessions: 40)
    let records = try month.files.flatMap { try readLog($0) }
    #expect(records.allSatisfy { $0.reason == nil })
    let calls = records.flatMap(\.calls)
    #expect(calls.count > month.responses.count * 2)
    let kept = keptRecords(calls)
    #expect(kept.count == month.responses.count)

    func sum(_ field: Field) -> Int { kept.values.reduce(0) { $0 + (Int($1[field] ?? "") ?? 0) } }
    func used(_ amount: (Response) -> Int) -> Int { month.responses.reduce(0) { $0 + amount($1) } }
    #expect(sum(.inputTokens) == used { $0.usage[0] })
    #expect(sum(.cacheCreateTokens) == used { $0.usage[1] + $0.usage[2] })
    #expect(sum(.cacheCreate1hTokens) == used { $0.usage[2] })
    #expect(sum(.cacheReadTokens) == used { $0.usage[3] })
    // Of a subagent's response, replays in side questions cannot be told from its own lines.
    let main = month.responses.filter { !$0.isSubagent }
    let told = main.reduce(0) { $0 + (Int(kept[$1.id]?[.outputTokens] ?? "") ?? 0) }
    #expect(told == main.reduce(0) { $0 + ($1.isPlaceholder ? 1 : $1.usage[4]) })
  }

  @Test func `placeholders are told, early lines of whole responses are not`() throws {
    let month = Month(seed: 3, sessions: 40)
    let own = month.files.filter { !$0.contains("\"f") && !$0.contains("req_side_") }
    let notes = try own.map { file in try readLog(file).map(\.notes.count).reduce(0, +) }
    let placeholders = month.responses.filter(\.isPlaceholder).count
    #expect(notes.reduce(0, +) > 0)
    #expect(notes.reduce(0, +) <= placeholders)
  }
}
