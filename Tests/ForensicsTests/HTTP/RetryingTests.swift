import Foundation
import Synchronization
import Testing

@testable import HTTP

@Suite struct RetryingTests {
  /// Sends to a script; returns what happened, and the pauses in whole seconds.
  private func send(
    _ answers: [Result<HTTPResponse, HTTPError>], patience: Double = 45
  ) throws -> (result: Result<HTTPResponse, HTTPError>, pauses: [Int]) {
    let pauses = Mutex<[Int]>([])
    var retrying = Retrying()
    retrying.patience = patience
    retrying.pause = { seconds in pauses.withLock { $0.append(Int(seconds)) } }
    let request = try HTTPRequest(.post, "https://hooks.example/T0/SECRET")
    var left = answers
    let result = Result { () throws(HTTPError) in
      try retrying.send(request) { _ throws(HTTPError) in try left.removeFirst().get() }
    }
    return (result, pauses.withLock { $0 })
  }

  private func status(_ status: Int, _ headers: [String: String] = [:])
    -> Result<HTTPResponse, HTTPError>
  { .success(HTTPResponse(status: status, headers: headers)) }

  @Test func `after 429 and 500 it is tried again, ever later`() throws {
    let (result, pauses) = try send([status(429), status(500), status(503), status(200)])
    #expect(try result.get().status == 200)
    #expect(pauses == [1, 2, 4] || pauses == [1, 2, 5])
  }

  @Test func `Retry-After is waited for`() throws {
    let (result, pauses) = try send([status(429, ["retry-after": "20"]), status(200)])
    #expect(try result.get().status == 200)
    #expect(pauses == [20])
  }

  @Test func `more patience than there is is not had`() throws {
    let (result, pauses) = try send([status(429, ["retry-after": "3600"]), status(200)])
    #expect(throws: HTTPError.refused(host: "hooks.example", status: 429, tries: 1)) {
      try result.get()
    }
    #expect(pauses.isEmpty)
  }

  @Test func `what is wrong with the request is said once`() throws {
    let (result, pauses) = try send([status(403), status(200)])
    #expect(throws: HTTPError.refused(host: "hooks.example", status: 403, tries: 1)) {
      try result.get()
    }
    #expect(pauses.isEmpty)
  }

  @Test func `four tries are enough`() throws {
    let silence = HTTPError.timedOut(host: "hooks.example", seconds: 10)
    let (result, pauses) = try send(Array(repeating: .failure(silence), count: 9))
    #expect(throws: silence) { try result.get() }
    #expect(pauses.count == 3)
  }

  @Test func `Retry-After is a number of seconds or a date`() {
    let now = Date(timeIntervalSince1970: 1_794_700_800)
    #expect(Retrying.wish("120", now: now) == 120)
    #expect(Retrying.wish("Sun, 15 Nov 2026 00:01:30 GMT", now: now) == 90)
    #expect(Retrying.wish("Sat, 14 Nov 2026 00:00:00 GMT", now: now) == 0)
    #expect(Retrying.wish("-3", now: now) == nil)
    #expect(Retrying.wish("soon", now: now) == nil)
  }
}
