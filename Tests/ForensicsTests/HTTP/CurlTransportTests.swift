import Foundation
import Testing

@testable import HTTP

/// Against a real server on this machine.
@Suite struct CurlTransportTests {
  private let transport: CurlTransport

  init() throws { transport = try CurlTransport() }

  @Test func `a request arrives as it was made, and so does its answer`() throws {
    let server = try LoopbackServer(
      .answer(202, headers: ["X-Page: 2"], body: #"{"status":"success"}"#))
    let request = try HTTPRequest(
      .post, server.url + "/v2/enqueue", headers: [("Content-Type", "application/json")],
      body: Array(#"{"über":1}"#.utf8))
    let response = try transport.send(request)
    #expect(response.status == 202)
    #expect(response.headers["x-page"] == "2")
    #expect(String(decoding: response.body, as: UTF8.self) == #"{"status":"success"}"#)
    let seen = try #require(server.seen.first)
    #expect(seen.line == "POST /v2/enqueue HTTP/1.1")
    #expect(seen.headers["content-type"] == "application/json")
    #expect(seen.headers["expect"] == nil)
    #expect(seen.body == #"{"über":1}"#)
  }

  @Test func `pages are fetched with GET`() throws {
    let server = try LoopbackServer(.answer(200, body: String(repeating: "x", count: 300_000)))
    let response = try transport.send(try HTTPRequest(.get, server.url + "/report?page=2"))
    #expect(response.body.count == 300_000)
    #expect(server.seen.first?.line == "GET /report?page=2 HTTP/1.1")
  }

  @Test func `who does not answer is not waited for`() throws {
    let server = try LoopbackServer(.silence)
    var request = try HTTPRequest(.get, server.url)
    request.seconds = 1
    let started = Date()
    #expect(throws: HTTPError.timedOut(host: "127.0.0.1", seconds: 1)) {
      try transport.send(request)
    }
    #expect(Date().timeIntervalSince(started) < 3)
  }

  @Test(arguments: [LoopbackServer.Turn.nothing, .halfAnAnswer])
  func `who closes early has not answered`(_ turn: LoopbackServer.Turn) throws {
    let server = try LoopbackServer(turn)
    let request = try HTTPRequest(.get, server.url + "/T0/B0/SECRET")
    let error = #expect(throws: HTTPError.self) { try transport.send(request) }
    #expect(error?.isWorthAnotherTry == true)
    #expect("\(error ?? .noLibrary)".contains("SECRET") == false)
  }

  @Test func `a redirect is an answer, not a way`() throws {
    let elsewhere = try LoopbackServer(.answer(200))
    let server = try LoopbackServer(.answer(302, headers: ["Location: \(elsewhere.url)/"]))
    #expect(try transport.send(try HTTPRequest(.post, server.url)).status == 302)
    #expect(elsewhere.seen.isEmpty)
  }

  @Test func `without libcurl there is a way out`() {
    #expect(CurlLibrary(["libnothing.so.9"]) == nil)
    let error = #expect(throws: HTTPError.noLibrary) { try CurlTransport(library: nil) }
    #expect("\(error ?? .tooLarge(host: ""))".contains("apt-get install libcurl4"))
  }

  @Test(arguments: [
    "ftp://alder-bank.example/", "file:///etc/passwd", "alder-bank.example", "", "https://",
  ])
  func `only HTTP is spoken`(_ url: String) {
    #expect(throws: HTTPError.self) { try HTTPRequest(.get, url) }
  }

  @Test func `a header is one line`() {
    #expect(throws: HTTPError.badRequest("a header must be one line of text")) {
      try HTTPRequest(
        .get, "https://alder-bank.example", headers: [("Authorization", "Bearer a\r\nX: y")])
    }
  }

  @Test func `what others can read is known`() throws {
    #expect(try HTTPRequest(.get, "http://alder-bank.example/").isInTheClear)
    #expect(try !HTTPRequest(.get, "https://alder-bank.example/").isInTheClear)
    #expect(try !HTTPRequest(.get, "http://127.0.0.1:9/").isInTheClear)
  }
}
