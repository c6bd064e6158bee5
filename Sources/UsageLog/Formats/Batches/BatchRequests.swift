/// What was submitted in Message Batches, by `custom_id`: results name their requests by it only.
///
/// Of a request nothing is kept but its prompt's hash, its limit and its user.
package struct BatchRequests: Sendable {
  package struct Request: Equatable, Sendable {
    package var prompt: UInt64?
    package var maxTokens: Int64?
    package var userID: String?
  }

  /// Nil where several batches used an id for different requests: which of them is meant nobody can tell.
  private var requests: [String: Request?] = [:]

  package init() {}

  package var isEmpty: Bool { requests.isEmpty }

  package subscript(customID: Text) -> Request? {
    isEmpty ? nil : requests[customID.string] ?? nil
  }

  /// Why a result's request is not told, for the user; nil where it is, or where none were given.
  func gap(_ customID: Text) -> String? {
    if isEmpty { return nil }
    switch requests[customID.string] {
    case .some(.some): return nil
    case .some(.none):
      return "a custom_id that --requests tells of different requests: its prompt is left open"
    case .none: return "a batch result whose request --requests does not tell"
    }
  }

  mutating func add(_ request: Request, as customID: String) {
    if let known = requests[customID], known != request {
      requests[customID] = .some(nil)
    } else {
      requests[customID] = request
    }
  }
}
