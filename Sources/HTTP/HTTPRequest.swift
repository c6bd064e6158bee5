import Foundation

/// One request, as a value.
///
/// Its URL and its headers may be secrets: nothing here prints them, and errors name the host alone.
package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable { case get = "GET", post = "POST" }

  package let method: Method
  package let url: String
  /// Of the URL, without the port: what messages may name.
  package let host: String
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// After so many seconds an answer is not waited for any more.
  package var seconds = 10

  /// - Throws: `HTTPError.badRequest` for what is no HTTP URL, or would smuggle in a line of its own.
  package init(
    _ method: Method = .get, _ url: String, headers: [(name: String, value: String)] = [],
    body: [UInt8] = []
  ) throws(HTTPError) {
    guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
      let scheme = parts.scheme?.lowercased(), scheme == "https" || scheme == "http"
    else { throw .badRequest("the address must start with https:// or http:// and name a host") }
    guard parts.user == nil, parts.password == nil else {
      throw .badRequest(
        "the address holds a name or a password; give secrets by a file or the environment")
    }
    guard headers.allSatisfy({ Self.isOneLine($0.name) && Self.isOneLine($0.value) }) else {
      throw .badRequest("a header must be one line of text")
    }
    self.method = method
    self.url = url
    self.host = host
    self.headers = headers
    self.body = body
  }

  /// Whether anybody between here and there could read it.
  package var isInTheClear: Bool {
    !url.lowercased().hasPrefix("https:") && !isLoopback
  }

  /// Whether it stays on this machine.
  var isLoopback: Bool { ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host.lowercased()) }

  private static func isOneLine(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }
}
