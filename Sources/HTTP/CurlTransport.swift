import CurlHeaders
import Foundation

/// Sends requests with the system's libcurl, one at a time.
///
/// It verifies certificates, follows no redirect (a token would go along), reads no .netrc, and honours
/// `HTTPS_PROXY` and, for certificates of one's own, `CURL_CA_BUNDLE` and `SSL_CERT_FILE`.
package struct CurlTransport: Sendable {
  private let curl: CurlLibrary
  /// An answer may have so many bytes.
  private static let largestBody = 64 << 20

  /// - Throws: `HTTPError.noLibrary`, which says how to get it.
  package init() throws(HTTPError) { try self.init(library: .system) }

  init(library: CurlLibrary?) throws(HTTPError) {
    guard let library else { throw .noLibrary }
    curl = library
  }

  /// - Throws: `HTTPError` where there is no answer; an answer with a bad status is one.
  package func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
    guard let handle = curl.start() else {
      throw .failed(host: request.host, "libcurl does not start")
    }
    defer { curl.cleanUp(handle) }
    let answer = Answer()
    var lines: UnsafeMutableRawPointer?
    // An empty Expect: no waiting for a "100 Continue" that many servers never send.
    for (name, value) in request.headers + [("Expect", "")] {
      lines = curl.append(lines, value.isEmpty ? "\(name):" : "\(name): \(value)")
    }
    defer { curl.freeAll(lines) }

    set(handle, FORENSICS_CURL_URL, request.url)
    set(handle, FORENSICS_CURL_USERAGENT, "forensics")
    set(handle, FORENSICS_CURL_NOSIGNAL, 1)
    // Bits 0 and 1: http and https, and nothing that reads files.
    set(handle, FORENSICS_CURL_PROTOCOLS, 3)
    set(handle, FORENSICS_CURL_TIMEOUT_MS, request.seconds * 1000)
    set(handle, FORENSICS_CURL_CONNECTTIMEOUT_MS, min(request.seconds, 5) * 1000)
    let environment = ProcessInfo.processInfo.environment
    if let bundle = environment["CURL_CA_BUNDLE"] ?? environment["SSL_CERT_FILE"], !bundle.isEmpty {
      set(handle, FORENSICS_CURL_CAINFO, bundle)
    }
    set(handle, FORENSICS_CURL_HTTPHEADER, lines)
    // Whatever this libcurl can unpack; pages of reports become a tenth of their size.
    set(handle, FORENSICS_CURL_ACCEPT_ENCODING, "")
    // What is on this machine is not sent by way of another one.
    if request.isLoopback { set(handle, FORENSICS_CURL_NOPROXY, "*") }
    if request.method == .post {
      set(handle, FORENSICS_CURL_POST, 1)
      set(handle, FORENSICS_CURL_POSTFIELDSIZE, request.body.count)
      request.body.withUnsafeBytes { set(handle, FORENSICS_CURL_COPYPOSTFIELDS, $0.baseAddress) }
    }
    let receiver = Unmanaged.passUnretained(answer).toOpaque()
    set(handle, FORENSICS_CURL_WRITEDATA, receiver)
    set(handle, FORENSICS_CURL_HEADERDATA, receiver)
    _ = forensics_curl_set_sink(curl.setOption, handle, option(FORENSICS_CURL_WRITEFUNCTION)) {
      Answer.receiving($0, $1 * $2, $3) { $0.take(body: $1) }
    }
    _ = forensics_curl_set_sink(curl.setOption, handle, option(FORENSICS_CURL_HEADERFUNCTION)) {
      Answer.receiving($0, $1 * $2, $3) { $0.take(header: $1) }
    }

    let code = withExtendedLifetime(answer) { curl.perform(handle) }
    if answer.isTooLarge { throw .tooLarge(host: request.host) }
    switch code {
    case 0: break
    case 18: throw .cutOff(host: request.host)
    case 28: throw .timedOut(host: request.host, seconds: request.seconds)
    case 60: throw .untrusted(host: request.host)
    // What libcurl says of the code in general: its particular message can hold the address.
    default: throw .failed(host: request.host, curl.explain(code).map { String(cString: $0) } ?? "")
    }
    var status = 0
    _ = forensics_curl_get_long(
      curl.getInfo, handle, option(FORENSICS_CURL_RESPONSE_CODE), &status)
    return HTTPResponse(status: status, headers: answer.headers, body: answer.body)
  }

  private func option(_ code: Int) -> Int32 { Int32(code) }

  private func set(_ handle: UnsafeMutableRawPointer, _ code: Int, _ value: Int) {
    _ = forensics_curl_set_long(curl.setOption, handle, option(code), value)
  }
  private func set(_ handle: UnsafeMutableRawPointer, _ code: Int, _ value: String) {
    value.withCString { set(handle, code, $0) }
  }
  private func set(
    _ handle: UnsafeMutableRawPointer, _ code: Int, _ value: UnsafeRawPointer?
  ) {
    _ = forensics_curl_set_pointer(curl.setOption, handle, option(code), value)
  }

  /// What libcurl hands over, piece by piece.
  private final class Answer {
    private(set) var headers: [String: String] = [:]
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false

    static func receiving(
      _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ receiver: UnsafeMutableRawPointer?,
      _ take: (Answer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
      guard let receiver, let bytes else { return 0 }
      let answer = Unmanaged<Answer>.fromOpaque(receiver).takeUnretainedValue()
      return take(answer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    func take(body part: UnsafeRawBufferPointer) -> Bool {
      isTooLarge = body.count + part.count > CurlTransport.largestBody
      if !isTooLarge { body += part }
      return !isTooLarge
    }

    func take(header line: UnsafeRawBufferPointer) -> Bool {
      let text = String(decoding: line, as: UTF8.self)
      // A status line starts another answer, after a "100 Continue" or that of a proxy.
      if text.hasPrefix("HTTP/") { headers = [:] }
      let parts = text.split(separator: ":", maxSplits: 1)
      if parts.count == 2 {
        headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespacesAndNewlines)
      }
      return true
    }
  }
}
