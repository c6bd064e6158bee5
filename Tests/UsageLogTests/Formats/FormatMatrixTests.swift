import Foundation
import Testing

@testable import UsageLog

/// Every file of sample-data is of its own format and of no other.
///
/// But for `sample-data/faults`, which is all of one format: PlantedFaultTests load it; and `reconcile`, which
/// ReconcileCommandTests load.
struct FormatMatrixTests {
  private static let formats = [
    "app-calls.jsonl": "application-json", "wrapped-responses.jsonl.gz": "application-json",
    "tracker.jsonl": "application-json", "messages.jsonl": "messages-response",
    "admin-usage-report.json": "admin-usage-report", "admin-cost-report.json": "admin-cost-report",
    "formats/claude-code-transcript.jsonl": "claude-code-transcript",
    "formats/claude-code-result.jsonl": "claude-code-result",
    "formats/claude-code-otel.jsonl": "claude-code-otel",
    "formats/otel-genai.jsonl": "otel-genai",
    "calls.csv": "application-csv", "llm_call.tsv": "call-table-dump",
    "formats/admin-claude-code-report.json": "admin-claude-code-report",
    "formats/analytics-report-usage.json": "analytics-report",
    "formats/analytics-report-cost.json": "analytics-report",
    "formats/console-usage-csv.csv": "console-usage-csv",
    "formats/console-cost-csv.csv": "console-cost-csv",
    "formats/message-batch-results.jsonl": "message-batch-results",
    "formats/batch-calls.jsonl": "application-json",
    "formats/bedrock-batch.jsonl.out": "bedrock-batch",
    "formats/bedrock-invocation.jsonl": "bedrock-invocation",
    "formats/bedrock-invocation-csv.csv": "bedrock-invocation-csv",
    "formats/vertex-request-response.jsonl": "vertex-request-response",
    "formats/stream-events.txt": "stream-events", "formats/docker-lines.log": "application-json",
    "formats/litellm.jsonl": "litellm", "formats/litellm-csv.csv": "litellm-csv",
    "formats/langfuse.jsonl": "langfuse", "formats/langfuse-csv.csv": "langfuse-csv",
    "formats/helicone.jsonl": "helicone", "formats/helicone-csv.csv": "helicone-csv",
    "formats/openrouter.jsonl": "openrouter", "formats/openrouter-csv.csv": "openrouter-csv",
    "formats/openrouter-activity-csv.csv": "openrouter-activity-csv",
    "formats/openai-usage.jsonl": "openai-usage",
  ]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../sample-data").standardized

  private func open(_ file: String) throws -> LogReader {
    let path = Self.folder.appending(path: file).path()
    let (input, _) = try decompressed(try FileInput(path: path))
    return try LogReader(input, fileTime: fileTime, mayGrow: true)
  }

  @Test func `every log of sample-data is in the matrix`() throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path())
    let logs = files.filter {
      !$0.hasSuffix(".md") && !$0.hasSuffix(".py") && !$0.contains("__") && $0 != "formats"
        && !$0.hasPrefix("faults") && !$0.hasPrefix("reconcile")
    }
    #expect(Set(logs) == Set(Self.formats.keys))
    #expect(Set(Self.formats.values) == Set(LogFormats.all.map { $0.name }))
  }

  @Test(arguments: Array(formats))
  func `a file is recognised, and every record of it is read`(file: String, format: String) throws {
    let reader = try open(file)
    #expect(reader.formatName == format)
    let records = try reader.readAll()
    #expect(!records.isEmpty)
    #expect(records.allSatisfy { $0.reason == nil }, "\(file)")
    // Some sources log much beside calls; the story's own files do not.
    #expect(file.hasPrefix("formats/") || records.allSatisfy { !$0.isSkipped }, "\(file)")
    #expect(records.contains { $0.outcome == .call || $0.outcome == .buckets }, "\(file)")
  }

  @Test(arguments: Array(formats))
  func `a file's first record is of one format only`(file: String, format: String) throws {
    let bytes = try firstBytes(file)
    let json: [String]
    if bytes.first == UInt8(ascii: "{") || file.hasSuffix(".txt") {
      json = try firstValue(bytes) { record in
        LogFormats.json.filter { $0.recognises(record) }.map { $0.name }
      }
    } else {
      json = []
    }
    var rows: Set<String> = []
    for format in LogFormats.delimited {
      for delimiting in [Delimiting.comma, .semicolon, .tab, .dump] {
        try firstRow(bytes, delimiting) { row in
          if format.recognises(first: row) { rows.insert(format.name) }
        }
      }
    }
    #expect(json + rows == [format])
  }

  /// Where records of several formats stand in one file by design.
  private static let mixed: Set<String> = ["formats/openai-usage.jsonl"]

  @Test(arguments: formats.keys.filter { $0.contains(".json") && !mixed.contains($0) })
  func `no record of a file is of another format`(file: String) throws {
    let bytes = try firstBytes(file)
    let own = Self.formats[file]
    let reader = JSONReader()
    try (bytes + Array(repeating: 0, count: JSONReader.padding)).withUnsafeBufferPointer {
      let start = try #require($0.baseAddress)
      var at = 0
      var records = 0
      while let next = bytes[at...].firstIndex(where: { !isASCIISpace($0) }) {
        at = next
        let record = try reader.read(start, count: bytes.count, at: &at)
        records += 1
        let known = LogFormats.json.filter { $0.recognises(record) }.map { $0.name }
        #expect(known == [own] || known.isEmpty, "record \(records)")
      }
      #expect(records > 0)
    }
  }

  @Test func `what an application logs around a response is the application's`() throws {
    for json in [
      #"{"type":"message","ts":"2026-11-09T08:00:00Z","usage":{"output_tokens":1}}"#,
      #"{"response":{"type":"message","usage":{"output_tokens":1}}}"#,
    ] {
      #expect(try withJSON(json) { LogFormats.recognise($0)?.name } == "application-json")
    }
    let bare = #"{"type":"error","error":{"type":"overloaded_error","message":"x"}}"#
    #expect(try withJSON(bare) { LogFormats.recognise($0)?.name } == "messages-response")
  }

  // MARK: - First records

  private func firstBytes(_ file: String) throws -> [UInt8] {
    let path = Self.folder.appending(path: file).path()
    let (input, _) = try decompressed(try FileInput(path: path))
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 20)
    defer { room.deallocate() }
    var bytes: [UInt8] = []
    while case let count = try input.read(into: room, capacity: 1 << 20), count > 0 {
      bytes += UnsafeBufferPointer(start: room, count: count)
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  private func firstValue<Result>(_ bytes: [UInt8], _ body: (JSONValue) -> Result) throws -> Result
  {
    let reader = JSONReader()
    return try (bytes + Array(repeating: 0, count: JSONReader.padding)).withUnsafeBufferPointer {
      var at = bytes.firstIndex(of: UInt8(ascii: "{")) ?? 0
      let record = try reader.read(try #require($0.baseAddress), count: bytes.count, at: &at)
      let embedded = EmbeddedJSON()
      return withExtendedLifetime((reader, embedded)) {
        body(record["log"].flatMap { embedded.value($0) } ?? record)
      }
    }
  }

  private func firstRow(
    _ bytes: [UInt8], _ delimiting: Delimiting, _ body: (DelimitedRow) -> Void
  ) throws {
    let reader = DelimitedReader(delimiting)
    try bytes.withUnsafeBufferPointer {
      let start = try #require($0.baseAddress)
      if case .row(let row, _) = reader.read(start, count: bytes.count, isLast: true) {
        withExtendedLifetime(reader) { body(row) }
      }
    }
  }
}
