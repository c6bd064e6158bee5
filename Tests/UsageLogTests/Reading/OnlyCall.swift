@testable import UsageLog

/// The only call of a log, and the format that read it.
func onlyCall(_ text: String) throws -> (format: String, call: ToldCall) {
  let reader = try LogReader(MemoryInput(Array(text.utf8)), fileTime: fileTime, mayGrow: false)
  let records = try reader.readAll()
  let calls = records.flatMap(\.calls)
  guard calls.count == 1, let call = calls.first else { throw NoOnlyCall(records: records) }
  return (reader.formatName, call)
}

struct NoOnlyCall: Error {
  var records: [ReadRecord]
}
