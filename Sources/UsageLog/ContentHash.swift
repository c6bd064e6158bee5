/// XXH64 of some bytes: 64 bits, stable across versions and machines.
///
/// Names calls, long texts and log files by their content. Not a secret and not proof against an
/// attacker; equal hashes by accident need some four billion values.
/// Source: the XXH64 specification (xxHash, "XXH64 algorithm description").
package func contentHash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
  guard let base = bytes.baseAddress else { return avalanche(seed &+ prime5) }
  let raw = UnsafeRawPointer(base)
  let count = bytes.count
  var position = 0
  var hash: UInt64

  if count >= 32 {
    var lane1 = seed &+ prime1 &+ prime2
    var lane2 = seed &+ prime2
    var lane3 = seed
    var lane4 = seed &- prime1
    while position + 32 <= count {
      lane1 = round(lane1, word(raw, position))
      lane2 = round(lane2, word(raw, position + 8))
      lane3 = round(lane3, word(raw, position + 16))
      lane4 = round(lane4, word(raw, position + 24))
      position += 32
    }
    hash = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
    hash = merge(hash, lane1)
    hash = merge(hash, lane2)
    hash = merge(hash, lane3)
    hash = merge(hash, lane4)
  } else {
    hash = seed &+ prime5
  }

  hash &+= UInt64(count)
  while position + 8 <= count {
    hash = rotate(hash ^ round(0, word(raw, position)), 27) &* prime1 &+ prime4
    position += 8
  }
  if position + 4 <= count {
    let half = UInt64(
      UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    hash = rotate(hash ^ (half &* prime1), 23) &* prime2 &+ prime3
    position += 4
  }
  while position < count {
    hash = rotate(hash ^ (UInt64(bytes[position]) &* prime5), 11) &* prime1
    position += 1
  }
  return avalanche(hash)
}

package func contentHash(_ text: String, seed: UInt64 = 0) -> UInt64 {
  var text = text
  return text.withUTF8 { contentHash($0, seed: seed) }
}

private let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
private let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
private let prime3: UInt64 = 0x1656_67B1_9E37_79F9
private let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
private let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

@inline(__always)
private func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
  (value &<< bits) | (value &>> (64 &- bits))
}

@inline(__always)
private func word(_ raw: UnsafeRawPointer, _ offset: Int) -> UInt64 {
  UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
}

@inline(__always)
private func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
  rotate(lane &+ (input &* prime2), 31) &* prime1
}

@inline(__always)
private func merge(_ hash: UInt64, _ lane: UInt64) -> UInt64 {
  (hash ^ round(0, lane)) &* prime1 &+ prime4
}

@inline(__always)
private func avalanche(_ value: UInt64) -> UInt64 {
  var hash = value
  hash = (hash ^ (hash >> 33)) &* prime2
  hash = (hash ^ (hash >> 29)) &* prime3
  return hash ^ (hash >> 32)
}
