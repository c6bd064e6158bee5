import Testing

@testable import UsageLog

/// `--map COLUMN=FIELD` and `--set FIELD=VALUE`, for logs that call things their own way.
struct MappingTests {
  @Test func `mapped columns make a format of their own known`() throws {
    let csv = "when;who;engine;in;out\n2026-11-09T08:00:00Z;alder-bank;claude-opus-5-5;412;633\n"
    #expect(throws: LogError.unknownFormat) { try readLog(csv) }
    var options = ReadingOptions()
    options.mapped = [
      "when": .occurredAt, "who": .tenantID, "engine": .model, "in": .inputTokens,
      "out": .outputTokens,
    ]
    let call = try #require(try readLog(csv, options: options).first?.calls.first)
    #expect(call.usage == "412/0/0/633")
    #expect(call[.tenantID] == "alder-bank")
    #expect(call[.model] == "claude-opus-5-5")
  }

  @Test func `a mapped column is no longer what its name would mean`() throws {
    var options = ReadingOptions()
    options.mapped = ["user": .tenantID]
    let csv = "ts,model,output_tokens,user,tenant\n2026-11-09,m,87,alder-bank,brisk-parcel\n"
    let call = try #require(try readLog(csv, options: options).first?.calls.first)
    #expect(call[.tenantID] == "alder-bank")
    #expect(call[.userID] == nil)
  }

  @Test func `a mapped word with two meanings is the field whatever it holds`() throws {
    var options = ReadingOptions()
    options.mapped = ["input": .inputTokens]
    #expect(
      try record(row(#""input":"many","output_tokens":1"#), options: options).reason
        == .notACount(.inputTokens))
  }

  @Test func `what --set gives fills empty fields only`() throws {
    var options = ReadingOptions()
    options.defaults = [
      .tenantID: "lumen-desk", .feature: "nightly-digest", .model: "claude-haiku-5-5",
    ]
    let csv = "ts,model,output_tokens,tenant\n2026-11-09,m,87,\n2026-11-09,,87,alder-bank\n"
    let calls = try readLog(csv, options: options).flatMap(\.calls)
    #expect(calls.map { $0[.tenantID] } == ["lumen-desk", "alder-bank"])
    #expect(calls.map { $0[.model] } == ["m", "claude-haiku-5-5"])
    #expect(calls.map { $0[.feature] } == ["nightly-digest", "nightly-digest"])
  }

  @Test func `a time given with --set reads rows without one`() throws {
    var options = ReadingOptions()
    options.defaults = [.occurredAt: "2026-11-09"]
    let call = try #require(
      try readLog("model,output_tokens\nm,87\n", options: options).first?.calls.first)
    #expect(call.occurredAt == 1_794_182_400_000)
    #expect(call.timeIsApproximate)
  }

  @Test func `a forced format is cut into the most columns`() throws {
    let csv = "id;occurred_at;\"cost, in dollars\";n;model\n1;2026-11-09;x;2;m\n"
    var options = ReadingOptions()
    options.defaults = [.outputTokens: "1"]
    let records = try readLog(csv, forced: "application-csv", options: options)
    #expect(records.map { $0.calls.first?[.model] } == ["m"])
  }

  @Test func `a log read on is cut as it was at first`() throws {
    let head = "ts;model;\"cost, a, b, c, d, e\";output_tokens\n"
    let bytes = Array((head + "2026-11-09;m;x;1\n2026-11-09;m;x;2\n").utf8)
    let reader = try LogReader(MemoryInput(bytes), fileTime: fileTime, mayGrow: true)
    #expect(try reader.next())
    let point = reader.resumption
    let resumed = try LogReader(
      MemoryInput(Array(bytes[Int(point.offset)...])), fileTime: fileTime, mayGrow: true,
      resuming: point)
    #expect(try resumed.readAll().outputs == ["2"])
  }
}
