import Testing

@testable import UsageLog

/// The end of a log that is still being written.
struct LastLineTests {
  private let log = [Story.line(1), Story.line(2)].joined(separator: "\n")

  @Test func `a line cut at any byte waits when the log may grow`() throws {
    let whole = Story.line(1).utf8.count + 1
    for end in (whole + 1)..<log.utf8.count {
      let bytes = Array(log.utf8.prefix(end))
      let reader = try LogReader(MemoryInput(bytes), fileTime: fileTime, mayGrow: true)
      let records = try reader.readAll()
      #expect(records.outputs == ["1"], "cut at \(end)")
      #expect(records.last?.isSkipped == true)
      #expect(reader.isUnfinished)
      #expect(reader.resumption.offset == Int64(whole))
      #expect(reader.resumption.line == 2)
    }
  }

  @Test func `a line cut at any byte is rejected when nothing follows`() throws {
    for end in (Story.line(1).utf8.count + 2)..<log.utf8.count {
      let records = try readLog(Array(log.utf8.prefix(end)), mayGrow: false)
      #expect(records.outputs == ["1"], "cut at \(end)")
      #expect(records.reasons == [.truncated])
    }
  }

  @Test func `a whole value without a line break is read at once`() throws {
    let reader = try LogReader(MemoryInput(Array(log.utf8)), fileTime: fileTime, mayGrow: true)
    #expect(try reader.readAll().outputs == ["1", "2"])
    #expect(!reader.isUnfinished)
    #expect(reader.resumption.offset == Int64(log.utf8.count))
  }

  @Test func `a cut line that ends with a line break does not wait`() throws {
    let records = try readLog(Story.line(1) + "\n{\"a\":\n", mayGrow: true)
    #expect(records.outputs == ["1"])
    #expect(records.reasons == [.truncated])
  }

  @Test func `a cut row waits when the log may grow`() throws {
    let csv = [Story.header, Story.row(1), Story.row(2)].joined(separator: "\n")
    let whole = Story.header.utf8.count + 1 + Story.row(1).utf8.count + 1
    // A row cut in its last field cannot be told from a whole one.
    for end in (whole + 1)..<csv.utf8.count - 1 {
      let reader = try LogReader(
        MemoryInput(Array(csv.utf8.prefix(end))), fileTime: fileTime, mayGrow: true)
      let records = try reader.readAll()
      #expect(records.outputs == ["1"], "cut at \(end)")
      #expect(records.reasons == [], "cut at \(end)")
      #expect(reader.resumption.offset == Int64(whole))
      #expect(reader.resumption.line == 3)
    }
  }

  @Test func `a whole row without a line break is read, and read again when the log grows`() throws
  {
    let csv = [Story.header, Story.row(1), Story.row(2)].joined(separator: "\n")
    let reader = try LogReader(MemoryInput(Array(csv.utf8)), fileTime: fileTime, mayGrow: true)
    #expect(try reader.readAll().outputs == ["1", "2"])
    #expect(reader.isUnfinished)
    let whole = Story.header.utf8.count + 1 + Story.row(1).utf8.count + 1
    #expect(reader.resumption.offset == Int64(whole))
  }

  @Test func `a cut row is rejected when nothing follows`() throws {
    let csv = [Story.header, Story.row(1), "2026-11-09T08:00:00Z,msg_2,bri"].joined(separator: "\n")
    #expect(try readLog(csv).reasons == [.badCSV("3 fields where the header has 6")])
  }

  @Test func `a quote that the last line opens waits when the log may grow`() throws {
    let csv = [Story.header, Story.row(1), "2026-11-09T08:00:00Z,\"msg_2"].joined(separator: "\n")
    let reader = try LogReader(MemoryInput(Array(csv.utf8)), fileTime: fileTime, mayGrow: true)
    let records = try reader.readAll()
    #expect(records.outputs == ["1"])
    #expect(records.reasons == [])
    #expect(reader.isUnfinished)
    #expect(try readLog(csv).reasons == [.badCSV("a quoted field is never closed")])
  }

  @Test func `a header cut at any byte is none yet when the log may grow`() throws {
    for text in [Story.header, "\u{FEFF}" + Story.header, "\n" + Story.header + "\r"] {
      for forced in [nil, "application-csv"] {
        // Cut before a count is named, it is of no known format unless one is forced.
        let from = forced == nil ? text.utf8.count - 13 : 13
        for end in from...text.utf8.count {
          let reader = try LogReader(
            MemoryInput(Array(text.utf8.prefix(end))), fileTime: fileTime, mayGrow: true,
            forced: forced)
          #expect(try reader.readAll().isEmpty)
          #expect(reader.formatName == "", "cut at \(end)")
          #expect(reader.resumption.header == "")
          #expect(reader.resumption.offset == 0)
        }
      }
    }
  }

  @Test func `a header without a line break is one when nothing follows`() throws {
    let reader = try LogReader(
      MemoryInput(Array(Story.header.utf8)), fileTime: fileTime, mayGrow: false)
    #expect(try reader.readAll().isEmpty)
    #expect(reader.header == Story.header)
  }
}
