/// A call's key as people type it: the hour, and the identity in hexadecimal: `498211/85bce1e35ceab3e9`.
extension CallKey {
  var text: String { "\(hour)/\(hexadecimal(identity))" }

  init?(text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = Int64(parts[0]), parts[1].utf8.count == 16,
      let identity = UInt64(parts[1], radix: 16)
    else { return nil }
    self.init(hour: hour, identity: Int64(bitPattern: identity))
  }
}

/// Sixteen digits.
func hexadecimal(_ number: Int64) -> String {
  let digits = String(UInt64(bitPattern: number), radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
