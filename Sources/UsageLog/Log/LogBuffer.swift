#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A window onto a log: the bytes from the current record on, refilled from the input as needed.
///
/// Grows to hold one record, up to the record limit; behind the last byte lie eight more that may be read.
/// Keeps the log's first bytes, and the last ones passed, to know the log again by.
final class LogBuffer {
  static let recordLimit = 16 * 1_048_576
  private static let step = 1_048_576

  private let input: any ByteInput
  /// The log's first bytes, up to `LogFingerprint.span`.
  private(set) var head: [UInt8]
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var start = 0
  private var end = 0
  private(set) var isAtEnd = false
  private var held: Int64?
  /// Position of the window's first byte in the (decompressed) log.
  private(set) var offset: Int64
  /// Number of the line in which the window starts, from 1.
  private(set) var line: Int64

  /// - Parameter head: the first bytes, where `input` does not start with them.
  init(_ input: any ByteInput, offset: Int64 = 0, line: Int64 = 1, head: [UInt8] = []) {
    self.input = input
    self.offset = offset
    self.line = line
    self.head = head
    capacity = Self.step
    memory = .allocate(capacity: capacity + JSONReader.padding)
    memory.initialize(repeating: 0, count: capacity + JSONReader.padding)
  }

  deinit { memory.deallocate() }

  var bytes: UnsafePointer<UInt8> { UnsafePointer(memory + start) }
  var count: Int { end - start }

  /// Reads on; false when there is nothing more, or the record limit is reached.
  func fill() throws(InputError) -> Bool {
    guard !isAtEnd, count < Self.recordLimit else { return false }
    let kept = held.map { start - Int(offset - $0) } ?? start
    let dropped = kept - LogFingerprint.span
    if dropped > 0 {
      memmove(memory, memory + dropped, end - dropped)
      end -= dropped
      start -= dropped
    }
    if end == capacity {
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + JSONReader.padding)
      larger.update(from: memory, count: end)
      memory.deallocate()
      memory = larger
      capacity *= 2
    }
    let count = try input.read(into: memory + end, capacity: min(capacity - end, Self.step))
    if offset + Int64(self.count) == Int64(head.count), head.count < LogFingerprint.span {
      head += UnsafeBufferPointer(
        start: memory + end, count: min(count, LogFingerprint.span - head.count))
    }
    end += count
    (memory + end).update(repeating: 0, count: JSONReader.padding)
    if count == 0 { isAtEnd = true }
    return count > 0
  }

  /// Keeps the bytes from this position on, and those a fingerprint needs, until they are released.
  func hold(from position: Int64) { held = position }

  func release() { held = nil }

  /// What was passed from `position` on, which is held; valid until the next fill.
  func passed(from position: Int64) -> UnsafeBufferPointer<UInt8> {
    let back = Int(offset - position)
    return UnsafeBufferPointer(start: memory + start - back, count: back)
  }

  /// What the log looked like up to `position`, which the window has not left far behind.
  func fingerprint(upTo position: Int64) -> LogFingerprint {
    let back = Int(offset - position)
    let available = start - back
    let tail = min(available, LogFingerprint.span)
    return LogFingerprint(
      head: head.prefix(Int(min(position, Int64(LogFingerprint.span)))),
      tail: UnsafeBufferPointer(start: memory + available - tail, count: tail))
  }

  /// Moves the window on by so many bytes that hold no line break, or one at their end.
  @inline(__always)
  func skip(_ count: Int, lines: Int64) {
    start += count
    offset += Int64(count)
    line += lines
  }

  /// Moves the window on, counting the lines passed.
  func skip(_ count: Int) {
    var lines: Int64 = 0
    var at = memory + start
    let stop = at + count
    while at < stop, let found = memchr(at, 0x0A, stop - at) {
      lines += 1
      at = found.assumingMemoryBound(to: UInt8.self) + 1
    }
    skip(count, lines: lines)
  }

  /// White space at the start of the line in which the window starts.
  var indentation: Int {
    var lineStart = start
    while lineStart > 0, memory[lineStart - 1] != 0x0A { lineStart -= 1 }
    var at = lineStart
    while at < end, memory[at] == 0x20 || memory[at] == 0x09 { at += 1 }
    return at - lineStart
  }

  /// Where the next line break is, from `position` on.
  func lineBreak(from position: Int = 0) -> Int? {
    guard let found = memchr(memory + start + position, 0x0A, count - position) else { return nil }
    return found - UnsafeMutableRawPointer(memory + start)
  }

  /// Drops everything up to and with the next line break, however far it is; returns the bytes dropped.
  func dropLine() throws(InputError) -> Int64 {
    let from = offset
    while true {
      if let at = lineBreak() {
        skip(at + 1, lines: 1)
        return offset - from
      }
      skip(count, lines: 0)
      if try !fill() { return offset - from }
    }
  }
}
