import UsageLog

/// Codes for the texts that repeat: tenants, features, models, ….
///
/// The import is the database's only writer, so it may number new names itself; they travel with the batch
/// that first uses them.
struct NameTable {
  private var slots: [Int32]
  /// By code - 1: where the text lies in `text`, and its hash.
  private var ranges: [Range<Int>] = []
  private var hashes: [UInt64] = []
  private var text: [UInt8] = []
  /// Named since the last `takeNew`.
  private var firstNew = 0

  /// - Parameter known: the names already stored; their codes are 1, 2, 3, ….
  init(known: [String] = []) {
    slots = Array(repeating: 0, count: 4096)
    for name in known {
      var name = name
      _ = name.withUTF8 { code($0) }
    }
    firstNew = ranges.count
  }

  /// The code of a text, given out on first sight.
  mutating func code(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
    let hash = contentHash(bytes)
    var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[index] != 0 {
      let position = Int(slots[index]) - 1
      if hashes[position] == hash, isEqual(position, bytes) { return Int64(position + 1) }
      index = (index + 1) & (slots.count - 1)
    }
    if let visible = withoutNUL(bytes) { return code(visible) }
    let start = text.count
    text.append(contentsOf: bytes)
    ranges.append(start..<text.count)
    hashes.append(hash)
    slots[index] = Int32(ranges.count)
    if ranges.count * 2 > slots.count { grow() }
    return Int64(ranges.count)
  }

  mutating func code(_ name: String) -> Int64 {
    var name = name
    return name.withUTF8 { code($0) }
  }

  mutating func code(_ text: Text?) -> Int64 {
    guard let text, !text.isEmpty else { return CodedCalls.null }
    return code(text.bytes)
  }

  func name(_ code: Int64) -> String? {
    guard code >= 1, code <= Int64(ranges.count) else { return nil }
    return String(decoding: text[ranges[Int(code) - 1]], as: UTF8.self)
  }

  /// The names given out since the last call.
  mutating func takeNew() -> [(code: Int64, name: String)] {
    defer { firstNew = ranges.count }
    return (firstNew..<ranges.count).map {
      (Int64($0 + 1), String(decoding: text[ranges[$0]], as: UTF8.self))
    }
  }

  private func isEqual(_ position: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = ranges[position]
    guard range.count == bytes.count else { return false }
    return text.withUnsafeBufferPointer { stored in
      for index in 0..<bytes.count where stored[range.lowerBound + index] != bytes[index] {
        return false
      }
      return true
    }
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (position, hash) in hashes.enumerated() {
      var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
      slots[index] = Int32(position + 1)
    }
  }
}

/// The text with its NUL bytes made visible; nil if it has none.
///
/// For SQLite a text ends at the first one.
private func withoutNUL(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
  guard bytes.contains(0) else { return nil }
  return String(decoding: bytes, as: UTF8.self).replacing("\0", with: "\u{FFFD}")
}

/// Codes for texts with many different values: their own hash, so nothing has to be looked up.
struct LongNames {
  private var announced: Set<Int64> = []
  private(set) var new: [(code: Int64, name: String)] = []
  /// Beyond so many texts the memory of what was announced starts afresh; storing one twice is harmless.
  private static let limit = 100_000

  mutating func code(_ text: Text?) -> Int64 {
    guard let text, !text.isEmpty else { return CodedCalls.null }
    let code = Self.code(hash: contentHash(text.bytes))
    if announced.insert(code).inserted {
      new.append((code, withoutNUL(text.bytes) ?? text.string))
      if announced.count > Self.limit { announced.removeAll(keepingCapacity: true) }
    }
    return code
  }

  /// 0 stands for "not logged" in the sums, and the smallest number for NULL in a batch.
  private static func code(hash: UInt64) -> Int64 {
    let code = Int64(bitPattern: hash)
    return code == 0 || code == CodedCalls.null ? 1 : code
  }

  /// The code under which a text is stored, if it is.
  static func code(of text: String, isPrompt: Bool) -> Int64 {
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return CodedCalls.null }
      let name = Text(start: start, count: bytes.count)
      var names = LongNames()
      return isPrompt ? names.code(PromptKey(name)) : names.code(name)
    }
  }

  /// A prompt hash of 16 digits is its own code.
  mutating func code(_ prompt: PromptKey?) -> Int64 {
    switch prompt {
    case nil: return CodedCalls.null
    case .text(let text): return code(text)
    case .digits(let value):
      let code = Int64(bitPattern: value)
      guard code != 0, code != CodedCalls.null else {
        return code0(value)
      }
      return code
    }
  }

  mutating func takeNew() -> [(code: Int64, name: String)] {
    defer { new.removeAll(keepingCapacity: true) }
    return new
  }

  /// The two numbers that mean something else are kept as texts.
  private mutating func code0(_ value: UInt64) -> Int64 {
    let digits = value == 0 ? "0000000000000000" : "8000000000000000"
    let code = Int64(bitPattern: contentHash(digits))
    if announced.insert(code).inserted { new.append((code, digits)) }
    return code
  }
}
