@testable import UsageLog

/// What a log's records have to note, in their order.
func notes(of text: String) throws -> [String] {
  let reader = try LogReader(MemoryInput(Array(text.utf8)), fileTime: fileTime, mayGrow: false)
  var notes: [String] = []
  while try reader.next() { notes += reader.output.notes }
  return notes
}

extension UsageBucket {
  /// The dimension of this name.
  subscript(name: String) -> String? { dimensions[Dimension(rawValue: name)] }
}
