import Testing

@testable import UsageLog

/// Results of the Message Batches API.
struct MessageBatchResultsTests {
  private static let succeeded =
    #"{"custom_id":"doc-00017","result":{"type":"succeeded","message":{"id":"msg_013nQxVw7cTzLk9RmPy2BsHd","type":"message","role":"assistant","model":"claude-sonnet-5","content":[],"stop_reason":"end_turn","usage":{"input_tokens":2210,"cache_creation_input_tokens":0,"cache_read_input_tokens":9800,"output_tokens":512,"service_tier":"batch"}}}}"#
  private static let errored =
    #"{"custom_id":"doc-00018","result":{"type":"errored","error":{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: must be greater than 0"},"request_id":"req_011CVxB3mT9qLzW5nRkP8sYd"}}}"#
  private static let expired = #"{"custom_id":"doc-00019","result":{"type":"expired"}}"#
  private static let canceled = #"{"custom_id":"doc-00020","result":{"type":"canceled"}}"#

  private func options(fileName: String) -> ReadingOptions {
    var options = ReadingOptions()
    options.fileName = fileName
    return options
  }

  @Test func `a succeeded request is a call at the batch price`() throws {
    let records = try readLog(Self.succeeded)
    #expect(records.map(\.outcome) == [.call])
    let told = try #require(records.first?.calls.first)
    #expect(told.usage == "2210/0/9800/512")
    #expect(told[.messageID] == "msg_013nQxVw7cTzLk9RmPy2BsHd")
    #expect(told[.requestID] == nil)
    #expect(told[.model] == "claude-sonnet-5")
    #expect(told[.serviceTier] == "batch")
    #expect(told[.statusCode] == "200")
    #expect(told[.outcome] == "succeeded")
    #expect(told.timeIsApproximate)
    #expect(told.occurredAt == fileTime)
  }

  @Test func `a usage that does not name the batch tier is batch all the same`() throws {
    let bare = Self.succeeded.replacing(#","service_tier":"batch""#, with: "")
    #expect(try readLog(bare).told(.serviceTier) == ["batch"])
    let null = Self.succeeded.replacing(#""service_tier":"batch""#, with: #""service_tier":null"#)
    #expect(try readLog(null).told(.serviceTier) == ["batch"])
  }

  @Test func `an errored request is a call that used nothing`() throws {
    let told = try #require(try readLog(Self.errored).first?.calls.first)
    #expect(told.usage == "0/0/0/0")
    #expect(told[.statusCode] == "400")
    #expect(told[.outcome] == "errored")
    #expect(told[.requestID] == "req_011CVxB3mT9qLzW5nRkP8sYd")
    #expect(told[.serviceTier] == "batch")
    #expect(try ReadNotes(Self.errored).issued == [true])
  }

  @Test(
    arguments: [
      ("authentication_error", "401"), ("permission_error", "403"), ("not_found_error", "404"),
      ("request_too_large", "413"), ("rate_limit_error", "429"), ("api_error", "500"),
      ("timeout_error", "504"), ("overloaded_error", "529"), ("some_new_error", nil),
    ] as [(String, String?)])
  func `an error's type is its status`(type: String, status: String?) throws {
    let line = Self.errored.replacing("invalid_request_error", with: type)
    let told = try #require(try readLog(line).first?.calls.first)
    #expect(told[.statusCode] == status)
    #expect(told[.outcome] == "errored")
  }

  @Test func `canceled and expired requests are no calls`() throws {
    let records = try readLog([Self.canceled, Self.expired].joined(separator: "\n"))
    #expect(
      records.map(\.outcome) == [
        .skipped("a canceled batch request, which was never billed"),
        .skipped("an expired batch request, which was never billed"),
      ])
  }

  @Test func `flattened results are read too`() throws {
    let records = try readLog(
      """
      {"custom_id":"a","type":"succeeded","error":null}
      {"custom_id":"b","type":"errored","error":{"type":"error","error":{"type":"api_error","message":"x"},"request_id":"req_01"}}
      {"custom_id":"c","type":"errored","error":{"type":"overloaded_error","message":"x"}}
      {"custom_id":"d","type":"expired","error":null}
      {"custom_id":"e","type":"succeeded","message":{"id":"msg_01","type":"message","model":"claude-opus-5","usage":{"input_tokens":5,"output_tokens":7}}}
      """)
    #expect(records[0].outcome == .skipped("a batch result without its message"))
    #expect(records[3].outcome == .skipped("an expired batch request, which was never billed"))
    #expect(records.told(.statusCode) == ["500", "529", "200"])
    #expect(records.told(.requestID) == ["req_01", nil, nil])
    #expect(records.usages == ["0/0/0/0", "0/0/0/0", "5/0/0/7"])
  }

  @Test func `a custom id identifies a call only together with its batch`() throws {
    let line = Self.errored.replacing(#","request_id":"req_011CVxB3mT9qLzW5nRkP8sYd""#, with: "")
    #expect(try readLog(line).told(.requestID) == [nil])
    let named = options(fileName: "msgbatch_01HkWq7Tz_results.jsonl")
    #expect(try readLog(line, options: named).told(.requestID) == ["msgbatch_01HkWq7Tz/doc-00018"])
    let other = options(fileName: "2026-10-03-msgbatch_02AbC.jsonl.gz")
    #expect(try readLog(line, options: other).told(.requestID) == ["msgbatch_02AbC/doc-00018"])
    #expect(
      try readLog(Self.errored, options: named).told(.requestID) == ["req_011CVxB3mT9qLzW5nRkP8sYd"]
    )
    #expect(try readLog(Self.succeeded, options: named).told(.requestID) == [nil])
    let nameless = Self.succeeded.replacing(#""id":"msg_013nQxVw7cTzLk9RmPy2BsHd","#, with: "")
    #expect(
      try readLog(nameless, options: named).told(.requestID) == ["msgbatch_01HkWq7Tz/doc-00017"])
  }

  @Test func `a batch object dates and names the results behind it`() throws {
    let batch =
      #"{"id":"msgbatch_01A","type":"message_batch","processing_status":"ended","created_at":"2026-10-03T02:00:00Z","ended_at":"2026-10-03T02:41:37.902Z"}"#
    let bare = Self.errored.replacing(#","request_id":"req_011CVxB3mT9qLzW5nRkP8sYd""#, with: "")
    let records = try readLog(
      [Self.succeeded, batch, Self.succeeded, bare].joined(separator: "\n"))
    #expect(records[1].outcome == .skipped("a batch object, which dates the results behind it"))
    // 2026-10-03T02:41:37.902Z
    #expect(
      records.flatMap { $0.calls.map(\.occurredAt) }
        == [fileTime, 1_790_995_297_902, 1_790_995_297_902])
    #expect(records.allSatisfy { $0.calls.allSatisfy(\.timeIsApproximate) })
    #expect(records.told(.requestID) == [nil, nil, "msgbatch_01A/doc-00018"])
  }

  @Test func `a batch that has not ended dates them by its start`() throws {
    let batch =
      #"{"id":"msgbatch_01A","type":"message_batch","processing_status":"in_progress","created_at":"2026-10-03T02:00:00Z","ended_at":null}"#
    let records = try readLog(batch + "\n" + Self.succeeded)
    #expect(records.last?.calls.first?.occurredAt == 1_790_992_800_000)
  }

  @Test func `a file of requests holds no calls`() throws {
    let line =
      #"{"custom_id":"doc-00017","params":{"model":"claude-sonnet-5","max_tokens":1024,"messages":[]}}"#
    #expect(
      try readLog(line).map(\.outcome)
        == [.skipped("a batch's request, not its result (give its file with --requests)")])
    let logged =
      #"{"custom_id":"x","ts":"2026-10-03T08:00:00Z","params":{"model":"m"},"model":"m","input_tokens":1}"#
    #expect(try withJSON(logged) { LogFormats.recognise($0)?.name } == "application-json")
  }

