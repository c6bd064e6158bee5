/// What a sequence needs of each call of the part at hand.
final class SequenceRows {
  private let columns: ScanColumns
  private let buffers = (0..<8).map { _ in ScanBuffer<Int64>() }

  init(_ columns: ScanColumns) { self.columns = columns }

  private func reserve() { for buffer in buffers { buffer.reserve(columns.count) } }

  /// - Parameter isWanted: asked once for each hash of the part.
  func eachStormRow(
    _ storm: CallSequence.Storm, _ chosen: ScanRows,
    among isWanted: (Int64) -> Bool = { _ in true }, _ body: (SequencedRow) -> Void
  ) throws {
    reserve()
    guard let codes = try columns.codes(storm.key.scanColumn) else { return }
    let wanted = [false] + (1...codes.count).map { isWanted(codes.code($0)) }
    guard wanted.contains(true) else { return }
    let isExtra = try extras(chosen)
    try columns.numbers(.occurredAt, chosen, into: buffers[1])
    codes.read(chosen, into: columns.places.start)
    for row in 0..<chosen.count {
      let place = Int(columns.places.start[row])
      guard wanted[place], !isExtra(row) else { continue }
      body(
        SequencedRow(
          time: buffers[1].start[row], first: 0, second: 0, key: codes.code(place), place: row))
    }
  }

  /// Calls that were answered, with a key: their prompt and output break ties.
  func eachAnswered(
    _ column: ScanColumn, _ chosen: ScanRows, from start: Int, _ body: (SequencedRow) -> Void
  ) throws {
    reserve()
    guard try columns.values(of: column, chosen, into: buffers[0]) else { return }
    let isAnswered = try answered(chosen)
    try order(chosen)
    for row in 0..<chosen.count
    where buffers[0].start[row] != CodedCalls.null && isAnswered(row) {
      body(self.row(row, key: buffers[0].start[row], from: start))
    }
  }

  func eachPrefixRow(
    _ chosen: ScanRows, from start: Int, _ body: (SequencedRow) -> Void
  ) throws {
    reserve()
    let hasPrefixes = try columns.values(of: .prefixHash, chosen, into: buffers[0])
    let hasPrompts = try columns.values(of: .prompt, chosen, into: buffers[4])
    guard hasPrefixes || hasPrompts else { return }
    _ = try columns.values(of: .feature, chosen, into: buffers[5])
    let isAnswered = try answered(chosen)
    try order(chosen)
    var keys = Array(repeating: UInt64(0), count: chosen.count)
    for column in [ScanColumn.model, .channel, .workspace] {
      _ = try columns.values(of: column, chosen, into: buffers[6])
      for row in 0..<chosen.count { Self.mix(buffers[6].start[row], into: &keys[row]) }
    }
    for row in 0..<chosen.count where isAnswered(row) {
      let prefix = buffers[0].start[row]
      let prompt = buffers[4].start[row]
      if prefix == CodedCalls.null, prompt == CodedCalls.null { continue }
      Self.mix(prefix, into: &keys[row])
      if prefix == CodedCalls.null {
        Self.mix(prompt, into: &keys[row])
        Self.mix(buffers[5].start[row], into: &keys[row])
      }
      body(self.row(row, key: Int64(bitPattern: keys[row]), from: start))
    }
  }

  func eachAttempt(
    _ chosen: ScanRows, from start: Int, _ body: (SequencedRow) -> Void
  ) throws {
    reserve()
    guard try columns.values(of: .operation, chosen, into: buffers[0]) else { return }
    let isExtra = try extras(chosen)
    try columns.numbers(.occurredAt, chosen, into: buffers[1])
    try columns.numbers(.latencyMs, chosen, into: buffers[2])
    try columns.numbers(.costNanos, chosen, into: buffers[3])
    for row in 0..<chosen.count
    where buffers[0].start[row] != CodedCalls.null && !isExtra(row) {
      body(
        SequencedRow(
          time: buffers[1].start[row], first: max(buffers[2].start[row], 0),
          second: max(buffers[3].start[row], 0), key: buffers[0].start[row], place: start + row))
    }
  }

  private func row(_ row: Int, key: Int64, from start: Int) -> SequencedRow {
    SequencedRow(
      time: buffers[1].start[row], first: buffers[2].start[row], second: buffers[3].start[row],
      key: key, place: start + row)
  }

  /// Time, prompt and output.
  private func order(_ chosen: ScanRows) throws {
    try columns.numbers(.occurredAt, chosen, into: buffers[1])
    try columns.share(of: .promptTokens, chosen)
    buffers[2].start.update(from: columns.values.start, count: chosen.count)
    try columns.share(of: .outputTokens, chosen)
    buffers[3].start.update(from: columns.values.start, count: chosen.count)
  }

  /// Hidden iterations inside calls.
  private func extras(_ chosen: ScanRows) throws -> (Int) -> Bool {
    let kinds = buffers[7]
    guard try columns.values(of: .kind, chosen, into: kinds) else { return { _ in false } }
    return { kinds.start[$0] != CodedCalls.null }
  }

  /// The caller's calls that came to an answer.
  private func answered(_ chosen: ScanRows) throws -> (Int) -> Bool {
    let statuses = buffers[6]
    let isExtra = try extras(chosen)
    guard try columns.values(of: .statusCode, chosen, into: statuses) else {
      return { !isExtra($0) }
    }
    // Read now: the buffer is used again.
    let failed = (0..<chosen.count).map { statuses.start[$0] >= 400 }
    return { !failed[$0] && !isExtra($0) }
  }

  /// Codes of several columns as one: 64 bits, as identities are.
  private static func mix(_ code: Int64, into key: inout UInt64) {
    key = (key ^ UInt64(bitPattern: code)) &* 0x9E37_79B9_7F4A_7C15
    key ^= key >> 29
  }
}
