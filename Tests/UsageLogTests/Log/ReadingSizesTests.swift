import Testing

@testable import UsageLog

/// However few bytes arrive at a time, and wherever a run ended: the same records.
struct ReadingSizesTests {
  /// One log of each container, each with something wrong in it.
  private static let logs: [(name: String, text: String)] = [
    (
      "lines",
      [
        "\u{FEFF}" + Story.line(1), "42", "2026-11-09 INFO up", Story.line(2), #"{"a":"open"#, "",
        #"{"tenant":"Größe 📦 \ud83d\ude9a","ts":"2026-11-09T08:00:00Z","output_tokens":3}"#,
        "-12", #"{"a":01}"#, "  " + Story.line(4) + "\r", "\0\0" + Story.line(5),
      ].joined(separator: "\n")
    ),
    (
      "pages",
      "[\n"
        + [Story.pretty(1), Story.pretty(2).replacing(":", with: ""), Story.pretty(3)]
        .map { "  " + $0.replacing("\n", with: "\n  ") }.joined(separator: ",\n") + "\n]\n"
    ),
    (
      "rows",
      [
        "\u{FEFF}" + Story.header + ",note", Story.row(1) + ",\"a \"\"quoted\"\"\r\nnote, 📦\"\r",
        "",
        Story.row(2) + ",", Story.row(3) + ",\"bad\" quote", Story.row(4) + ",x,y",
        Story.row(5) + ",\\N",
      ].joined(separator: "\n")
    ),
    (
      "containers",
      [
        ContainerTests.docker(Story.line(1)), "up 📦", ContainerTests.docker("x"),
        ContainerTests.docker(String(Story.line(2).prefix(50)), ending: ""),
        ContainerTests.docker(String(Story.line(2).dropFirst(50))), "INFO:app:" + Story.line(3),
        "2026-11-09T08:00:07.123456789Z stdout P " + String(Story.line(4).prefix(60)),
        "2026-11-09T08:00:07.123456789Z stdout F " + String(Story.line(4).dropFirst(60)),
        "\u{FEFF}\"" + ContainerTests.quoted(Story.line(5)) + "\"\r",
        "[{\"a\":01}, " + Story.line(6) + "]",
        "say \"no", "data: " + Story.line(7),
      ].joined(separator: "\n")
    ),
    (
      "events",
      [
        "event: message_start", "data: " + StreamEventsTests.start, "", ": ping", "",
        "data: " + StreamEventsTests.text, "", "data: " + StreamEventsTests.delta, "",
        "data: " + StreamEventsTests.stop, "", "data: [DONE]", "data: " + StreamEventsTests.start,
        "data: " + StreamEventsTests.ping, "data: " + StreamEventsTests.delta,
        StreamEventsTests.stop, StreamEventsTests.text, StreamEventsTests.start,
        StreamEventsTests.delta,
      ].joined(separator: "\n")
    ),
    (
      "dump",
      [
        Story.dumped(1), Story.dumped(2, feature: "a\\\tb\\\\\\nc"), "x\ty", "",
        Story.dumped(3, feature: "two\\\nlines"), Story.dumped(4, feature: "\\N"),
      ].joined(separator: "\n")
    ),
  ]

  @Test(arguments: logs.indices)
  func `a few bytes at a time give the same records`(index: Int) throws {
    let (name, text) = Self.logs[index]
    for mayGrow in [false, true] {
      for end in [text.utf8.count, text.utf8.count - 7] {
        let bytes = Array(text.utf8.prefix(end))
        let whole = try LogReader(MemoryInput(bytes), fileTime: fileTime, mayGrow: mayGrow)
        let expected = try whole.readAll()
        #expect(!expected.isEmpty)
        for portions in [[1], [2], [3], [7], [1, 7, 2, 5, 3], [64], [1_000, 1]] {
          let reader = try LogReader(
            TrickleInput(bytes, portions: portions), fileTime: fileTime, mayGrow: mayGrow)
          #expect(try reader.readAll() == expected, "\(name) by \(portions)")
          #expect(reader.resumption.offset == whole.resumption.offset)
          #expect(reader.resumption.line == whole.resumption.line)
          #expect(reader.fingerprint == whole.fingerprint)
        }
      }
    }
  }

