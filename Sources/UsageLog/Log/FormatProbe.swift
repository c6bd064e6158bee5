/// Finds the format of a record, inside containers too.
struct FormatProbe {
  let options: ReadingOptions
  private let embedded = EmbeddedJSON()
  /// Pieces of lines were seen that a container runtime had cut.
  private(set) var sawPart = false

  init(options: ReadingOptions) { self.options = options }

  mutating func format(of value: JSONValue, depth: Int = 0) -> (any JSONLogFormat.Type)? {
    if depth == 0 { embedded.begin() }
    if value.isObject, let format = LogFormats.recognise(value, options) { return format }
    guard depth < 4 else { return nil }
    if let piece = Wrapping.piece(value) { return format(in: piece.text, depth) }
    switch Wrapping.inside(value) {
    case .records(let records):
      for record in records.prefix(50) {
        if let format = format(of: record, depth: depth + 1) { return format }
      }
      return nil
    case .text(let text): return format(in: text, depth)
    case nil: return nil
    }
  }

  private mutating func format(in text: Text, _ depth: Int) -> (any JSONLogFormat.Type)? {
    let found = TextRecords(text, time: nil, embedded)
    for case .record(let record, _, _) in found.records {
      if let format = format(of: record, depth: depth + 1) { return format }
    }
    if found.fault == .truncated { sawPart = true }
    return nil
  }
}
