import Testing

@testable import UsageLog

/// CSV exports of what is JSON elsewhere.
struct ExportedRowsTests {
  private let langfuse =
    "id,type,traceId,startTime,endTime,name,model,usageDetails,totalCost,latency,promptName,promptVersion,userId,input\n"
  private let generation =
    #"o-1,GENERATION,t-1,2026-10-03T12:05:22.417Z,2026-10-03T12:05:26.597Z,sort,claude-sonnet-5,"{""input"":412,""input_cache_read"":18240,""output"":633}",0.010802,4.18,summary,7,acme,"{""messages"":[{""role"":""user"",""content"":""a\nb""}]}"#
    + "\"\n"

  @Test func `a cell may hold JSON`() throws {
    let (format, call) = try onlyCall(langfuse + generation)
    #expect(format == "langfuse-csv")
    #expect(call.usage == "412/0/18240/633")
    #expect(call[.tenantID] == "acme")
    #expect(call[.promptHash] == "summary@7")
    #expect(call[.latencyMs] == "4180")
  }

  @Test func `a header's case, white space and byte order mark do not count`() throws {
    let header = langfuse.uppercased().replacing(",", with: " , ")
    let (format, call) = try onlyCall(
      "\u{FEFF}" + header.replacing("\n", with: "\r\n") + generation)
    #expect(format == "langfuse-csv")
    #expect(call.usage == "412/0/18240/633")
    #expect(call[.costNanos] == "10802000")
  }

  @Test func `a cell may hold line breaks, quotes and backslashes`() throws {
    let text = #"""
      response_id,response_created_at,response_status,request_created_at,request_body,request_properties,request_user_id,model,prompt_tokens,completion_tokens,latency,cost
      c4a1,2026-10-03T12:05:26.597Z,200,2026-10-03T12:05:22.417Z,"{""messages"":[{""content"":""Write tonight's digest of open tickets."",""role"":""user""}],
      ""max_tokens"":512}","{""feature"":""say \""hi\""""}",acme,claude-sonnet-5,652,633,4180,0.010802

      """#
    let (format, call) = try onlyCall(text)
    #expect(format == "helicone-csv")
    #expect(call.usage == "652/0/0/633")
    #expect(call[.requestID] == "c4a1")
    #expect(call[.promptHash] == "#80c98f8523fd1c61")
    #expect(call[.maxTokens] == "512")
    #expect(call[.feature] == #"say "hi""#)
    #expect(call[.latencyMs] == "4180")
    #expect(call[.model] == "claude-sonnet-5")
  }

  @Test func `LiteLLM's rows may come from a database`() throws {
    let text = #"""
      request_id;call_type;spend;prompt_tokens;completion_tokens;starttime;endtime;model;metadata;cache_hit;request_tags;end_user;status
      chatcmpl-1;acompletion;0.010802;18652;633;2026-10-03 12:05:22.417;2026-10-03 12:05:26.597;claude-sonnet-5;"{""usage_object"":{""prompt_tokens_details"":{""cached_tokens"":18240}}}";None;"[""sort""]";;success
      chatcmpl-2;acompletion;0;18652;633;2026-10-03 12:06:22.417;\N;claude-sonnet-5;{};True;[];acme;success

      """#
    let reader = try LogReader(MemoryInput(Array(text.utf8)), fileTime: fileTime, mayGrow: false)
    #expect(reader.formatName == "litellm-csv")
    let calls = try reader.readAll().flatMap(\.calls)
    #expect(calls.map(\.usage) == ["412/0/18240/633", "0/0/0/0"])
    #expect(calls.map { $0[.latencyMs] } == ["4180", nil])
    #expect(calls.map { $0[.feature] } == ["sort", nil])
    #expect(calls.map { $0[.tenantID] } == [nil, "acme"])
  }

  @Test func `daily tables are buckets as CSV too`() throws {
    let text = """
      id,team_id,date,api_key,model,prompt_tokens,completion_tokens,spend,api_requests
      x,,2026-10-03,88dc,claude-sonnet-5,10,20,0.5,3
      y,t-1,2026-10-03,88dc,claude-sonnet-5,11,21,0.5,3

      """
    let buckets = try readLog(text).flatMap(\.buckets)
    #expect(buckets.map(\.usage.input) == [10, 11])
    #expect(buckets.map(\.groupedBy.count) == [3, 3])
  }

  @Test func `rows of another width, bad counts and blank lines are told`() throws {
    let records = try readLog(
      langfuse + generation + "o-2,GENERATION\n\n" + generation.replacing("412", with: "-4"))
    #expect(
      records.map(\.reason) == [
        nil, .badCSV("2 fields where the header has 14"), nil, .negativeCount(.inputTokens),
      ])
    #expect(records.map(\.isSkipped) == [false, false, true, false])
  }

  @Test func `a header alone is no call, and a long cell no trouble`() throws {
    #expect(try readLog(langfuse).isEmpty)
    let long = String(repeating: "x", count: 300_000)
    let row = generation.replacing("a\\nb", with: long)
    #expect(try readLog(langfuse + row + generation).map(\.outcome) == [.call, .call])
  }

  @Test func `an application's own columns stay the application's`() throws {
    let text =
      "request_id,ts,model,prompt_tokens,completion_tokens,cost\nr-1,2026-10-03T12:05:22Z,m,1,2,3\n"
    #expect(try onlyCall(text).format == "application-csv")
  }
}
