/// Texts that a format puts together itself, and that live as long as its record's own.
final class RecordTexts {
  private var blocks: [UnsafeMutablePointer<UInt8>] = []

  deinit { begin() }

  /// Forgets the texts of the record before.
  func begin() {
    guard !blocks.isEmpty else { return }
    for block in blocks { block.deallocate() }
    blocks.removeAll(keepingCapacity: true)
  }

  func text(_ string: String) -> Text {
    var string = string
    return string.withUTF8 {
      joined([Text(start: $0.baseAddress ?? Self.nothing, count: $0.count)])
    }
  }

  func joined(_ texts: [Text]) -> Text {
    let count = texts.reduce(0) { $0 + $1.count }
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
    blocks.append(block)
    var end = block
    for text in texts {
      end.update(from: text.start, count: text.count)
      end += text.count
    }
    return Text(start: UnsafePointer(block), count: count)
  }

  private static var nothing: UnsafePointer<UInt8> { ("" as StaticString).utf8Start }
}

extension Text {
  /// A text of the program itself.
  init(constant: StaticString) {
    self.init(start: constant.utf8Start, count: constant.utf8CodeUnitCount)
  }

  /// Where the bytes stand for the first time, from `position` on.
  func position(of wanted: StaticString, from position: Int = 0) -> Int? {
    let count = wanted.utf8CodeUnitCount
    guard count > 0, count <= self.count - position else { return nil }
    let first = wanted.utf8Start[0]
    for index in position...(self.count - count)
    where self[index] == first && equalBytes(start + index, wanted.utf8Start, count) {
      return index
    }
    return nil
  }

  /// The path's part behind another one: `us-east5` behind `locations`.
  func pathPart(behind name: StaticString) -> Text? {
    guard let place = position(of: name) else { return nil }
    let rest = dropFirst(place + name.utf8CodeUnitCount)
    guard !rest.isEmpty, rest[0] == UInt8(ascii: "/") else { return nil }
    let part = rest.dropFirst(1)
    let end = part.bytes.firstIndex(of: UInt8(ascii: "/")) ?? part.count
    return end == 0 ? nil : part.prefix(end)
  }
}