  @Test(arguments: logs.indices)
  func `reading goes on from every record's end`(index: Int) throws {
    let bytes = Array(Self.logs[index].text.utf8)
    let expected = try readLog(bytes)
    let reader = try LogReader(MemoryInput(bytes), fileTime: fileTime, mayGrow: false)
    var read = 0
    while try reader.next() {
      read += 1
      let point = reader.resumption
      for passed in [0, min(Int(point.offset), 5), min(Int(point.offset), LogFingerprint.span)] {
        for portions in [[10_000], [3, 1]] {
          let rest = Array(bytes[(Int(point.offset) - passed)...])
          let resumed = try LogReader(
            TrickleInput(rest, portions: portions), fileTime: fileTime, mayGrow: false,
            resuming: point, passed: passed, head: Array(bytes.prefix(LogFingerprint.span)))
          #expect(resumed.formatName == point.format)
          #expect(resumed.header == point.header)
          #expect(try resumed.readAll() == Array(expected[read...]), "behind record \(read)")
          #expect(resumed.resumption.format == point.format)
        }
      }
    }
    #expect(read == expected.count)
  }

  @Test(arguments: logs.indices)
  func `a log is known again by what was read of it`(index: Int) throws {
    let text = Self.logs[index].text
    let bytes = Array((text + "\n" + text.dropFirst(index == 0 ? 1 : 0)).utf8)
    let reader = try LogReader(MemoryInput(bytes), fileTime: fileTime, mayGrow: true)
    while try reader.next() {
      let read = bytes.prefix(Int(reader.resumption.offset))
      let head = read.prefix(LogFingerprint.span)
      let tail = read.suffix(LogFingerprint.span)
      let mark = reader.fingerprint
      #expect(mark.headBytes == head.count)
      #expect(mark.headHash == head.withUnsafeBufferPointer { contentHash($0) })
      #expect(mark.tailBytes == tail.count)
      #expect(mark.tailHash == tail.withUnsafeBufferPointer { contentHash($0) })
    }
  }

  @Test(arguments: [false, true])
  func `a log of megabytes is known again too, read on or in one go`(inRows: Bool) throws {
    let line = inRows ? Story.row : Story.line
    let lines = (1...20_000).map { line($0) }.joined(separator: "\n")
    let bytes = Array(((inRows ? Story.header + "\n" : "") + lines).utf8)
    let reader = try LogReader(MemoryInput(bytes), fileTime: fileTime, mayGrow: false)
    for _ in 0..<15_000 { #expect(try reader.next()) }
    let point = reader.resumption
    let mark = reader.fingerprint
    let before = bytes[..<Int(point.offset)]
    #expect(mark.tailHash == before.suffix(4096).withUnsafeBufferPointer { contentHash($0) })
    #expect(mark.headHash == before.prefix(4096).withUnsafeBufferPointer { contentHash($0) })
    var count = 15_000
    while try reader.next() { count += 1 }
    #expect(count == 20_000)
    #expect(reader.output.outcome == .call)

    let resumed = try LogReader(
      MemoryInput(Array(bytes[(Int(point.offset) - 4096)...])), fileTime: fileTime, mayGrow: false,
      resuming: point, passed: 4096, head: Array(bytes.prefix(4096)))
    #expect(resumed.fingerprint == mark)
    while try resumed.next() {}
    #expect(resumed.fingerprint == reader.fingerprint)
    #expect(resumed.resumption.offset == reader.resumption.offset)
  }

  @Test func `what was added to a log is read, and only that`() throws {
    for end in stride(from: 0, through: Self.logs[0].text.utf8.count, by: 13) {
      let bytes = Array(Self.logs[0].text.utf8)
      let first = try LogReader(
        MemoryInput(Array(bytes.prefix(end))), fileTime: fileTime, mayGrow: true)
      let early = try first.readAll()
      let point = first.resumption
      if point.format.isEmpty { continue }
      let second = try LogReader(
        MemoryInput(Array(bytes[Int(point.offset)...])), fileTime: fileTime, mayGrow: false,
        resuming: point)
      let late = try second.readAll()
      #expect((early + late).outputs == ["1", "2", "3", "4", "5"], "cut at \(end)")
    }
  }
}
