import UsageLog

/// The 64-bit identities that a call's ids give it (docs/identity.md).
enum CallIdentity {
  static func ofMessage(_ id: Text) -> UInt64 { contentHash(id.bytes) }

  /// Attempts that share the caller's own id are calls of their own.
  static func ofRequest(_ id: Text, attempt: Int64?) -> UInt64 {
    contentHash(id.bytes, seed: (attempt ?? 0) > 1 ? UInt64(attempt ?? 0) : 0)
  }

  /// Of a hidden call, by the identity of the call it lies in.
  static func ofIteration(_ type: Text, _ index: Int, in call: UInt64) -> UInt64 {
    contentHash(type.bytes, seed: call &+ UInt64(index))
  }

  /// Of a second call that shares the message id with a first one, but not the request.
  static func apart(message identity: Int64, request: ArraySlice<UInt8>) -> Int64 {
    request.withUnsafeBufferPointer {
      Int64(bitPattern: contentHash($0, seed: UInt64(bitPattern: identity)))
    }
  }

  /// Whether the vendor gave the id: one such id is one call, whoever tells of it.
  static func isIssued(_ request: ArraySlice<UInt8>) -> Bool { request.starts(with: "req_".utf8) }

  /// What a replay's row version lies below the record's own.
  static let replayPenalty: Int64 = 1 << 52
}

/// What a record's call can be found by, beside its identity.
struct IdentityClues: Equatable {
  /// Without any id: the hash of its line.
  var lineHash: UInt64?
  /// The identity that its request id alone would give, where the message id gives the identity.
  var alias: UInt64?
  /// The identity is a request id's.
  var isRequest = false
  /// Its source may tell it with any time.
  var drifts = false
}

extension Call {
  var hasIssuedRequestID: Bool {
    requestIDIsIssued || requestID.map { $0.hasPrefix("req_") } ?? false
  }
}
