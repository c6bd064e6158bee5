import Foundation
import Testing

@testable import forensics

/// What servers, proxies and connections do; what the reader is told; what stays.
@Suite struct FetchFaultTests {
  private func fetch(
    _ faults: [Int: LoopbackServer.Turn], tries: Int = 6, key: String = ReportAPI.key
  ) throws -> (FetchDesk.Result, FetchDesk, LoopbackServer) {
    let api = try ReportAPI("admin-cost-report.json", pageSize: 5, faults: faults)
    let desk = try FetchDesk()
    let result = try desk.fetch(
      desk.question(.adminCost, at: api.server), tries: tries, key: key)
    for text in [result.error, desk.state, desk.partial, desk.report] + result.said {
      #expect(!text.contains(key))
    }
    return (result, desk, api.server)
  }

  @Test func `too many requests are asked for again, after as long as the server says`() throws {
    let (result, _, server) = try fetch([
      2: .answer(429, headers: ["Retry-After: 20"]), 3: .answer(529), 4: .answer(500),
    ])
    #expect(result.outcome?.state.rows == 513)
    #expect(result.pauses.first == 20)
    #expect(result.pauses.count == 3)
    #expect(server.seen.count == 6)
  }

  @Test func `Retry-After may be a date`() throws {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = .gmt
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    let date = format.string(from: Date(timeIntervalSinceNow: 60))
    let (result, _, _) = try fetch([1: .answer(429, headers: ["Retry-After: \(date)"])])
    #expect(result.outcome != nil)
    #expect((50...60).contains(result.pauses.first ?? 0))
  }

  @Test func `a server that stays down is left after six tries, and its pages stay`() throws {
    let down = LoopbackServer.Turn.answer(503, body: "<html>Bad gateway</html>")
    let faults = Dictionary(uniqueKeysWithValues: (2...7).map { ($0, down) })
    let (result, desk, server) = try fetch(faults)
    #expect(server.seen.count == 7)
    #expect(result.pauses.count == 5)
    #expect(result.error.contains("127.0.0.1 answered 503, 6 times: it has a fault of its own"))
    #expect(result.error.contains("a page of HTML"))
    #expect(result.error.contains("1 page is kept; this goes on behind them: forensics fetch"))
    #expect(desk.partial.split(separator: "\n").count == 1)
    #expect(desk.report.isEmpty)
  }

  @Test func `more patience than there is is asked for in vain`() throws {
    let (result, _, _) = try fetch([1: .answer(429, headers: ["Retry-After: 86400"])])
    #expect(result.pauses.isEmpty)
    #expect(result.error.contains("too many requests for now (Retry-After: 86400)"))
    #expect(!result.error.contains("kept"))
  }

