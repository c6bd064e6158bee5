import GRDB
import UsageLog

/// Takes records in, one after the other: each is a new call, or tells something of a stored one
/// (docs/identity.md).
final class RecordTelling {
  enum Outcome { case inserted, updated, duplicate }

  let books: CallBooks
  private let hasDropped: Bool
  /// Logs that are read again: what they tell now stands for all they told before.
  let rereading: Rereading
  /// How many equal lines of a log were told already, where a line's own count fell short.
  private var ordinals: [LinePlace: Int] = [:]
  private static let ordinalLimit = 200_000

  private struct LinePlace: Hashable {
    let hash: UInt64
    let source: Int64
  }

  init(_ db: Database, books: CallBooks) throws {
    self.books = books
    rereading = try Rereading(db, books: books)
    hasDropped =
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM call_telling WHERE replaced_by IS NOT NULL)")
      ?? false
  }

  /// Takes one record in.
  func tell(_ rows: CodedCalls, _ row: Int, _ summary: inout ImportSummary) throws -> Outcome {
    let own = CallKey(hour: rows[row, .hour], identity: rows[row, .identity])
    let approximate = books.approximate
    if approximate.concerns(rows, row), let stored = try approximate.stored(rows, row),
      try books.finder.holds(stored)
    {
      return try tell(rows, row, at: stored, &summary)
    }
    if let elsewhere = try books.finder.elsewhere(rows, row) {
      return try tell(rows, row, at: elsewhere, &summary)
    }
    if let weak = try books.finder.byRequestAlone(rows, row) {
      let isStored = try books.finder.holds(own)
      return try tell(rows, row, at: isStored ? own : weak, joining: weak, &summary)
    }
    if try isFree(own), try books.calls.insert(rows, row) {
      try books.adjustments.note(rows, row, sign: 1)
      try noteNew(rows, row)
      summary.costNanos += max(rows[row, .costNanos], 0)
      if let listNanos = rows.coveredListNanos(row) { summary.noteCovered(listNanos, by: 1) }
      if rows.isUnpriced(row) {
        summary.noteUnpriced(try books.calls.model(of: rows, row), by: 1)
      }
      return .inserted
    }
    return try tell(rows, row, at: own, &summary)
  }

  /// Whether no call was here that was dropped, and whose tellings wait to be restored.
  private func isFree(_ key: CallKey) throws -> Bool {
    guard hasDropped || rereading.isGoingOn else { return true }
    return try books.tellings.count(key) == 0
  }

  private func noteNew(_ rows: CodedCalls, _ row: Int) throws {
    let key = CallKey(hour: rows[row, .hour], identity: rows[row, .identity])
    books.finder.note(hour: key.hour, isNamed: rows.range(row, .messageID) != nil)
    if rows.clues[row].drifts { try books.finder.drifting.note(key) }
    if let alias = rows.clues[row].alias {
      try note(alias, of: key)
    }
    if rows[row, .timeIsApproximate] == CodedCalls.null {
      try books.approximate.noteTimed(key)
    } else {
      try books.approximate.note(key.identity, hour: key.hour)
    }
  }

  private func note(_ alias: UInt64, of key: CallKey) throws {
    try books.finder.aliases.note(Int64(bitPattern: alias), of: key)
    try books.approximate.note(alias: Int64(bitPattern: alias), of: key)
  }

  /// Brings a record together with the call that it tells of.
  private func tell(
    _ rows: CodedCalls, _ row: Int, at key: CallKey, joining same: CallKey? = nil,
    _ summary: inout ImportSummary
  ) throws -> Outcome {
    books.memory.removeAll()
    var loaded = try books.load(key)
    let new = books.memory.append(copying: row, of: rows)
    if let call = loaded.call {
      if try isAnotherEqualLine(loaded, new) { return try tellNextOrdinal(rows, row, &summary) }
      if isAnotherRequest(call, new) { return try tellApart(rows, row, &summary) }
      if CallMerge.disagree(books.memory, call, new) { summary.conflicts += 1 }
    }
    books.sums.add(rows, row, times: -1)
    if !rereading.contains(books.memory[new, .source]), try books.confirm(loaded, by: new) {
      return .duplicate
    }
    guard try add(new, to: &loaded.tellings, of: key) else {
      try rereading.note(books.memory[new, .source], tells: key)
      return .duplicate
    }
    let isNew = loaded.call == nil
    let isHidden = rows[row, .kind] != CodedCalls.null
    let other = try isHidden && same != key ? same.map { try books.load($0) } : nil
    let settled = try books.settle(
      loaded, identity: rows.clues[row].isRequest ? nil : rows[row, .identity], joining: other)
    if let alias = rows.clues[row].alias {
      try note(alias, of: settled.key)
    }
    if rows.clues[row].drifts { try books.finder.drifting.note(settled.key) }
    try rereading.note(books.memory[new, .source], tells: settled.key)
    summary.add(settled)
    return isNew ? .inserted : settled.isChanged ? .updated : .duplicate
  }

  /// Adds what a record says to what was told; false where that is nothing new.
  private func add(
    _ new: Int, to tellings: inout [Telling], of key: CallKey
  ) throws -> Bool {
    let source = books.memory[new, .source]
    let importID = books.memory[new, .importID]
    let isRead = rereading.contains(source)
    let sameLog = tellings.indices.filter { tellings[$0].counts && tellings[$0].source == source }
    if let own = sameLog.first(where: { tellings[$0].importID == importID }) {
      guard let merged = try merged(tellings[own].row, new) else { return false }
      tellings[own].row = merged
      if isRead { restoreUnchanged(&tellings, own) }
      return true
    }
    var telling = Telling(
      source: source, importID: importID, line: books.memory[new, .sourceLine], row: new)
    if isRead {
      if sameLog.count == 1, books.memory.saysTheSame(tellings[sameLog[0]].row, new) {
        return false
      }
      if let last = sameLog.last, try rereading.hasSeen(source, telling: key) {
        // What was told before is confirmed already: this record comes on top of it.
        guard let merged = try merged(tellings[last].row, new) else { return false }
        telling.row = merged
      }
      for earlier in sameLog { tellings[earlier].replacedBy = importID }
    } else if let last = sameLog.last, try merged(tellings[last].row, new) == nil {
      return false
    }
    tellings.append(telling)
    return true
  }

  /// A re-read log that says in several records just what it said before has said nothing new.
  private func restoreUnchanged(_ tellings: inout [Telling], _ own: Int) {
    let importID = tellings[own].importID
    let replaced = tellings.indices.filter {
      tellings[$0].source == tellings[own].source && tellings[$0].replacedBy == importID
    }
    guard replaced.count == 1,
      books.memory.saysTheSame(tellings[replaced[0]].row, tellings[own].row)
    else { return }
    tellings[replaced[0]].replacedBy = nil
    tellings.remove(at: own)
  }

  /// The row that two make, behind the others; nil where the second adds nothing to the first.
  private func merged(_ first: Int, _ second: Int) throws -> Int? {
    var pair = CodedCalls()
    _ = pair.append(copying: first, of: books.memory)
    _ = pair.append(copying: second, of: books.memory)
    guard try CallMerge(name: books.calls.name).merge(&pair).isChanged else { return nil }
    return books.memory.append(copying: 0, of: pair)
  }

  // MARK: - Calls that only look the same

  /// Without an id an equal line further down the same log is a call of its own, not the same one again.
  private func isAnotherEqualLine(_ loaded: CallBooks.Loaded, _ new: Int) throws -> Bool {
    let memory = books.memory
    guard memory.clues[new].lineHash != nil else { return false }
    let source = memory[new, .source]
    let own = loaded.tellings.filter { $0.counts && $0.source == source }
    guard !own.isEmpty, !own.contains(where: { $0.line == memory[new, .sourceLine] }) else {
      return false
    }
    // Where a log is read again, its lines may stand elsewhere by now.
    guard rereading.contains(source) else { return true }
    return try own.contains { $0.importID == memory[new, .importID] }
      || rereading.hasSeen(source, telling: loaded.key)
  }

  private func tellNextOrdinal(
    _ rows: CodedCalls, _ row: Int, _ summary: inout ImportSummary
  ) throws -> Outcome {
    guard let hash = rows.clues[row].lineHash else { return .duplicate }
    let place = LinePlace(hash: hash, source: rows[row, .source])
    var ordinal = ordinals[place] ?? self.ordinal(of: rows[row, .identity], hash)
    var again = CodedCalls()
    _ = again.append(copying: row, of: rows)
    var loaded: CallBooks.Loaded
    repeat {
      ordinal += 1
      again[0, .identity] = Int64(bitPattern: LineIdentity.identity(hash, ordinal: ordinal))
      books.memory.removeAll()
      loaded = try books.load(CallKey(hour: again[0, .hour], identity: again[0, .identity]))
    } while try isAnotherEqualLine(loaded, books.memory.append(copying: 0, of: again))
    if ordinals.count >= Self.ordinalLimit { ordinals.removeAll() }
    ordinals[place] = ordinal
    return try tell(again, 0, &summary)
  }

  private func ordinal(of identity: Int64, _ hash: UInt64) -> Int {
    var ordinal = 0
    while Int64(bitPattern: LineIdentity.identity(hash, ordinal: ordinal)) != identity {
      ordinal += 1
    }
    return ordinal
  }

  /// One message id under two requests of the vendor's is two calls, unless one of them replays the other.
  private func isAnotherRequest(_ call: Int, _ new: Int) -> Bool {
    let memory = books.memory
    guard let known = memory.bytes(call, .requestID), let request = memory.bytes(new, .requestID),
      memory.clues[new].alias != nil, known != request
    else { return false }
    return CallIdentity.isIssued(known) && CallIdentity.isIssued(request)
      && !CallMerge.isReplay(memory, call) && !CallMerge.isReplay(memory, new)
  }

  private func tellApart(
    _ rows: CodedCalls, _ row: Int, _ summary: inout ImportSummary
  ) throws -> Outcome {
    guard let request = rows.bytes(row, .requestID) else { return .duplicate }
    var again = CodedCalls()
    _ = again.append(copying: row, of: rows)
    again[0, .identity] = CallIdentity.apart(message: rows[row, .identity], request: request)
    return try tell(again, 0, &summary)
  }
}
