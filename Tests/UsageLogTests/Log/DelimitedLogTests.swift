import Testing

@testable import UsageLog

/// Rows as spreadsheets and exports write them.
struct DelimitedLogTests {
  private func told(_ csv: String, options: ReadingOptions = ReadingOptions()) throws -> [ToldCall]
  {
    let records = try readLog(csv, options: options)
    #expect(records.reasons == [])
    return records.flatMap(\.calls)
  }

  @Test(arguments: [",", ";", "\t"], ["\n", "\r\n"])
  func `any order of columns, delimiter and line break reads the same`(
    delimiter: String, line: String
  ) throws {
    let columns = [
      ("occurred_at", "2026-11-09T08:00:00Z"), ("model", "claude-opus-5-5"),
      ("tenant", "brisk-parcel"),
      ("input_tokens", "412"), ("tokens_out", "633"),
      ("note", "\"a\(delimiter)b \"\"c\"\"\(line)d\""),
    ]
    for shift in columns.indices {
      let order = Array(columns[shift...] + columns[..<shift])
      let header = order.map(\.0).joined(separator: delimiter)
      let row = order.map(\.1).joined(separator: delimiter)
      for text in ["\u{FEFF}\(header)\(line)\(row)\(line)", "\(header)\(line)\(row)\(line)\(row)"] {
        let calls = try told(text)
        #expect(calls.count == (text.hasPrefix("\u{FEFF}") ? 1 : 2))
        #expect(calls.allSatisfy { $0.usage == "412/0/0/633" && $0[.tenantID] == "brisk-parcel" })
      }
    }
  }

  @Test(arguments: [
    ("\"brisk-parcel\"", "brisk-parcel"), ("\"brisk, parcel\"", "brisk, parcel"),
    ("\"brisk \"\"parcel\"\"\"", "brisk \"parcel\""), ("\"\"\"\"", "\""),
    ("\"two\nlines\"", "two\nlines"),
    ("\"two\r\nlines\"", "two\r\nlines"), ("brisk \"parcel\"", "brisk \"parcel\""),
    ("  brisk  ", "brisk"),
    ("\"NULL\"", "NULL"), ("Größe 📦", "Größe 📦"), ("a\rb", "a\rb"), ("a\\nb", "a\\nb"),
  ])
  func `a field is what RFC 4180 says it is`(written: String, meant: String) throws {
    for last in [true, false] {
      let names = last ? "model,output_tokens,ts,tenant" : "tenant,model,output_tokens,ts"
      let rest = "claude-opus-5-5,87,2026-11-09T08:00:00Z"
      let row = (last ? "\(rest),\(written)" : "\(written),\(rest)") + "\n"
      let cut = try #require(fields(of: row, .comma))
      #expect(cut.count == 4)
      #expect((last ? cut.last : cut.first) == meant)
      // What has lines is no name of a tenant, but its row is read.
      let tenant = meant.utf8.contains { $0 < 0x20 } ? nil : meant
      #expect(try told(names + "\n" + row).map { $0[.tenantID] } == [tenant])
    }
  }

  @Test(arguments: ["", "\\N", "NULL", "\"\"", "  "])
  func `an empty field was not logged`(written: String) throws {
    let calls = try told(
      "ts,model,tenant,input_tokens,output_tokens\n2026-11-09,m,\(written),\(written),87\n")
    #expect(calls.map { $0[.tenantID] } == [nil])
    #expect(calls.map(\.usage) == ["0/0/0/87"])
  }

