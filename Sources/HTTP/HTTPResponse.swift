/// What came back: a status, headers, a body.
package struct HTTPResponse: Sendable, Equatable {
  package var status: Int
  /// By their names in lower case; of equal ones the last.
  package var headers: [String: String]
  package var body: [UInt8]

  package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  package var isSuccess: Bool { (200...299).contains(status) }

  /// Whether the same request may be answered otherwise a little later.
  var isWorthAnotherTry: Bool { status == 408 || status == 429 || (500...599).contains(status) }
}
