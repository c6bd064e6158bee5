/// Which tellings of a call belong together by the ids they know.
///
/// A telling of the message id joins all others of it, and those that know only the request whose id it knows as
/// well. When such a telling is taken back, what it joined falls apart again.
enum TellingGroups {
  /// Leaves the tellings that belong together, and takes out those of other calls.
  ///
  /// - Returns: the others, by call. Tellings that do not count stay.
  static func split(_ tellings: inout [Telling], in rows: CodedCalls) -> [[Telling]] {
    let current = tellings.current
    guard current.count > 1,
      current.contains(where: { rows.bytes($0.row, .messageID) == nil }),
      current.allSatisfy({
        rows.bytes($0.row, .requestID) != nil || rows.bytes($0.row, .messageID) != nil
      })
    else { return [] }
    let named = current.filter { rows.bytes($0.row, .messageID) != nil }
    var joined = Set(named.compactMap { rows.bytes($0.row, .requestID).map(Array.init) })
    if named.isEmpty, let first = rows.bytes(current[0].row, .requestID) { joined = [Array(first)] }
    var others: [[UInt8]: [Telling]] = [:]
    var order: [[UInt8]] = []
    for telling in current where rows.bytes(telling.row, .messageID) == nil {
      guard let request = rows.bytes(telling.row, .requestID).map(Array.init),
        !joined.contains(request)
      else { continue }
      if others[request] == nil { order.append(request) }
      others[request, default: []].append(telling)
    }
    let strays = order.compactMap { others[$0] }
    let taken = Set(strays.joined().map(\.row))
    tellings.removeAll { taken.contains($0.row) }
    return strays
  }
}
