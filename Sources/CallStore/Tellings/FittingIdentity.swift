import UsageLog

extension CallBooks {
  /// The strongest id that the call's tellings know gives its identity.
  func fittingIdentity(of row: Int, was old: Int64, asked: Int64?) -> Int64 {
    guard memory[row, .kind] == CodedCalls.null else { return asked ?? old }
    let request = memory.bytes(row, .requestID)
    if let message = memory.bytes(row, .messageID) {
      let own = identity(message)
      if old == own { return old }
      if let request, old == CallIdentity.apart(message: own, request: request) { return old }
      return asked ?? own
    }
    guard let request else { return old }
    let attempt = max(memory[row, .attempt], 0)
    let counted = attempt > 1 ? identity(request, seed: UInt64(attempt)) : identity(request)
    if old == counted || old == identity(request) { return old }
    return CallIdentity.isIssued(request) ? identity(request) : counted
  }

  func identity(_ id: ArraySlice<UInt8>, seed: UInt64 = 0) -> Int64 {
    id.withUnsafeBufferPointer { Int64(bitPattern: contentHash($0, seed: seed)) }
  }
}
