import Testing

@testable import UsageLog

/// One byte of a log changed at random: at most the lines it touches are lost, and nothing crashes.
struct RandomDamageTests {
  private let count = 12

  @Test func `a damaged byte costs no other line of a JSON log`() throws {
    let lines = (10..<10 + count).map { Story.line($0) }
    for (bytes, touched) in damaged(lines, header: nil, seed: 6, times: 300) {
      let records = try readLog(bytes)
      expect(records, but: touched, of: bytes)
    }
  }

  @Test func `a damaged byte costs no other row of a delimited log`() throws {
    let rows = (10..<10 + count).map { Story.row($0) }
    for (bytes, touched) in damaged(rows, header: Story.header, seed: 7, times: 300) {
      let records = try readLog(bytes)
      expect(records, but: touched, of: bytes)
    }
  }

  /// Logs with one byte changed, added or removed, and the numbers of the lines it may have changed.
  private func damaged(
    _ lines: [String], header: String?, seed: UInt64, times: Int
  ) -> [(bytes: [UInt8], touched: ClosedRange<Int>)] {
    var random = SeededRandom(seed)
    let start = header.map { Array(($0 + "\n").utf8) } ?? []
    let length = lines[0].utf8.count + 1
    let bytes = start + Array((lines.joined(separator: "\n") + "\n").utf8)
    let telling = Array("{}[]\",:\\\n\r\t\0 -e.9".utf8) + [0xC3, 0xFF]
    return (0..<times).map { _ in
      var changed = bytes
      let at = start.count + random.below(bytes.count - start.count)
      let byte = random.pick(telling)
      switch random.below(3) {
      case 0: changed[at] = byte
      case 1: changed.insert(byte, at: at)
      default: changed.remove(at: at)
      }
      let line = (at - start.count) / length
      // Where the line break itself went, the next line hangs on to this one.
      let last = (at - start.count) % length == length - 1 ? line + 1 : line
      return (changed, line...last)
    }
  }

  private func expect(_ records: [ReadRecord], but touched: ClosedRange<Int>, of bytes: [UInt8]) {
    let outputs = Set(records.outputs.compactMap { $0 })
    for line in 0..<count where !touched.contains(line) {
      #expect(outputs.contains("\(10 + line)"), "\(String(decoding: bytes, as: UTF8.self))")
    }
    let ends = records.map { $0.offset + $0.length }
    #expect(zip(records.dropFirst(), ends).allSatisfy { $0.offset >= $1 })
    #expect((ends.last ?? 0) <= Int64(bytes.count))
  }
}
