import Foundation
import Testing

@testable import forensics

/// What leaves the machine, through the real program to a real server.
@Suite struct NotifyTests {
  private static let secret = "R0UT1NG-K3Y-d34db33f"

  private func loaded() throws -> ForensicsBinary {
    let forensics = try ForensicsBinary()
    #expect(try forensics("import", "sample-data/app-calls.jsonl").status == 0)
    return forensics
  }

  private func check(
    _ forensics: ForensicsBinary, _ more: [String]
  ) throws -> ForensicsBinary.Result {
    let result = try forensics.run(
      ["check", "--as-of", "latest", "--only", "cache,tenant-growth"] + more,
      environment: ["SECRET": Self.secret])
    let kept = try? String(contentsOfFile: forensics.database + ".alerts.json", encoding: .utf8)
    for text in [result.output, result.errors, kept ?? ""] {
      #expect(!text.contains(Self.secret))
    }
    return result
  }

  @Test func `each thing is told once, after a refusal too`() throws {
    let forensics = try loaded()
    let server = try LoopbackServer(
      .answer(429, headers: ["Retry-After: 1"]), .answer(202, body: "{}"))
    let there = [
      "--notify", server.url + "/v2/enqueue", "--notify-format", "pagerduty", "--notify-env",
      "SECRET",
    ]
    #expect(try check(forensics, there).status == 1)
    // One was refused and came again; the other went through.
    #expect(server.seen.count == 3)
    for seen in server.seen {
      #expect(seen.body.contains(#""routing_key":"\#(Self.secret)""#))
      #expect(seen.body.contains(#""event_action":"trigger""#))
    }
    #expect(try check(forensics, there).status == 1)
    #expect(server.seen.count == 3)
    // Fixed: a budget that the cache now meets.
    let file = try forensics.write("check: {cache: {objective: 0}}\n", to: "fixed.yml")
    _ = try check(forensics, there + ["--config", file])
    #expect(server.seen.count == 4)
    #expect(server.seen[3].body.contains(#""event_action":"resolve""#))
    #expect(server.seen[3].body.contains(#""dedup_key":"forensics/cache.summarise""#))
    _ = try check(forensics, there + ["--config", file])
    #expect(server.seen.count == 4)
  }

  @Test func `a bearer token comes from a file that is private`() throws {
    let forensics = try loaded()
    let server = try LoopbackServer(.answer(204))
    let file = try forensics.write(Self.secret + "\n", to: "token")
    let there = ["--notify", server.url, "--notify-file", file]
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    let refused = try check(forensics, there)
    #expect(refused.status == 3)
    #expect(refused.output.contains("chmod 600"))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    #expect(try check(forensics, there).status == 1)
    let seen = try #require(server.seen.first)
    #expect(seen.headers["authorization"] == "Bearer \(Self.secret)")
    let body = try JSONSerialization.jsonObject(with: Data(seen.body.utf8)) as? [String: Any]
    #expect((body?["notices"] as? [Any])?.count == 2)
  }

