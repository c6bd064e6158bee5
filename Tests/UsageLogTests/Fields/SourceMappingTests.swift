import Testing

@testable import UsageLog

/// `import.sources` of forensics.yml: where the fields of one source stand.
struct SourceMappingTests {
  private func options(
    _ fields: [Field: FieldSource], of source: String = "application-json"
  ) -> ReadingOptions {
    var options = ReadingOptions()
    options.mappings = [source: SourceMapping(fields)]
    options.use = MappingUse()
    return options
  }

  private func path(
    _ texts: String..., match: String? = nil, standard: String? = nil
  ) throws -> FieldSource {
    var paths: [FieldPath] = []
    for text in texts { paths.append(try FieldPath(text)) }
    return FieldSource(
      paths: paths, match: try match.map { try ValuePattern($0) }, standard: standard)
  }

  private func calls(_ log: String, _ options: ReadingOptions) throws -> [ToldCall] {
    try readLog(log, options: options).flatMap(\.calls)
  }

  private let billing = row(
    #""output_tokens":1,"meta":{"bill.to":"alder-bank","tag":"team-sort-7"}"#)

  @Test func `what stands at a path wins over where the format looks`() throws {
    let options = options([
      .tenantID: try path(#"meta["bill.to"]"#), .feature: try path("meta.tag"),
    ])
    let call = try #require(try calls(billing, options).first)
    #expect(call[.tenantID] == "alder-bank")
    #expect(call[.feature] == "team-sort-7")
    #expect(call[.model] == "claude-opus-5-5")
  }

  @Test func `where a path holds nothing the format's own place counts`() throws {
    let log = row(#""output_tokens":1,"meta":{"bill.to":" "}"#)
    let call = try #require(
      try calls(log, options([.tenantID: try path(#"meta["bill.to"]"#)])).first)
    #expect(call[.tenantID] == "brisk-parcel")
  }

  @Test func `the first of several paths that holds a value wins, record by record`() throws {
    let options = options([.feature: try path("a", "b[0]", standard: "digest")])
    let log = [#""b":["sort"]"#, #""a":"search","b":["sort"]"#, #""a":{},"b":[]"#]
      .map { row(#""output_tokens":1,"# + $0) }.joined(separator: "\n")
    #expect(try calls(log, options).map { $0[.feature] } == ["sort", "search", "digest"])
  }

  @Test func `a default is weaker than anything logged and stronger than --set`() throws {
    var options = options([.feature: FieldSource(standard: "digest")])
    options.defaults = [.feature: "review", .userID: "u1"]
    let log = row(#""output_tokens":1"#) + row(#""output_tokens":1,"feature":"sort""#)
    #expect(try calls(log, options).map { $0[.feature] } == ["digest", "sort"])
    #expect(try calls(log, options).map { $0[.userID] } == ["u1", "u1"])
  }

  @Test func `a constant is the value of every call`() throws {
    let options = options([.deploySHA: FieldSource(constant: "9f1c2ab")])
    let log = row(#""output_tokens":1"#) + row(#""output_tokens":1,"git_sha":"0000000""#)
    #expect(try calls(log, options).map { $0[.deploySHA] } == ["9f1c2ab", "9f1c2ab"])
  }

  @Test func `a constant time is approximate, like one of --set`() throws {
    let options = options([.occurredAt: FieldSource(constant: "2026-11-09")])
    let call = try #require(try calls(row(#""output_tokens":1"#), options).first)
    #expect(call.occurredAt == 1_794_182_400_000)
    #expect(call.timeIsApproximate)
  }

  @Test(
    arguments: [
      (#"^team-([a-z]+)-"#, "sort"), ("[a-z]+-[a-z]+", "team-sort"), ("(x)?team", nil),
      ("nothing", nil), (#"(?<name>\d+)$"#, "7"),
    ] as [(String, String?)])
  func `a pattern takes a part of the value`(_ pattern: String, _ feature: String?) throws {
    let call = try #require(
      try calls(billing, options([.feature: try path("meta.tag", match: pattern)])).first)
    #expect(call[.feature] == feature)
  }

  @Test func `of a list the first element that matches counts`() throws {
    let log = row(#""output_tokens":1,"request_tags":["env:prod","tenant:alder-bank","tenant:x"]"#)
    let options = options([
      .tenantID: try path("request_tags", match: "^tenant:(.+)"),
      .feature: try path("request_tags"),
    ])
    let call = try #require(try calls(log, options).first)
    #expect(call[.tenantID] == "alder-bank")
    #expect(call[.feature] == nil)
  }

  @Test(
    arguments: [
      #""[\"env:prod\",\"tenant:alder-bank\",\"tenant:x\"]""#,
      #"[{"stringValue":"env:prod"},{"stringValue":"tenant:alder-bank"}]"#,
      #""tenant:alder-bank""#,
    ])
  func `a list may be kept as text, or hold typed values`(_ tags: String) throws {
    let options = options([.tenantID: try path("request_tags", match: "^tenant:(.+)")])
    let call = try #require(
      try calls(row(#""output_tokens":1,"request_tags":"# + tags), options).first)
    #expect(call[.tenantID] == "alder-bank")
  }

  @Test func `of a list in a column the first element that matches counts`() throws {
    let csv =
      "ts,model,input_tokens,output_tokens,marks\n"
      + "2026-11-09T08:00:00Z,claude-opus-5-5,1,2,\"[\"\"env:prod\"\", \"\"tenant:alder-bank\"\"]\"\n"
    let options = options(
      [.tenantID: try path("marks", match: "^tenant:(.+)")], of: "application-csv")
    #expect(try calls(csv, options).map { $0[.tenantID] } == ["alder-bank"])
  }

  @Test func `what is too long for a name is passed over for the next place`() throws {
    let prompt = String(repeating: "Sort this mail. ", count: 20)
    let log = row(#""output_tokens":1,"a":"\#(prompt)","b":"two\nlines","c":"sort""#)
    let call = try #require(try calls(log, options([.feature: try path("a", "b", "c")])).first)
    #expect(call[.feature] == "sort")
  }

  @Test func `counts and times may be mapped, and bad ones are rejected`() throws {
    let options = options([
      .inputTokens: try path("llm.in"), .occurredAt: try path("llm.at"),
      .promptHash: try path("messages[0].hash"),
    ])
    let good = row(
      #""output_tokens":5,"llm":{"in":412,"at":"2026-11-09T09:00:00Z"},"messages":[{"hash":"p1"}]"#)
    let call = try #require(try calls(good, options).first)
    #expect(call.usage == "412/0/0/5")
    #expect(call.occurredAt == 1_794_182_400_000 + 9 * 3_600_000)
    #expect(call[.promptHash] == "p1")
    let bad = row(#""output_tokens":5,"llm":{"in":"many"}"#)
    #expect(try readLog(bad, options: options).first?.reason == .notACount(.inputTokens))
  }

  @Test func `a mapped cost or duration stands in front of other units too`() throws {
    let log = row(#""output_tokens":5,"cost_micros":7,"latency_ms":9,"x":{"usd":"0.5","took":1.5}"#)
    let options = options([.costDollars: try path("x.usd"), .latency: try path("x.took")])
    let call = try #require(try calls(log, options).first)
    #expect(call[.costNanos] == "500000000")
    #expect(call[.latencyMs] == "1500")
  }

  @Test func `a mapping is over --map, and both know of their use`() throws {
    var options = options([.tenantID: try path("who"), .feature: try path("nowhere")])
    options.mapped = ["Kunde": .tenantID, "kunden-nr": .userID]
    let call = try #require(
      try calls(row(#""output_tokens":1,"kunde":"cobalt-air","who":"alder-bank""#), options).first)
    #expect(call[.tenantID] == "alder-bank")
    let use = try #require(options.use)
    #expect(use.hasMet(column: "Kunde"))
    #expect(!use.hasMet(column: "kunden-nr"))
    #expect(use.hasMet(source: "application-json"))
    #expect(!use.hasMet(source: "application-csv"))
    #expect(use.hasMet(.tenantID, of: "application-json"))
    #expect(!use.hasMet(.feature, of: "application-json"))
  }

  @Test func `a format that unwraps a record has paths looked up inside as well`() throws {
    let own = options([.tenantID: try path("who"), .feature: try path("job")])
      .reading(ApplicationJSON.self)
    let fields = CallFields(options: own)
    try withJSON(#"{"who":"outside","inner":{"who":"inside","job":"sort"}}"#) { root in
      own.mappedValues?.begin(root, in: nil, goesOn: false)
      fields.begin(root["inner"])
      #expect(fields.text(.tenantID)?.string == "outside")
      #expect(fields.text(.feature)?.string == "sort")
    }
  }

  @Test func `mapped places make records of any shape known`() throws {
    let log = #"{"when":"2026-11-09T08:00:00Z","llm":{"name":"m","in":412,"out":[633]}}"#
    #expect(throws: LogError.unknownFormat) { try readLog(log) }
    let fields: [Field: String] = [
      .occurredAt: "when", .model: "llm.name", .inputTokens: "llm.in", .outputTokens: "llm.out[0]",
    ]
    let options = options(try fields.mapValues { try path($0) })
    #expect(try calls(log, options).map(\.usage) == ["412/0/0/633"])
    #expect(throws: LogError.unknownFormat) { try readLog(#"{"when":"now"}"#, options: options) }
  }

  @Test func `a mapping is of its source only`() throws {
    let message = """
      {"type":"message","id":"msg_1","model":"claude-opus-5-5","stop_reason":"end_turn","team":"sort",\
      "usage":{"input_tokens":1,"output_tokens":2}}
      """
    let other = options([.feature: FieldSource(constant: "digest")])
    #expect(try calls(message, other).map { $0[.feature] } == [nil])
    let own = options([.feature: try path("team")], of: "messages-response")
    #expect(try calls(message, own).map { $0[.feature] } == ["sort"])
    #expect(try calls(row(#""output_tokens":1,"team":"sort""#), own).map { $0[.feature] } == [nil])
  }
}

/// The same for rows, whose places are columns.
struct ColumnMappingTests {
  private func calls(
    _ log: String, _ fields: [Field: String], source: String = "application-csv"
  ) throws -> [ToldCall] {
    var options = ReadingOptions()
    var sources: [Field: FieldSource] = [:]
    for (field, text) in fields { sources[field] = FieldSource(paths: [try FieldPath(text)]) }
    options.mappings = [source: SourceMapping(sources)]
    return try readLog(log, options: options).flatMap(\.calls)
  }

  @Test func `a column is named as it stands, or as loosely as in --map`() throws {
    let csv =
      "ts;model;output_tokens;Kunde;Cost Center;cost-center\n2026-11-09;m;87;alder-bank;a;b\n"
    let fields: [Field: String] = [
      .tenantID: "kunde", .feature: "cost-center", .agent: "Cost Center",
    ]
    let call = try #require(try calls(csv, fields).first)
    #expect(call[.tenantID] == "alder-bank")
    #expect(call[.feature] == "b")
    #expect(call[.agent] == "a")
  }

  @Test func `a path leads on into JSON that a column holds`() throws {
    let csv = """
      ts,model,output_tokens,meta
      2026-11-09,m,87,"{""team"": {""name"": ""sort""}}"
      2026-11-09,m,88,
      2026-11-09,m,89,"{broken"

      """
    #expect(
      try calls(csv, [.feature: "meta.team.name"]).map { $0[.feature] } == ["sort", nil, nil])
  }

  @Test func `columns without names are numbered, those of the table keep theirs`() throws {
    let dump =
      "7\t2026-11-09 08:00:00\treq_1\tbrisk-parcel\tsort\t9f1c2ab\tclaude-opus-5-5\tp\t1\t2\t3\t4\t5\t200\t9\n"
    let fields: [Field: String] = [.tenantID: "feature", .operationID: "[0]", .userID: "[99]"]
    let call = try #require(try calls(dump, fields, source: "call-table-dump").first)
    #expect(call[.tenantID] == "sort")
    #expect(call[.operationID] == "7")
    #expect(call[.userID] == nil)
  }

  @Test func `mapped columns make a file known if it then has what a call needs`() throws {
    let csv = "wann;modell;aus\n2026-11-09T08:00:00Z;claude-opus-5-5;633\n"
    let whole: [Field: String] = [.occurredAt: "wann", .model: "modell", .outputTokens: "aus"]
    #expect(try calls(csv, whole).map(\.usage) == ["0/0/0/633"])
    #expect(throws: LogError.unknownFormat) { try calls(csv, [.tenantID: "wann"]) }
  }
}
