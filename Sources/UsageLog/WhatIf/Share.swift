/// A share of calls, taken by their identities: always the same calls, and those of 30 % are among those of 70 %.
package struct Share: Hashable, Sendable {
  /// Of 10,000.
  package let basisPoints: Int64

  package static let all = Share(basisPoints: 10_000)

  package init(basisPoints: Int64) { self.basisPoints = basisPoints }

  package func takes(_ identity: Int64) -> Bool {
    if basisPoints >= 10_000 { return true }
    return Int64(mixed(UInt64(bitPattern: identity)) % 10_000) < basisPoints
  }
}

/// A number whose every bit depends on all bits of another.
///
/// Source: the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
package func mixed(_ value: UInt64) -> UInt64 {
  var value = value &+ 0x9E37_79B9_7F4A_7C15
  value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
  value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
  return value ^ (value >> 31)
}
