import Testing

@testable import UsageLog

/// The articles' MySQL table as `SELECT … INTO OUTFILE` and `mysqldump --tab` write it.
struct CallTableDumpTests {
  @Test(arguments: [false, true])
  func `a dump is read with and without its id`(withID: Bool) throws {
    let lines = [Story.dumped(633), Story.dumped(87)].map { withID ? "17\t" + $0 : $0 }
    let reader = try LogReader(
      MemoryInput(Array((lines.joined(separator: "\n") + "\n").utf8)), fileTime: fileTime,
      mayGrow: true)
    #expect(reader.formatName == "call-table-dump")
    let records = try reader.readAll()
    #expect(records.outputs == ["633", "87"])
    let call = try #require(records.first?.calls.first)
    #expect(call.occurredAt == 1_794_211_200_417)
    #expect(call.timeIsNaive)
    #expect(call.usage == "412/0/0/633")
    #expect(call[.messageID] == "msg_633")
    #expect(call[.tenantID] == "brisk-parcel")
    #expect(call[.feature] == "support-chat")
    #expect(call[.deploySHA] == "3f9a1c7e")
    #expect(call[.model] == "claude-opus-5-5")
    #expect(call[.promptHash] == "#85bce1e35ceab3e9")
    #expect(call[.costNanos] == "5268000")
    #expect(call[.statusCode] == "200")
    #expect(call[.latencyMs] == "4180")
  }

  @Test(
    arguments: [
      ("\\N", String?.none), ("", nil), ("a\\\tb", "a\tb"), ("a\\tb", "a\tb"), ("a\\\\b", "a\\b"),
      ("a\\nb", "a\nb"), ("a\\\nb", "a\nb"), ("\"quoted", "\"quoted"), ("say \"hi\"", "say \"hi\""),
      ("\\\"x\\\"", "\"x\""), ("NULL", nil), ("a,b;c", "a,b;c"), ("\\\\N", "\\N"),
      ("c:\\\\tmp", "c:\\tmp"),
    ] as [(String, String?)])
  func `a field is unescaped as MySQL escaped it`(written: String, meant: String?) throws {
    let dump = [Story.dumped(1, feature: written), Story.dumped(2), ""].joined(separator: "\n")
    let records = try readLog(dump)
    #expect(records.outputs == ["1", "2"])
    let field = try #require(fields(of: dump, .dump))[3]
    #expect(field == meant ?? "")
    // What has lines or tabs is no name of a feature, but its row is read.
    let feature = meant.flatMap { $0.utf8.contains { $0 < 0x20 } ? nil : $0 }
    #expect(records.first?.calls.first?[.feature] == feature)
  }

  @Test func `a dump with commas is read too`() throws {
    let line = Story.dumped(633).replacing("\t", with: ",")
    #expect(try readLog(line + "\n" + line + "\n").outputs == ["633", "633"])
  }

  @Test func `a table with other columns is no dump of this one`() {
    for line in [
      Story.dumped(1) + "\tx\ty", "2026-11-09\tx", Story.dumped(1).replacing("412", with: "many"),
      Story.dumped(1).replacing("2026-11-09 08:00:00.417", with: "never"),
    ] {
      #expect(throws: LogError.unknownFormat) { try readLog(line + "\n") }
    }
  }

  @Test func `nothing of a row is kept to go on by`() throws {
    let reader = try LogReader(
      MemoryInput(Array(Story.dumped(633).utf8)), fileTime: fileTime, mayGrow: true)
    #expect(reader.header == String(repeating: "\t", count: 13) + "\n")
  }

  @Test func `a dump is read on behind a broken row`() throws {
    let lines = [Story.dumped(1), "x\ty", "", Story.dumped(2), ""].joined(separator: "\n")
    let bytes = Array(lines.utf8)
    let reader = try LogReader(MemoryInput(bytes), fileTime: fileTime, mayGrow: true)
    #expect(try reader.next())
    let point = reader.resumption
    let resumed = try LogReader(
      MemoryInput(Array(bytes[Int(point.offset)...])), fileTime: fileTime, mayGrow: true,
      resuming: point)
    let records = try resumed.readAll()
    #expect(records.outputs == ["2"])
    #expect(records.reasons == [.badCSV("2 fields where the header has 14")])
  }
}
