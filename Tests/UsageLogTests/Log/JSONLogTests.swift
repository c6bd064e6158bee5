import Testing

@testable import UsageLog

/// The containers in which JSON records come.
struct JSONLogTests {
  @Test(arguments: [
    ("lines", "A\nB\nC\n"), ("no last line break", "A\nB\nC"), ("CRLF", "A\r\nB\r\nC\r\n"),
    ("a byte order mark", "\u{FEFF}A\nB\nC\n"), ("blank lines", "\n\nA\n\n \nB\n\t\nC\n\n"),
    ("NUL bytes after a crash", "\0\0\0A\nB\n\0\0\0\0\nC\n\0"), ("one line", "A B C"),
    ("glued", "ABC"),
    ("an array", "[A,B,C]"), ("an array of lines", "[\nA,\nB,\nC\n]\n"),
    ("an array indented", "[\n  A,\n  B,\n  C\n]"), ("two arrays", "[A,B]\n[C]\n"),
    ("pages", "P\nQ\nR\n"), ("pages glued", "PQR"), ("an array of pages", "[P, Q,\nR]"),
  ])
  func `three calls are read out of any container`(name: String, shape: String) throws {
    let parts: [Character: String] = [
      "A": Story.line(1), "B": Story.line(2), "C": Story.line(3), "P": Story.pretty(1),
      "Q": Story.pretty(2), "R": Story.pretty(3),
    ]
    let log = shape.map { parts[$0] ?? String($0) }.joined()
    let records = try readLog(log)
    #expect(records.outputs == ["1", "2", "3"], "\(name)")
    #expect(records.count == 3)
    #expect(records.allSatisfy { !$0.isUnfinished })
  }

  @Test func `every record knows where it stands`() throws {
    let records = try readLog(
      "\u{FEFF}" + Story.line(1) + "\r\n\n  " + Story.pretty(2) + "\n" + Story.line(3))
    let first = Int64(Story.line(1).utf8.count)
    let second = Int64(Story.pretty(2).utf8.count)
    #expect(records.map(\.offset) == [3, 3 + first + 5, 3 + first + 5 + second + 1])
    #expect(records.map(\.line) == [1, 3, 12])
    #expect(records.map(\.length) == [first, second, first])
  }

  @Test func `a record's bytes are the ones it was written with`() throws {
    let log = Story.line(1) + "\n" + Story.line(2) + "\n"
    let reader = try LogReader(MemoryInput(Array(log.utf8)), fileTime: fileTime, mayGrow: true)
    var seen: [String] = []
    while try reader.next() {
      seen.append(reader.recordBytes.map { String(decoding: $0, as: UTF8.self) } ?? "-")
    }
    #expect(seen == [Story.line(1), Story.line(2)])
  }

  @Test(arguments: ["", "[]", "\n", " \n\t\r\n", "\0\0", "\u{FEFF}", "\u{FEFF}\n"])
  func `an empty log has no records`(log: String) throws {
    #expect(try readLog(log).isEmpty)
  }

  @Test(arguments: [
    "{}", "[{}]", "hello\nworld\n", #"{"level":"info","msg":"up"}"#, "a,b,c\n1,2,3\n", "<html>",
  ])
  func `a log of something else names the formats there are`(log: String) {
    #expect {
      try readLog(log)
    } throws: { error in
      let text = (error as? LogError)?.description ?? ""
      return error as? LogError == .unknownFormat
        && LogFormats.all.allSatisfy { text.contains($0.name) }
    }
  }

  @Test func `a name that is no format's names the ones that are`() {
    #expect {
      try readLog(Story.line(1), forced: "xml")
    } throws: { error in
      let text = (error as? LogError)?.description ?? ""
      return text.contains("'xml'") && LogFormats.all.allSatisfy { text.contains($0.name) }
    }
  }

  @Test func `other lines before and between the calls are passed over`() throws {
    let noise = #"{"level":"info","message":"ticket 17 closed"}"# + "\n"
    let records = try readLog(noise + Story.line(1) + "\n" + noise + noise + Story.line(2) + "\n")
    #expect(records.outputs == ["1", "2"])
    #expect(records.filter(\.isSkipped).count == 3)
  }
}
