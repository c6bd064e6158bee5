/// Numbers codes in the order they are first seen: the hash table behind dictionaries and groups.
struct CodeSlots {
  /// Code and number side by side: one look at memory finds both.
  private struct Entry {
    var code: Int64
    /// Counted from 1; 0 is an empty place.
    var number: Int
  }

  private(set) var codes: [Int64] = []
  private var table: [Entry]

  private static let empty = Entry(code: 0, number: 0)

  init() { table = Array(repeating: Self.empty, count: 1024) }

  init(_ codes: [Int64]) {
    self.init()
    for code in codes { _ = slot(of: code) }
  }

  /// The number given to a code, from 0.
  @inline(__always)
  mutating func slot(of code: Int64) -> Int {
    var place = place(of: code)
    while table[place].number != 0 {
      if table[place].code == code { return table[place].number &- 1 }
      place = (place &+ 1) & (table.count &- 1)
    }
    codes.append(code)
    table[place] = Entry(code: code, number: codes.count)
    if codes.count &* 2 > table.count { grow() }
    return codes.count &- 1
  }

  @inline(__always)
  func contains(_ code: Int64) -> Bool {
    var place = place(of: code)
    while table[place].number != 0 {
      if table[place].code == code { return true }
      place = (place &+ 1) & (table.count &- 1)
    }
    return false
  }

  mutating func removeAll() {
    codes.removeAll(keepingCapacity: true)
    for place in table.indices { table[place] = Self.empty }
  }

  @inline(__always)
  private func place(of code: Int64) -> Int {
    let product = UInt64(bitPattern: code) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: product >> 32) & (table.count &- 1)
  }

  private mutating func grow() {
    table = Array(repeating: Self.empty, count: table.count * 4)
    for (slot, code) in codes.enumerated() {
      var place = place(of: code)
      while table[place].number != 0 { place = (place &+ 1) & (table.count &- 1) }
      table[place] = Entry(code: code, number: slot + 1)
    }
  }
}
