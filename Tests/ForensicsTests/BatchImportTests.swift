import Foundation
import Testing

/// Batches and cloud logs as people import them.
@Suite struct BatchImportTests {
  private let result = """
    {"custom_id":"digest-7","result":{"type":"succeeded","message":{"id":"msg_01Kd7QvTzWm3pXn5RbYc8HsF",\
    "type":"message","model":"claude-sonnet-5","content":[],"stop_reason":"end_turn",\
    "usage":{"input_tokens":1000000,"output_tokens":0}}}}

    """
  private let request = """
    {"custom_id":"digest-7","params":{"model":"claude-sonnet-5","max_tokens":512,"metadata":{"user_id":"nina"},\
    "messages":[{"role":"user","content":"Write tonight's digest of open tickets."}]}}

    """

  private func rows(_ forensics: ForensicsBinary, _ columns: String) throws -> String {
    try forensics("sql", "SELECT \(columns) FROM llm_call ORDER BY 1", "--format", "csv").output
  }

  @Test func `a batch's requests give its results their prompts`() throws {
    let forensics = try ForensicsBinary()
    let results = try forensics.write(result, to: "msgbatch_01A_results.jsonl")
    let requests = try forensics.write(request, to: "requests.jsonl")
    let imported = try forensics("import", results, "--requests", requests)
    #expect(imported.status == 0, "\(imported.errors)")
    // A million input tokens at half of two dollars.
    #expect(
      try rows(forensics, "prompt_hash, service_tier, cost_usd_micros")
        .hasSuffix("80c98f8523fd1c61,batch,1000000\n"))
  }

  @Test func `requests that cannot be read are named by their line`() throws {
    let forensics = try ForensicsBinary()
    let results = try forensics.write(result, to: "results.jsonl")
    let broken = try forensics.write(request + "{\"custom_id\": secret}\n", to: "requests.jsonl")
    let imported = try forensics("import", results, "--requests", broken)
    #expect(imported.status == 64)
    #expect(imported.errors.contains("requests.jsonl, line 2: not valid JSON"))
    #expect(!imported.errors.contains("secret"))
    let missing = try forensics("import", results, "--requests", "no-such-file.jsonl")
    #expect(missing.status == 1)
    #expect(missing.errors.contains("cannot open 'no-such-file.jsonl'"))
  }

  @Test func `requests imported as a log are no calls`() throws {
    let forensics = try ForensicsBinary()
    let requests = try forensics.write(request, to: "requests.jsonl")
    let imported = try forensics("import", requests)
    #expect(imported.status == 0)
    #expect(imported.output.contains("skipped"))
    #expect(try rows(forensics, "COUNT(*)").hasSuffix("\n0\n"))
  }

  @Test func `the folders of an S3 bucket with Bedrock's log are read without the bodies`() throws {
    let forensics = try ForensicsBinary()
    let place = "logs/AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/10/03/14"
    let record = """
      {"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-10-03T14:05:22Z",\
      "accountId":"111122223333","region":"us-east-1","requestId":"7d2c1f0e-0001","operation":"InvokeModel",\
      "modelId":"us.anthropic.claude-sonnet-5","input":{"inputTokenCount":1000,"inputBodyS3Path":"s3://x"},\
      "output":{"outputTokenCount":10,"outputBodyS3Path":"s3://y"}}

      """
    _ = try forensics.write(record, to: place + "/20261003T140522Z_0a1b.json")
    _ = try forensics.write(
      """
      {"id":"msg_bdrk_1","type":"message","model":"claude-sonnet-5","usage":{"input_tokens":1000,"output_tokens":10}}
      """, to: place + "/data/7d2c_output.json")
    _ = try forensics.write(
      "Permissions are correctly set", to: "logs/AWSLogs/amazon-bedrock-logs-permission-check")
    let folder = forensics.folder.appendingPathComponent("logs").path
    let imported = try forensics("import", folder)
    #expect(imported.status == 0)
    #expect(
      imported.errors.contains("/14/data: bodies of Bedrock's calls, not their log; passed over"))
    #expect(
      imported.errors.contains("amazon-bedrock-logs-permission-check: not a log by its name"))
    #expect(
      try rows(forensics, "request_id, tenant_id, input_tokens, cost_usd_micros")
        .hasSuffix("\n7d2c1f0e-0001,111122223333,1000,2310\n"))
  }
}
