import Testing

@testable import UsageLog

/// What a reader made of one record, copied out of it.
struct ReadRecord: Equatable {
  var outcome: RecordOutput.Outcome
  var calls: [ToldCall]
  var buckets: [UsageBucket]
  var rejectedRows: [RecordOutput.RejectedRow]
  var notes: [String] = []
  var offset: Int64 = 0
  var line: Int64 = 0
  var length: Int64 = 0
  var isUnfinished = false

  var reason: RejectionReason? {
    if case .rejected(let reason) = outcome { return reason }
    return nil
  }

  var skipReason: String? {
    if case .skipped(let why) = outcome { return why }
    return nil
  }

  var isSkipped: Bool {
    if case .skipped = outcome { return true }
    return false
  }
}

extension ReadRecord {
  init(_ output: RecordOutput) {
    outcome = output.outcome
    calls = output.calls.map { ToldCall($0) }
    buckets = output.buckets
    rejectedRows = output.rejectedRows
    notes = output.notes
  }

  init(_ reader: LogReader) {
    self.init(reader.output)
    offset = reader.recordOffset
    line = reader.recordLine
    length = reader.recordLength
    isUnfinished = reader.isUnfinished
  }
}

/// The time of files in the tests: 2026-11-16T00:00:00Z, the morning after the story.
let fileTime: Int64 = 1_794_787_200_000

/// Reads one JSON record as an application's.
func record(_ json: String, options: ReadingOptions = ReadingOptions()) throws -> ReadRecord {
  try withJSON(json) { root in
    var format = ApplicationJSON(options: options)
    var output = RecordOutput()
    format.read(root, fileTime: fileTime, into: &output)
    return ReadRecord(output)
  }
}

/// Reads one JSON record that is one call.
func call(_ json: String, options: ReadingOptions = ReadingOptions()) throws -> ToldCall {
  let record = try record(json, options: options)
  #expect(record.outcome == .call, "\(json)")
  return try #require(record.calls.first)
}

/// A flat row of Brisk Parcel's with these members beside time and model.
func row(_ members: String) -> String {
  #"{"occurred_at":"2026-11-09T08:00:00Z","model":"claude-opus-5-5","tenant_id":"brisk-parcel","#
    + members + "}"
}