  @Test func `what could not be told is said, and told the next time`() throws {
    let forensics = try loaded()
    let server = try LoopbackServer(.answer(403), .answer(200))
    let there = ["--notify", server.url + "/services/\(Self.secret)", "--notify-format", "slack"]
    let refused = try check(forensics, there)
    #expect(refused.status == 1)
    #expect(
      refused.errors == "Error: not everybody was told: 127.0.0.1 answered 403; not told: "
        + "cache.summarise, tenant-growth.brisk-parcel (the next check tries again)\n")
    #expect(try check(forensics, there).errors.isEmpty)
    #expect(server.seen.count == 2)
    #expect(server.seen[1].body.contains(#""blocks""#))
  }

  @Test func `one event that is refused holds up no other, and is tried last from then on`() throws
  {
    let forensics = try loaded()
    let server = try LoopbackServer(.answer(400), .answer(202), .answer(400), .answer(202))
    let there = [
      "--notify", server.url + "/v2/enqueue", "--notify-format", "pagerduty", "--notify-env",
      "SECRET",
    ]
    func told() -> [Bool] { server.seen.map { $0.body.contains("forensics/cache.summarise") } }
    let first = try check(forensics, there)
    #expect(first.status == 1)
    #expect(told() == [true, false])
    #expect(
      first.errors == "Error: not everybody was told: 127.0.0.1 answered 400; not told: "
        + "cache.summarise (the next check tries again)\n")
    // The one that is left; and once it gets through, nothing more.
    #expect(try check(forensics, there).errors.contains("not told: cache.summarise ("))
    #expect(told() == [true, false, true])
    #expect(try check(forensics, there).errors.isEmpty)
    #expect(told() == [true, false, true, true])
    #expect(try check(forensics, there).errors.isEmpty)
    #expect(server.seen.count == 4)
  }

  @Test func `nobody is there`() throws {
    let forensics = try loaded()
    let port = try LoopbackServer(.nothing).port
    let result = try check(
      forensics, ["--notify", "http://127.0.0.1:\(port)/\(Self.secret)", "--dry-run"])
    #expect(result.status == 1)
    #expect(result.errors.isEmpty)
  }

  @Test func `two at once tell it once`() async throws {
    let forensics = try loaded()
    let server = try LoopbackServer(.answer(200))
    try await withThrowingTaskGroup(of: Int32.self) { group in
      for _ in 0..<4 {
        group.addTask { try check(forensics, ["--notify", server.url]).status }
      }
      for try await status in group { #expect(status == 1) }
    }
    #expect(server.seen.count == 1)
  }

  @Test(arguments: [
    (["--notify-format", "slack"], "belong to --notify"),
    (["--notify", "ftp://alder-bank.example"], "must start with https://"),
    (["--notify-env", "SECRET"], "there is no address to notify"),
    (
      ["--notify", "http://alder-bank.example/x", "--notify-env", "SECRET"],
      "nothing is sent over http://"
    ),
    (["--notify", "http://alder-bank.example/services/T0/B0/x"], "use https://"),
    (
      ["--notify", "https://events.pagerduty.com/v2/enqueue"], "wants the integration's routing key"
    ),
    (["--notify", "https://a.example", "--renotify", "often"], "--renotify takes a length"),
  ]) func `wrong wishes are said before anything is sent`(_ wish: [String], _ what: String) throws {
    let result = try check(try loaded(), wish)
    #expect(result.status == 3)
    #expect(result.output.contains(what), "\(result.output)")
  }

  @Test func `the receiver is told by the host`() throws {
    #expect(
      try Receiver(kind: nil, url: nil, secret: "https://hooks.slack.com/services/T0/B0/x\n").kind
        == .slack)
    #expect(
      try Receiver(kind: nil, url: "https://events.eu.pagerduty.com/v2/enqueue", secret: "k").kind
        == .pagerduty)
    #expect(
      try Receiver(kind: nil, url: "https://alerts.lumen-desk.example/", secret: nil).kind
        == .webhook)
    #expect(try Receiver(kind: .pagerduty, url: nil, secret: "k").kind == .pagerduty)
    #expect(
      try Receiver(kind: .pagerduty, url: nil, secret: "k").name
        != Receiver(kind: .pagerduty, url: nil, secret: "another").name)
    let one = try Receiver(kind: nil, url: nil, secret: "https://hooks.slack.com/services/T0/B0/x")
    let other = try Receiver(
      kind: nil, url: nil, secret: "https://hooks.slack.com/services/T0/B1/y")
    #expect(one.name != other.name)
    // An address may be the secret itself, in whatever case; only this machine hears it unencrypted.
    for address in ["http://hooks.example/services/T0/B0/x", "HTTP://hooks.example/x"] {
      #expect(throws: ReceiverError.inTheClear("hooks.example")) {
        try Receiver(kind: .slack, url: nil, secret: address)
      }
    }
    for host in ["127.0.0.1", "localhost", "[::1]"] {
      #expect(try Receiver(kind: nil, url: "http://\(host):9/x", secret: "k").kind == .webhook)
    }
    #expect(!one.name.contains("B0"))
  }
}