  @Test func `hidden calls and the cache split of a message are read`() throws {
    let split = Self.succeeded.replacing(
      #""cache_creation_input_tokens":0"#,
      with:
        #""cache_creation_input_tokens":700,"cache_creation":{"ephemeral_5m_input_tokens":200,"ephemeral_1h_input_tokens":500}"#
    )
    let told = try #require(try readLog(split).first?.calls.first)
    #expect(told.usage == "2210/700/9800/512")
    #expect(told[.cacheCreate1hTokens] == "500")
  }

  @Test func `a bad count is a reject`() throws {
    let bad = Self.succeeded.replacing("2210", with: "-1")
    #expect(try readLog(bad).reasons == [.negativeCount(.inputTokens)])
  }

  @Test func `what was submitted fills a result in`() throws {
    var options = ReadingOptions()
    var file = BatchRequestsFile(
      MemoryInput(
        Array(
          #"{"custom_id":"doc-00017","params":{"model":"claude-sonnet-5","max_tokens":4096,"metadata":{"user_id":"nina"},"messages":[{"content":"Write tonight's digest of open tickets.","role":"user"}]}}"#
            .utf8)))
    try file.read(into: &options.requests)
    let records = try readLog(Self.succeeded + "\n" + Self.errored, options: options)
    #expect(records.told(.promptHash) == ["#80c98f8523fd1c61", nil])
    #expect(records.told(.maxTokens) == ["4096", nil])
    #expect(records.told(.userID) == ["nina", nil])
    #expect(
      try ReadNotes(Self.succeeded + "\n" + Self.errored, options: options).notes
        == ["a batch result whose request --requests does not tell"])
    #expect(try ReadNotes(Self.succeeded + "\n" + Self.errored).notes == [])
    var again = BatchRequestsFile(
      MemoryInput(Array(#"{"custom_id":"doc-00017","params":{"max_tokens":1}}"#.utf8)))
    try again.read(into: &options.requests)
    #expect(
      try ReadNotes(Self.succeeded, options: options).notes == [
        "a custom_id that --requests tells of different requests: its prompt is left open"
      ])
  }
}
