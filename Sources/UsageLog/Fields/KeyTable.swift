/// What a key means, learned once a spelling: looked up by the key's raw bytes, without allocating.
struct KeyTable {
  struct Meaning {
    var field: Field?
    var fieldIndex = 0
    /// 0 for what the user mapped, 1 for the best spelling of the field, then 2, 3, ….
    var rank: UInt8 = 0
    /// A word that means the field only where it holds a number.
    var needsNumber = false
    var nest: Nest?
    var isType = false
    var isID = false
    /// Known inside a usage object, though nothing is counted by it.
    var isKnownUsage = false
    /// `object`, which says what an answer in OpenAI's style is.
    var isObjectKind = false
  }

  private struct Slot {
    var key: [UInt8]
    var meaning: Meaning
  }

  private var byName: [String: Meaning]
  private var slots: [Slot?]
  /// Spellings learned so far.
  private(set) var used = 0
  private let use: MappingUse?

  /// More keys than any log's records have; beyond, they are data.
  private static let limit = 2048

  /// - Parameters:
  ///   - mapped: the user's `--map COLUMN=FIELD`; stronger than every alias.
  ///   - use: is told which of them a log has.
  init(mapped: [String: Field] = [:], use: MappingUse? = nil) {
    self.use = use
    slots = Array(repeating: nil, count: 128)
    byName = Self.standard
    for (column, field) in mapped {
      byName[normalized(column.utf8), default: Meaning()].set(field, rank: 0)
    }
  }

  /// Put together once: ten thousand small logs are ten thousand tables.
  private static let standard: [String: Meaning] = {
    var byName: [String: Meaning] = [:]
    for (field, names) in FieldNames.aliases {
      for (rank, name) in names.split(separator: " ").enumerated() {
        byName[normalized(name.utf8), default: Meaning()].set(field, rank: UInt8(rank + 1))
      }
    }
    for name in FieldNames.ambiguous { byName[name]?.needsNumber = true }
    for nest in Nest.allCases {
      byName[normalized(nest.rawValue.utf8), default: Meaning()].nest = nest
    }
    for name in FieldNames.uncountedUsage {
      byName[normalized(name.utf8), default: Meaning()].isKnownUsage = true
    }
    byName["type", default: Meaning()].isType = true
    byName["id", default: Meaning()].isID = true
    byName["object", default: Meaning()].isObjectKind = true
    return byName
  }()

  @inline(__always)
  mutating func meaning(of key: Text) -> Meaning {
    var index = hash(key) & (slots.count - 1)
    while let slot = slots[index] {
      if slot.key.count == key.count, matches(slot.key, key) { return slot.meaning }
      index = (index + 1) & (slots.count - 1)
    }
    return learn(key, at: index)
  }

  private mutating func learn(_ key: Text, at index: Int) -> Meaning {
    let meaning = byName[normalized(key.bytes)] ?? Meaning()
    if let use, meaning.field != nil, meaning.rank == 0 { use.meet(column: normalized(key.bytes)) }
    // A log whose keys are data (ids as keys) must not fill the table without end.
    guard used < Self.limit else { return meaning }
    slots[index] = Slot(key: Array(key.bytes), meaning: meaning)
    used += 1
    if used * 2 > slots.count { grow() }
    return meaning
  }

  private mutating func grow() {
    let known = slots.compactMap { $0 }
    slots = Array(repeating: nil, count: slots.count * 2)
    for slot in known {
      var index =
        slot.key.withUnsafeBufferPointer { bytes in
          bytes.baseAddress.map { hash(Text(start: $0, count: bytes.count)) } ?? 0
        } & (slots.count - 1)
      while slots[index] != nil { index = (index + 1) & (slots.count - 1) }
      slots[index] = slot
    }
  }

  @inline(__always)
  private func hash(_ key: Text) -> Int {
    var value = UInt64(key.count)
    var index = 0
    while index < key.count {
      value = (value ^ UInt64(key[index])) &* 0x100_0000_01B3
      index += 1
    }
    return Int(truncatingIfNeeded: value ^ (value >> 29))
  }

  @inline(__always)
  private func matches(_ stored: [UInt8], _ key: Text) -> Bool {
    stored.withUnsafeBufferPointer { bytes in
      for index in 0..<key.count where bytes[index] != key[index] { return false }
      return true
    }
  }
}

extension KeyTable.Meaning {
  fileprivate mutating func set(_ field: Field, rank: UInt8) {
    self.field = field
    fieldIndex = field.index
    self.rank = rank
    needsNumber = false
  }
}

/// Lower case, without `_`, `-`, `.` and spaces.
func normalized(_ bytes: some Sequence<UInt8>) -> String {
  String(
    decoding: bytes.lazy
      .filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") && $0 != 0x20 && $0 != 0x2E }
      .map(lowercased),
    as: UTF8.self)
}
