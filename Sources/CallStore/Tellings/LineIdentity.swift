/// The identity of a call whose record has no id: its line, and how many equal lines came before
/// it in the same log.
///
/// Reading the log again, or a copy of it, gives the same identities.
enum LineIdentity {
  static func identity(_ lineHash: UInt64, ordinal: Int) -> UInt64 {
    var value = lineHash &+ UInt64(ordinal) &* 0x9E37_79B1_85EB_CA87
    value = (value ^ (value >> 33)) &* 0xC2B2_AE3D_27D4_EB4F
    return value ^ (value >> 29)
  }
}

/// Counts equal lines within bounded memory: exactly, as long as equal lines lie within some
/// hundred thousand lines of each other.
///
/// Further apart the store's own rows tell (see `BatchWriter`).
struct LineCounter {
  private var recent: [UInt64: Int] = [:]
  private var older: [UInt64: Int] = [:]
  private static let span = 200_000

  /// How many equal lines came before.
  mutating func next(_ lineHash: UInt64) -> Int {
    let seen = recent[lineHash] ?? older[lineHash] ?? 0
    recent[lineHash] = seen + 1
    if recent.count >= Self.span {
      older = recent
      recent = [:]
    }
    return seen
  }
}
