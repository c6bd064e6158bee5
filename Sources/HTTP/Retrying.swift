import Foundation

/// How often, and how patiently, a request is sent again.
///
/// Pauses double, and `Retry-After` is honoured; whoever asks for more patience than is left is not waited for.
package struct Retrying: Sendable {
  package var tries = 4
  package var firstPause = 1.0
  /// Seconds of waiting, all pauses together.
  package var patience = 45.0
  /// Sleeps; tests only count.
  package var pause: @Sendable (_ seconds: Double) -> Void = { Thread.sleep(forTimeInterval: $0) }
  /// Told before each pause: why, how long, and which try comes after it.
  package var waiting: @Sendable (_ why: HTTPError, _ seconds: Double, _ next: Int) -> Void = {
    _, _, _ in
  }

  package init() {}

  /// Sends until there is a success.
  ///
  /// - Throws: `HTTPError.refused` with the last status, or what kept the last try from an answer.
  package func send(
    _ request: HTTPRequest, over transport: (HTTPRequest) throws(HTTPError) -> HTTPResponse
  ) throws(HTTPError) -> HTTPResponse {
    var waited = 0.0
    for number in 1...max(tries, 1) {
      let outcome = Result { () throws(HTTPError) in try transport(request) }
      if case .success(let response) = outcome, response.isSuccess { return response }
      let (failure, wish) = Self.failure(outcome, of: request, tries: number)
      // Up to a quarter more at random, so that many machines do not come back at once.
      let backoff = firstPause * Double(1 << (number - 1)) * Double.random(in: 1...1.25)
      let seconds = max(wish ?? 0, backoff)
      guard Self.isWorthAnotherTry(outcome), number < tries, waited + seconds <= patience else {
        throw failure
      }
      waited += seconds
      waiting(failure, seconds, number + 1)
      pause(seconds)
    }
    throw .badRequest("no try was allowed")
  }

  private static func failure(
    _ outcome: Result<HTTPResponse, HTTPError>, of request: HTTPRequest, tries: Int
  ) -> (HTTPError, wish: Double?) {
    switch outcome {
    case .failure(let error): (error, nil)
    case .success(let response):
      (
        .refused(host: request.host, status: response.status, tries: tries),
        wish(response.headers["retry-after"], now: Date())
      )
    }
  }

  private static func isWorthAnotherTry(_ outcome: Result<HTTPResponse, HTTPError>) -> Bool {
    switch outcome {
    case .failure(let error): error.isWorthAnotherTry
    case .success(let response): response.isWorthAnotherTry
    }
  }

  /// Seconds that `Retry-After` asks for: a number of them, or a date.
  ///
  /// Source: RFC 9110, 10.2.3.
  static func wish(_ header: String?, now: Date) -> Double? {
    guard let header else { return nil }
    if let seconds = Int(header) { return seconds >= 0 ? Double(seconds) : nil }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = .gmt
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    return format.date(from: header).map { max(0, $0.timeIntervalSince(now)) }
  }
}