  @Test func `a connection that breaks in a body is made again, with a length and without`() throws
  {
    let (result, desk, _) = try fetch([
      2: .halfAnAnswer, 4: .unmeasured(body: #"{"data":[{"starting_at":"2026-11-"#), 5: .nothing,
    ])
    #expect(result.error == "")
    #expect(result.pauses.count == 3)
    #expect(result.outcome?.state.rows == 513)
    #expect(desk.report.split(separator: "\n").count == 3)
  }

  @Test func `a key that is not known is told by where it came from`() throws {
    let (result, _, server) = try fetch([:], key: "sk-ant-api03-WR0NG-K1ND-0F-K3Y")
    #expect(server.seen.count == 1)
    #expect(result.error.contains("127.0.0.1 answered 401: it does not know the key"))
    #expect(result.error.contains("$ANTHROPIC_ADMIN_KEY, which is one for the Messages API"))
    #expect(result.error.contains("(it says: invalid x-api-key) req_011CScripted"))
  }

  @Test func `what a server says is shown without keys and without what steers a terminal`() throws
  {
    let said =
      "no: \(ReportAPI.key) \\u001b[2J sk-ant-other-1234567890 "
      + String(repeating: "x", count: 900)
    let (result, _, _) = try fetch([1: ReportAPI.error(403, "permission_error", said)])
    #expect(result.error.contains("may not read this report"))
    #expect(result.error.contains("no: … \\u{1B}[2J sk-… xxx"))
    #expect(result.error.count < 700)
  }

  @Test(arguments: [
    (400, "does not take the question"), (404, "or try analytics-cost"),
    (301, "name that address with --base-url"), (418, "no page of a report"),
  ])
  func `a refusal says what to do next`(_ status: Int, _ what: String) throws {
    let (result, _, server) = try fetch([1: .answer(status)])
    #expect(server.seen.count == 1)
    #expect(result.error.contains(what))
  }

  @Test(arguments: [
    ("<!DOCTYPE html><title>Sign in</title>", "a page of HTML; a proxy or a gateway"),
    ("", "nothing; a proxy"), ("pong", "not JSON"), (#"{"data":[]}"#, "no page of a report"),
    (#"{"data":[],"has_more":true,"next_page":null}"#, "has_more without next_page"),
    (#"{"data":[],"has_more":true}"#, "has_more without next_page"),
    (#"{"type":"error","error":{"message":"not today"}}"#, "an error: not today"),
    (#"{"data":[],"has_more":false} {}"#, "not JSON"),
  ])
  func `an answer that is no page is said to be none`(_ body: String, _ what: String) throws {
    let (result, desk, _) = try fetch([2: .answer(200, body: body)])
    #expect(result.error.contains("127.0.0.1 answered with "))
    #expect(result.error.contains(what), "\(result.error)")
    #expect(result.pauses.isEmpty)
    #expect(desk.partial.split(separator: "\n").count == 1)
  }

  /// `gzip` of `{"data":[],"has_more":false,"next_page":null}`.
  private static let gzipped: [UInt8] = Array(
    Data(
      base64Encoded:
        "H4sIAAAAAAAAA6tWSkksSVSyio7VUcpILI7PzS9KVbJKS8wpTtVRykutKIkvSEwHiuSV5uTUAgB9rI1CLQAAAA=="
    ) ?? Data())

  @Test func `a compressed page is unpacked if it says so, and named if it does not`() throws {
    let page = Self.gzipped
    let (result, desk, server) = try fetch([
      1: .bytes(200, headers: ["Content-Encoding: gzip"], body: page)
    ])
    #expect(server.seen.first?.headers["accept-encoding"]?.contains("gzip") == true)
    #expect(result.error == "")
    #expect(desk.report.contains(#""has_more":false"#))
    let (silent, _, _) = try fetch([1: .bytes(200, body: page)])
    #expect(silent.error.contains("something compressed that does not say how"))
  }

  // MARK: - Pages without end

  private func page(_ data: String, next: String) -> LoopbackServer.Turn {
    .answer(200, body: #"{"data":[\#(data)],"has_more":true,"next_page":"\#(next)"}"#)
  }

  private func fetchFrom(_ answer: @escaping @Sendable (Int) -> LoopbackServer.Turn) throws
    -> (FetchDesk.Result, LoopbackServer)
  {
    let server = try LoopbackServer(
      .by { request in
        let place = ReportAPI.query(request.line)["page"]?.first.flatMap { Int($0) } ?? 0
        return answer(place)
      })
    let desk = try FetchDesk()
    return (try desk.fetch(desk.question(.adminCost, at: server)), server)
  }

  @Test func `a token that comes back is a circle`() throws {
    let (result, server) = try fetchFrom {
      page("{\"starting_at\":\"\($0)\"}", next: $0 == 0 ? "7" : "7")
    }
    #expect(server.seen.count == 2)
    #expect(result.error.contains("goes round in a circle: page 2"))
  }

  @Test func `equal data under ever new tokens is a circle as well`() throws {
    let (result, server) = try fetchFrom { page("{\"starting_at\":\"x\"}", next: "\($0 + 1)") }
    #expect(server.seen.count == 2)
    #expect(result.error.contains("goes round in a circle"))
  }

  @Test func `more pages than there are days are too many`() throws {
    let (result, server) = try fetchFrom { page("{\"starting_at\":\"\($0)\"}", next: "\($0 + 1)") }
    #expect(server.seen.count == 16)
    #expect(result.error.contains("has no last page: 16 pages"))
    #expect(result.error.contains("--force"))
  }
}
