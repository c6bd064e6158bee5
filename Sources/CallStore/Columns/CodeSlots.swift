/// Numbers codes in the order they are first seen: the hash table behind dictionaries and groups.
struct CodeSlots {
  private(set) var codes: [Int64] = []
  /// By hash: the number, counted from 1, below the upper half of the hash; 0 is an empty place.
  ///
  /// The hash tells nearly all other codes apart without a look at them.
  private var table: [UInt64]

  init() { table = Array(repeating: 0, count: 1024) }

  init(_ codes: [Int64]) {
    self.init()
    for code in codes { _ = slot(of: code) }
  }

  /// The number given to a code, from 0.
  @inline(__always)
  mutating func slot(of code: Int64) -> Int {
    let hash = Self.hash(code)
    var place = Int(truncatingIfNeeded: hash >> 32) & (table.count &- 1)
    while table[place] != 0 {
      if isHit(table[place], hash, code) { return Self.number(table[place]) &- 1 }
      place = (place &+ 1) & (table.count &- 1)
    }
    codes.append(code)
    table[place] = hash & Self.tag | UInt64(codes.count)
    if codes.count &* 2 > table.count { grow() }
    return codes.count &- 1
  }

  @inline(__always)
  func contains(_ code: Int64) -> Bool {
    let hash = Self.hash(code)
    var place = Int(truncatingIfNeeded: hash >> 32) & (table.count &- 1)
    while table[place] != 0 {
      if isHit(table[place], hash, code) { return true }
      place = (place &+ 1) & (table.count &- 1)
    }
    return false
  }

  mutating func removeAll() {
    defer { codes.removeAll(keepingCapacity: true) }
    // One large part must not make every small one behind it clear a large table.
    if table.count > 1024, table.count > 16 * codes.count {
      table = Array(repeating: 0, count: 1024)
      return
    }
    for place in table.indices { table[place] = 0 }
  }

  private static let tag: UInt64 = 0xFFFF_FFFF_0000_0000

  @inline(__always)
  private static func hash(_ code: Int64) -> UInt64 {
    let product = UInt64(bitPattern: code) &* 0x9E37_79B9_7F4A_7C15
    return product ^ product >> 32
  }

  @inline(__always)
  private static func number(_ entry: UInt64) -> Int { Int(entry & ~tag) }

  @inline(__always)
  private func isHit(_ entry: UInt64, _ hash: UInt64, _ code: Int64) -> Bool {
    (entry ^ hash) & Self.tag == 0 && codes[Self.number(entry) &- 1] == code
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: table.count * 2)
    for entry in table where entry != 0 {
      // The tag is the part of the hash that places are counted from.
      var place = Int(truncatingIfNeeded: entry >> 32) & (larger.count &- 1)
      while larger[place] != 0 { place = (place &+ 1) & (larger.count &- 1) }
      larger[place] = entry
    }
    table = larger
  }
}
