@testable import UsageLog

/// What a log says to its reader beside its calls: notes in order, and whose requests' ids were issued.
struct ReadNotes: Equatable {
  var notes: [String] = []
  var issued: [Bool] = []

  init(_ text: String, options: ReadingOptions = ReadingOptions()) throws {
    let reader = try LogReader(
      MemoryInput(Array(text.utf8)), fileTime: fileTime, mayGrow: false, options: options)
    while try reader.next() {
      notes += reader.output.notes
      issued += reader.output.calls.map(\.requestIDIsIssued)
    }
  }
}

extension [ReadRecord] {
  /// `input/writes/reads/output` of every call, in order.
  var usages: [String] { flatMap { $0.calls.map(\.usage) } }

  func told(_ field: Field) -> [String?] { flatMap { $0.calls.map { $0[field] } } }
}

/// The text as a JSON string, for records inside records.
func quoted(_ text: String) -> String {
  var escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  escaped = escaped.replacing("\n", with: "\\n")
  return "\"" + escaped + "\""
}
