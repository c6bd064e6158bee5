import Testing

@testable import UsageLog

/// Calls in random containers with random dirt between them: each comes out exactly once.
struct RandomContainerTests {
  @Test(arguments: 0..<120)
  func `every record comes out exactly once, however the bytes arrive`(seed: Int) throws {
    var maker = LogMaker(random: SeededRandom(UInt64(seed)))
    let (log, count) = maker.log(of: 12)
    let bytes = Array(log.utf8)
    let expected = try readLog(bytes)
    let numbers = expected.outputs.compactMap { $0.flatMap { Int($0) } }
    #expect(numbers.sorted() == Array(1...count), "\(log)")
    for portions in [[1], [7, 64, 3], [1_000]] {
      let reader = try LogReader(
        TrickleInput(bytes, portions: portions), fileTime: fileTime, mayGrow: false)
      #expect(try reader.readAll() == expected)
    }
  }

  @Test(arguments: 0..<120)
  func `and of a log that grew between two runs, none is lost`(seed: Int) throws {
    var maker = LogMaker(random: SeededRandom(UInt64(1_000 + seed)))
    // A value over several lines does not wait: its writer ends lines only when they are whole.
    maker.writesPages = false
    let (log, count) = maker.log(of: 8)
    let bytes = Array(log.utf8)
    for _ in 0..<20 {
      let end = maker.random.below(bytes.count)
      guard
        let first = try? LogReader(
          MemoryInput(Array(bytes.prefix(end))), fileTime: fileTime, mayGrow: true)
      else { continue }
      let early = try first.readAll()
      let point = first.resumption
      if point.format.isEmpty { continue }
      let before = bytes[..<Int(point.offset)]
      #expect(
        first.fingerprint.tailHash
          == before.suffix(4096).withUnsafeBufferPointer { contentHash($0) })
      let second = try LogReader(
        MemoryInput(Array(bytes[Int(point.offset)...])), fileTime: fileTime, mayGrow: false,
        resuming: point)
      let numbers = try (early + second.readAll()).outputs.compactMap { $0.flatMap { Int($0) } }
      #expect(Set(numbers) == Set(1...count), "cut at \(end): \(log)")
      // Twice only what stood between the pieces of a record that was not whole.
      #expect(numbers.count <= count + 8)
    }
  }
}

/// Writes logs of calls that are told apart by their output tokens.
private struct LogMaker {
  var random: SeededRandom
  var writesPages = true
  private var written = 0

  init(random: SeededRandom) { self.random = random }

  mutating func log(of count: Int) -> (log: String, count: Int) {
    var lines: [String] = [Story.line(1)]
    written = 1
    while written < count {
      if random.below(3) == 0 { lines.append(dirt()) }
      lines += records()
    }
    return (lines.joined(separator: "\n") + "\n", written)
  }

  private mutating func next() -> String {
    written += 1
    return Story.line(written)
  }

  private mutating func dirt() -> String {
    random.pick([
      "up and running", "", "\0\0\0", #"{"a":01}"#, #"{"level":"info","msg":"{not} json"}"#,
      #"{"a":"open"#, "42", "\u{FEFF}", "  \t\r", "Größe 3 📦", #"{"message":{"a":1}}"#,
      ContainerTests.docker("up"), #"{"a":{"b":[1,}]}}"#, ": keep-alive", "event: ping",
      "2026-11-09T08:00:07.123456789Z stderr F warn", #"onse":{"output_tokens":7}}"#,
    ])
  }

  private mutating func records() -> [String] {
    let time = "2026-11-09T08:00:07.123456789Z"
    switch random.below(12) {
    case 0: return [ContainerTests.docker(next())]
    case 1:
      let (head, tail) = cut(next())
      return [ContainerTests.docker(head, ending: "")] + between()
        + [ContainerTests.docker(tail)]
    case 2: return ["\(time) stdout F " + next()]
    case 3:
      let (head, tail) = cut(next())
      return ["\(time) stdout P " + head] + between() + ["\(time) stdout F " + tail]
    case 4: return [random.pick(["INFO:app:", "data: ", "<34>1 \(time) h a - - ", "x "]) + next()]
    case 5: return ["\"" + ContainerTests.quoted(next()) + "\""]
    case 6: return ["{\"message\":\"" + ContainerTests.quoted(next()) + "\",\"a\":1}"]
    case 7: return ["[" + next() + ",{\"a\":01}, " + next() + "]"]
    case 8: return ["[", next() + ",", next(), "]"]
    case 9 where writesPages:
      written += 1
      return [Story.pretty(written)]
    case 10:
      written += 1
      let events = [
        StreamEventsTests.start.replacing("msg_01R", with: "msg_\(written)"),
        StreamEventsTests.text,
        StreamEventsTests.delta.replacing("187", with: "\(written)"), StreamEventsTests.stop,
      ]
      let middle = between()
      return [events[0]] + middle + events.dropFirst().map { "data: " + $0 }
    default: return [next()]
    }
  }

  private mutating func cut(_ line: String) -> (String, String) {
    let at = 1 + random.below(line.count - 1)
    return (String(line.prefix(at)), String(line.dropFirst(at)))
  }

  /// What another stream of the container writes in between.
  private mutating func between() -> [String] {
    switch random.below(4) {
    case 0: [ContainerTests.docker(next(), stream: "stderr")]
    case 1: ["2026-11-09T08:00:07.123456789Z stderr F warn"]
    case 2: [next()]
    default: []
    }
  }
}
