/// Why there is no answer.
///
/// Hosts are named, never addresses: what follows the host may be a secret.
package enum HTTPError: Error, Equatable, CustomStringConvertible {
  case noLibrary
  case badRequest(String)
  case timedOut(host: String, seconds: Int)
  case failed(host: String, String)
  /// Where `CURL_CA_BUNDLE` helps, and trying again does not.
  case untrusted(host: String)
  /// The connection ended before the answer did.
  case cutOff(host: String)
  case tooLarge(host: String)
  /// The last answer, after as many tries as were allowed.
  case refused(host: String, status: Int, tries: Int)

  package var description: String {
    switch self {
    case .noLibrary:
      "sending needs the library libcurl, which is not on this machine; install it with: "
        + "apt-get install libcurl4 (Debian, Ubuntu), dnf install libcurl (Fedora, RHEL) or "
        + "apk add libcurl (Alpine)"
    case .badRequest(let why): why
    case .timedOut(let host, let seconds): "\(host) did not answer within \(seconds) seconds"
    case .failed(let host, let why): "\(host) could not be reached: \(why)"
    case .untrusted(let host):
      "the certificate of \(host) is signed by nobody this machine trusts; where a proxy or a gateway "
        + "signs, name its certificates with CURL_CA_BUNDLE=FILE"
    case .cutOff(let host): "the answer of \(host) ended in its middle"
    case .tooLarge(let host): "the answer of \(host) is larger than this program reads"
    case .refused(let host, let status, let tries):
      "\(host) answered \(status)\(tries > 1 ? ", \(tries) times" : "")"
    }
  }

  /// Whether the answer was to what was sent, and not to who sent it or where to.
  package var isAboutTheRequest: Bool {
    guard case .refused(_, let status, _) = self else { return false }
    return (400...499).contains(status) && ![401, 403, 404, 407, 408, 410, 429].contains(status)
  }

  var isWorthAnotherTry: Bool {
    switch self {
    case .timedOut, .failed, .cutOff: true
    case .noLibrary, .badRequest, .untrusted, .tooLarge, .refused: false
    }
  }
}
