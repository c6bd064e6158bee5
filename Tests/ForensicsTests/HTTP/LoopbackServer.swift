import Foundation
import Synchronization

/// A real server on a port of this machine, which answers by a script and remembers what it was asked.
final class LoopbackServer: Sendable {
  enum Turn: Sendable {
    case answer(Int, headers: [String] = [], body: String = "")
    case bytes(Int, headers: [String] = [], body: [UInt8])
    /// Says no length, and closes behind the body.
    case unmeasured(body: String)
    /// Whatever the request deserves.
    case by(@Sendable (Seen) -> Turn)
    /// Takes the request, and says nothing.
    case silence
    /// Closes in the middle of its answer.
    case halfAnAnswer
    /// Closes without any.
    case nothing
  }

  struct Seen: Sendable, Equatable {
    var line: String
    /// By their names in lower case.
    var headers: [String: String]
    var body: String
  }

  let port: UInt16
  private let listener: Int32
  private let state: Mutex<(turns: [Turn], seen: [Seen])>

  /// - Parameter turns: one a request; the last goes on for ever.
  init(_ turns: Turn...) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isListening else { throw POSIXError(.EADDRINUSE) }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    state = Mutex((turns, []))
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0 { return }
        guard let self else { return }
        Thread.detachNewThread { self.serve(connection) }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var seen: [Seen] { state.withLock { $0.seen } }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    guard let request = Self.read(connection) else { return }
    var turn = state.withLock { state in
      state.seen.append(request)
      return state.turns.count > 1 ? state.turns.removeFirst() : state.turns[0]
    }
    if case .by(let answer) = turn { turn = answer(request) }
    switch turn {
    case .by: break
    case .answer(let status, let headers, let body):
      Self.answer(status, headers, Array(body.utf8), to: connection)
    case .bytes(let status, let headers, let body):
      Self.answer(status, headers, body, to: connection)
    case .unmeasured(let body):
      Self.write(
        Array("HTTP/1.1 200 Scripted\r\nConnection: close\r\n\r\n\(body)".utf8), to: connection)
    case .silence: Thread.sleep(forTimeInterval: 5)
    case .halfAnAnswer:
      Self.write(
        Array("HTTP/1.1 200 Scripted\r\nContent-Length: 100\r\n\r\nhalf".utf8), to: connection)
    case .nothing: break
    }
  }

  private static func answer(
    _ status: Int, _ headers: [String], _ body: [UInt8], to connection: Int32
  ) {
    let lines =
      ["HTTP/1.1 \(status) Scripted", "Content-Length: \(body.count)"] + headers
      + ["Connection: close", "", ""]
    write(Array(lines.joined(separator: "\r\n").utf8) + body, to: connection)
  }

  private static func write(_ bytes: [UInt8], to connection: Int32) {
    _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  private static func read(_ connection: Int32) -> Seen? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let end = text.range(of: "\r\n\r\n") {
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1)
          headers[parts[0].lowercased()] = parts.last?.trimmingCharacters(in: .whitespaces)
        }
        let body = text[end.upperBound...]
        if body.utf8.count >= Int(headers["content-length"] ?? "0") ?? 0 {
          return Seen(line: lines[0], headers: headers, body: String(body))
        }
      }
      let count = recv(connection, &buffer, buffer.count, 0)
      if count <= 0 { return nil }
      bytes += buffer.prefix(count)
    }
  }
}
