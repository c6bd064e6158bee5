/// The same numbers on every run and every machine (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}

/// Writes JSON documents that look like logs and use every corner of the grammar.
struct RandomDocument {
  var random: SeededRandom
  private var text = ""

  init(seed: UInt64) { random = SeededRandom(seed) }

  mutating func next() -> [UInt8] {
    text = ""
    value(depth: 0)
    space()
    return Array(text.utf8)
  }

  private mutating func value(depth: Int) {
    space()
    switch random.below(depth > 4 ? 6 : 10) {
    case 0: text += random.pick(["true", "false", "null"])
    case 1, 2: number()
    case 3, 4, 5: string()
    case 6, 7, 8: list("{", "}", depth: depth, keyed: true)
    default: list("[", "]", depth: depth, keyed: false)
    }
    space()
  }

  private mutating func list(_ open: String, _ close: String, depth: Int, keyed: Bool) {
    text += open
    space()
    for index in 0..<random.below(5) {
      if index > 0 { text += "," }
      if keyed {
        space()
        // The index keeps keys apart: parsers differ on equal ones.
        text += "\"" + random.pick(["usage", "größe", "a\\n", "\\u00e9", "/", ""]) + "\(index)\""
        space()
        text += ":"
      }
      value(depth: depth + 1)
    }
    text += close
  }

  private mutating func number() {
    text += random.pick(["", "", "-"])
    text += random.pick(["0", "7", "12", "2186", "9007199254740993", "1790000000000"])
    text += random.pick(["", "", "", ".0", ".5", ".000001", ".123456789012345678"])
    text += random.pick(["", "", "", "e0", "E3", "e+7", "E-7", "e-0"])
  }

  private mutating func string() {
    text += "\""
    for _ in 0..<random.below(6) {
      text += random.pick([
        "brisk-parcel", "alder-bank", " ", "x", "ü", "€", "📦", "荷物", "\u{7F}", "\u{2028}",
        "\\n", "\\t", "\\\"", "\\\\", "\\/", "\\b\\f\\r", "\\u0041", "\\u20ac", "\\ud83d\\udce6",
        "\\u0000", "a longer run of plain text",
      ])
    }
    text += "\""
  }

  private mutating func space() { text += random.pick(["", "", "", " ", "\n", "\r\n\t"]) }
}
