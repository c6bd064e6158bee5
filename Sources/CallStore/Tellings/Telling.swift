/// What one log, in one import, said of a call (docs/identity.md).
struct Telling {
  var source: Int64
  var importID: Int64
  var line: Int64
  /// The import that read the log again and found other things; such a telling no longer counts.
  var replacedBy: Int64?
  /// Its content, as a row of the working memory.
  var row: Int

  var counts: Bool { replacedBy == nil }
}

extension [Telling] {
  /// Those that count, in the order in which they are merged: by log, in the order logs were first read.
  var current: [Telling] {
    filter(\.counts).sorted { ($0.source, $0.importID) < ($1.source, $1.importID) }
  }
}

extension Telling {
  /// A call that was told once is its own telling.
  init(ofItself call: Int, in rows: inout CodedCalls) {
    self.init(
      source: rows[call, .source], importID: rows[call, .importID], line: rows[call, .sourceLine],
      row: rows.append(copying: call))
  }
}
