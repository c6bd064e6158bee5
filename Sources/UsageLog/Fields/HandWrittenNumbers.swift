/// Numbers as spreadsheets and people write them: `1,234`, `1 234`, `0,0108`.
///
/// In delimited files only. A count has no fraction, so whatever groups its digits by three is a separator; a
/// cost with one comma and no point has a decimal comma, as one call does not cost thousands.
final class HandWrittenNumbers {
  enum Kind {
    case count, cost

    init?(_ field: Field) {
      switch field {
      case .inputTokens, .promptTokens, .cacheCreateTokens, .cacheCreate5mTokens,
        .cacheCreate1hTokens, .cacheReadTokens, .cachedTokens, .outputTokens, .webSearchRequests,
        .latencyMs, .ttftMs, .maxTokens:
        self = .count
      case .costNanos, .costMicros, .costCents, .costDollars:
        self = .cost
      default: return nil
      }
    }
  }

  private var written: [UnsafeMutablePointer<UInt8>] = []
  /// A number of the row was not plain.
  var rewrote: Bool { !written.isEmpty }

  deinit { begin() }

  /// Forgets the row before.
  func begin() {
    guard !written.isEmpty else { return }
    for text in written { text.deallocate() }
    written.removeAll(keepingCapacity: true)
  }

  /// The number without what groups it; anything else as it is.
  ///
  /// Valid until the next row.
  func plain(_ text: Text, _ kind: Kind) -> Text {
    let text = text.trimmed
    guard let first = text.bytes.first(where: { !isDigit($0) }),
      first == UInt8(ascii: ",") || first == 0x20 || first == UInt8(ascii: "'") || first >= 0xC2
        || first == UInt8(ascii: ".") && kind == .cost
    else { return text }
    return (kind == .count ? ungrouped(text.bytes[...]) : cost(text)).map { keep($0) } ?? text
  }

  /// Digits in groups of three, all with the same separator between them.
  private func ungrouped(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8]? {
    var groups: [[UInt8]] = [[]]
    var separators: Set<[UInt8]> = []
    var rest = text
    while let byte = rest.first {
      if isDigit(byte) {
        groups[groups.count - 1].append(byte)
        rest = rest.dropFirst()
        continue
      }
      guard let separator = Self.separators.first(where: { rest.starts(with: $0) }) else {
        return nil
      }
      separators.insert(separator)
      groups.append([])
      rest = rest.dropFirst(separator.count)
    }
    guard groups.count > 1, separators.count == 1, (1...3).contains(groups[0].count),
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return groups.flatMap { $0 }
  }

  /// Comma, space, apostrophe, and the spaces that spreadsheets do not break.
  private static let separators: [[UInt8]] = [
    [0x2C], [0x20], [0x27], [0xC2, 0xA0], [0xE2, 0x80, 0xAF], [0xE2, 0x80, 0x99],
  ]

  private func cost(_ text: Text) -> [UInt8]? {
    let bytes = text.bytes
    let commas = bytes.filter { $0 == UInt8(ascii: ",") }.count
    let lastPoint = bytes.lastIndex(of: UInt8(ascii: "."))
    guard commas > 0, let lastComma = bytes.lastIndex(of: UInt8(ascii: ",")) else { return nil }
    if let lastPoint {
      guard lastComma > lastPoint else {
        return ungrouped(bytes[..<lastPoint]).map { $0 + bytes[lastPoint...] }
      }
      let whole = bytes[..<lastComma].map { $0 == UInt8(ascii: ".") ? UInt8(ascii: ",") : $0 }
      let plain = whole.withUnsafeBufferPointer { ungrouped($0[...]) }
      return plain.map { $0 + [UInt8(ascii: ".")] + bytes[(lastComma + 1)...] }
    }
    if commas > 1 { return ungrouped(bytes[...]) }
    return bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
  }

  private func keep(_ number: [UInt8]) -> Text {
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: max(number.count, 1))
    block.initialize(from: number, count: number.count)
    written.append(block)
    return Text(start: block, count: number.count)
  }
}
