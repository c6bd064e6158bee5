/// What one record says about each field: the best spelling wins, of equals the first.
///
/// Two different values under one spelling in one object conflict.
package final class FieldValues {
  private let ranks: UnsafeMutablePointer<UInt8>
  private let texts: UnsafeMutablePointer<Text>
  private let objects: UnsafeMutablePointer<Int>
  private static let unset: UInt8 = 255
  private static let count = Field.allCases.count

  /// A field that one object gave twice, with different values.
  private(set) var conflict: Field?

  init() {
    ranks = .allocate(capacity: Self.count)
    texts = .allocate(capacity: Self.count)
    objects = .allocate(capacity: Self.count)
    ranks.initialize(repeating: Self.unset, count: Self.count)
    texts.initialize(repeating: Text(start: UnsafePointer(ranks), count: 0), count: Self.count)
    objects.initialize(repeating: 0, count: Self.count)
  }

  deinit {
    ranks.deallocate()
    texts.deallocate()
    objects.deallocate()
  }

  func clear() {
    ranks.update(repeating: Self.unset, count: Self.count)
    conflict = nil
  }

  /// Notes a value that stands in the object of that number; a lower rank is stronger.
  @inline(__always)
  func set(_ index: Int, rank: UInt8, _ text: Text, in object: Int = 0) {
    if rank < ranks[index] {
      ranks[index] = rank
      texts[index] = text
      objects[index] = object
    } else if rank == ranks[index], object == objects[index], !(texts[index] == text) {
      conflict = Field.allCases[index]
    }
  }

  func set(_ field: Field, rank: UInt8, _ text: Text, in object: Int = 0) {
    set(field.index, rank: rank, text, in: object)
  }

  func set(_ field: Field, rank: UInt8, _ text: Text?, in object: Int) {
    guard let text, !text.isEmpty else { return }
    set(field.index, rank: rank, text, in: object)
  }

  func has(_ field: Field) -> Bool { ranks[field.index] != Self.unset }

  /// The value as it was written; nil where it was not logged or is empty.
  @inline(__always)
  func text(_ field: FieldIndex) -> Text? {
    guard ranks[field.value] != Self.unset else { return nil }
    let text = texts[field.value].trimmed
    return text.isEmpty ? nil : text
  }
}

extension FieldValues {
  /// A field's value, to be compared with what it becomes.
  struct Mark {
    fileprivate let rank: UInt8
    fileprivate let text: Text
  }

  func mark(_ field: FieldIndex) -> Mark {
    Mark(rank: ranks[field.value], text: texts[field.value])
  }

  /// Makes a value that was set since weaker than any other, an earlier one included.
  func weaken(_ field: FieldIndex, since mark: Mark) {
    guard ranks[field.value] != mark.rank, ranks[field.value] != 0 else { return }
    if mark.rank == Self.unset {
      ranks[field.value] = Self.unset - 1
    } else {
      ranks[field.value] = mark.rank
      texts[field.value] = mark.text
    }
  }

  /// Takes a count for one that counts more, unless the user mapped it.
  func reread(_ field: FieldIndex, as other: FieldIndex) {
    let rank = ranks[field.value]
    guard rank != Self.unset, rank != 0 else { return }
    if ranks[other.value] == Self.unset {
      ranks[other.value] = rank
      texts[other.value] = texts[field.value]
    }
    ranks[field.value] = Self.unset
  }
}

/// A field's position, computed once: looking it up for each of a million calls would show.
struct FieldIndex {
  let value: Int
  let field: Field

  init(_ field: Field) {
    self.field = field
    value = field.index
  }
}

extension FieldIndex {
  static let occurredAt = FieldIndex(.occurredAt)
  static let requestID = FieldIndex(.requestID)
  static let messageID = FieldIndex(.messageID)
  static let tenantID = FieldIndex(.tenantID)
  static let feature = FieldIndex(.feature)
  static let deploySHA = FieldIndex(.deploySHA)
  static let model = FieldIndex(.model)
  static let promptHash = FieldIndex(.promptHash)
  static let inputTokens = FieldIndex(.inputTokens)
  static let promptTokens = FieldIndex(.promptTokens)
  static let cacheCreateTokens = FieldIndex(.cacheCreateTokens)
  static let cacheCreate5mTokens = FieldIndex(.cacheCreate5mTokens)
  static let cacheCreate1hTokens = FieldIndex(.cacheCreate1hTokens)
  static let cacheReadTokens = FieldIndex(.cacheReadTokens)
  static let cachedTokens = FieldIndex(.cachedTokens)
  static let outputTokens = FieldIndex(.outputTokens)
  static let webSearchRequests = FieldIndex(.webSearchRequests)
  static let costNanos = FieldIndex(.costNanos)
  static let costMicros = FieldIndex(.costMicros)
  static let costCents = FieldIndex(.costCents)
  static let costDollars = FieldIndex(.costDollars)
  static let statusCode = FieldIndex(.statusCode)
  static let latencyMs = FieldIndex(.latencyMs)
  static let latency = FieldIndex(.latency)
  static let ttftMs = FieldIndex(.ttftMs)
  static let serviceTier = FieldIndex(.serviceTier)
  static let speed = FieldIndex(.speed)
  static let inferenceGeo = FieldIndex(.inferenceGeo)
  static let channel = FieldIndex(.channel)
  static let region = FieldIndex(.region)
  static let stopReason = FieldIndex(.stopReason)
  static let stopCategory = FieldIndex(.stopCategory)
  static let outcome = FieldIndex(.outcome)
  static let sessionID = FieldIndex(.sessionID)
  static let userID = FieldIndex(.userID)
  static let agent = FieldIndex(.agent)
  static let operationID = FieldIndex(.operationID)
  static let attempt = FieldIndex(.attempt)
  static let retryCount = FieldIndex(.retryCount)
  static let parentCall = FieldIndex(.parentCall)
  static let workspace = FieldIndex(.workspace)
  static let apiKey = FieldIndex(.apiKey)
  static let maxTokens = FieldIndex(.maxTokens)
  static let prefixHash = FieldIndex(.prefixHash)
  static let toolHash = FieldIndex(.toolHash)
}
