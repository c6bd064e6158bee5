/// The call of a last record that ended with its log, not with a line break.
///
/// Many exports lack the last break, so such a record counts at once; half of a row that is still being
/// written counts too, and has to give way when its other half arrives.
struct ProvisionalCall: Equatable, Sendable {
  var hour: Int64
  var identity: Int64
}

/// A provisional call whose place in its log another record has taken.
struct Withdrawal {
  var call: ProvisionalCall
  var source: Int64
  var line: Int64
  /// The call in its place, if the record there is one that has a time of its own.
  var successor: ProvisionalCall?
}

/// Which call of a log is provisional, and where its record starts.
struct ProvisionalPlace {
  var call: ProvisionalCall
  let offset: Int64
  let line: Int64

  /// What the record found at the place makes of the call; nil where it is the same one again.
  ///
  /// - Parameter row: the record's call in `rows`; nil if it is none.
  func withdrawal(for row: Int?, of rows: CodedCalls, source: Int64) -> Withdrawal? {
    var withdrawal = Withdrawal(call: call, source: source, line: line)
    guard let row else { return withdrawal }
    let found = ProvisionalCall(hour: rows[row, .hour], identity: rows[row, .identity])
    if found.identity == call.identity {
      // The file's time moves on while the record stays the same.
      if found == call || rows[row, .timeIsApproximate] != CodedCalls.null { return nil }
      withdrawal.successor = found
    }
    return withdrawal
  }
}