  @Test func `a wrong number of fields, a bad quote or a bad count costs its own row`() throws {
    let rows = [
      Story.header, Story.row(1), "2026-11-09T08:00:00Z,msg_9", Story.row(2) + ",,",
      "\"2026\"-11-09,msg_9,x,y,1,1", Story.row(3), Story.row(4).replacing("412", with: "-5"),
      Story.row(5).replacing("2026-11-09T08:00:00Z", with: ""), Story.row(6),
    ]
    let records = try readLog(rows.joined(separator: "\n"))
    #expect(records.outputs == ["1", "3", "6"])
    #expect(
      records.reasons == [
        .badCSV("2 fields where the header has 6"), .badCSV("8 fields where the header has 6"),
        .badCSV("text behind a closing quote"), .negativeCount(.inputTokens), .missingTime,
      ])
    #expect(records.map(\.line) == [2, 3, 4, 5, 6, 7, 8, 9])
    #expect(records.map(\.offset)[1] == Int64(rows[0].count + rows[1].count + 2))
  }

  @Test func `a quote that is never closed costs its own line`() throws {
    let rows = [Story.header, Story.row(1), "\"2026,open", Story.row(2), Story.row(3), ""]
    let records = try readLog(rows.joined(separator: "\n"))
    #expect(records.outputs == ["1", "2", "3"])
    #expect(records.reasons == [.badCSV("a quoted field is never closed")])
  }

  @Test func `a stray quote that finds another one does not take good rows with it`() throws {
    let rows = [
      Story.header, Story.row(1), "\"stray," + Story.row(9), Story.row(2),
      Story.row(3).replacing("brisk-parcel", with: "\"brisk\""), Story.row(4), "",
    ]
    let records = try readLog(rows.joined(separator: "\n"))
    #expect(records.outputs == ["1", "2", "3", "4"])
    #expect(records.reasons.count == 1)
  }

  @Test func `invalid UTF-8 costs its own row`() throws {
    let bytes =
      Array([Story.header, Story.row(1), "x,"].joined(separator: "\n").utf8) + [0xFF]
      + Array((",y,z,1,1\n" + Story.row(2)).utf8)
    let records = try readLog(bytes)
    #expect(records.outputs == ["1", "2"])
    #expect(records.reasons.count == 1)
  }

  @Test(arguments: [
    Story.header + "\n", "\u{FEFF}" + Story.header + "\r\n", Story.header + "\n\n\n",
  ])
  func `a header alone is a log without calls`(text: String) throws {
    let reader = try LogReader(MemoryInput(Array(text.utf8)), fileTime: fileTime, mayGrow: true)
    #expect(reader.formatName == "application-csv")
    #expect(try reader.readAll().allSatisfy(\.isSkipped))
  }

  @Test func `blank lines are passed over, before the header too`() throws {
    let records = try readLog(
      "\n\r\n" + Story.header + "\n\n" + Story.row(1) + "\n\r\n" + Story.row(2) + "\n\n")
    #expect(records.outputs == ["1", "2"])
    #expect(records.reasons == [])
    #expect(records.first { !$0.calls.isEmpty }?.line == 5)
  }

  @Test func `the last row of a large log needs no line break`() throws {
    let rows = (1...20_000).map { Story.row($0) }
    let records = try readLog(Story.header + "\n" + rows.joined(separator: "\n"))
    #expect(records.count == 20_000)
    #expect(records.reasons == [])
  }

  @Test func `a column that is there twice may not disagree with itself`() throws {
    let records = try readLog(
      "ts,model,output_tokens,output_tokens\n2026-11-09,m,87,87\n2026-11-09,m,87,88\n")
    #expect(records.outputs == ["87"])
    #expect(records.reasons == [.duplicateKey(.outputTokens)])
  }

  @Test func `a row longer than the limit is passed over, the next one is read`() throws {
    let long = Story.row(9) + String(repeating: "9", count: LogBuffer.recordLimit + 1_100_000)
    let records = try readLog(
      [Story.header, Story.row(1), long, Story.row(2)].joined(separator: "\n"))
    #expect(records.outputs == ["1", "2"])
    #expect(records.reasons == [.tooLong(limit: LogBuffer.recordLimit)])
  }

  @Test func `a forced header that names no field is refused, it may be a record`() throws {
    let csv = "2026-11-09;alder-bank;Where is my parcel?\n2026-11-09;alder-bank;And mine?\n"
    #expect(throws: LogError.noHeader) { try readLog(csv, forced: "application-csv") }
    var options = ReadingOptions()
    options.mapped = ["alder-bank": .tenantID]
    #expect(try readLog(csv, forced: "application-csv", options: options).count == 1)
  }
}
