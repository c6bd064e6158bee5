import GRDB
import UsageLog

/// Calls with everything that follows from them (tellings, aliases, sums, columns), changed together.
///
/// `settle` is the one place where a stored call changes: whatever happened to its tellings, the call
/// becomes what they now say.
final class CallBooks {
  let calls: StoredCalls
  let approximate: ApproximateCalls
  let finder: CallFinder
  let tellings: StoredTellings
  /// What was added to the sums since they were last written.
  var sums = UsageSums()
  /// The call at hand and its tellings.
  var memory = CodedCalls()
  private let partOf: Statement
  /// What becomes of calls in closed periods.
  let adjustments: Adjustments
  /// Calls that went to another key, for whoever remembers keys.
  var onMove: (CallKey, CallKey) throws -> Void = { _, _ in }

  /// - Parameter now: UTC milliseconds.
  init(_ db: Database, pricing: CallPricing, at now: Int64) throws {
    adjustments = try Adjustments(db, at: now)
    calls = try StoredCalls(db, pricing: pricing)
    approximate = try ApproximateCalls(db)
    finder = try CallFinder(db)
    tellings = try StoredTellings(db)
    partOf = try Statement(
      """
      SELECT MIN(import) FROM import_part WHERE source = ?1 AND first_line <= ?2 AND last_line >= ?2
      """, on: db)
  }

  /// A stored call, as rows of `memory`.
  struct Loaded {
    var key: CallKey
    /// The call; nil where none of its tellings counts.
    var call: Int?
    var tellings: [Telling]
    /// They have rows of their own.
    var areStored: Bool
  }

  /// Loads a call and its tellings behind what `memory` holds.
  func load(_ key: CallKey) throws -> Loaded {
    var call: Int?
    if try calls.load(hour: key.hour, identity: key.identity, into: &memory) {
      call = memory.count - 1
    }
    if let call, memory[call, .importID] == CodedCalls.null {
      memory[call, .importID] = try importOfOldCall(call)
    }
    var told = try tellings.load(key, call: call, into: &memory)
    let areStored = !told.isEmpty
    if let call, !areStored { told = [Telling(ofItself: call, in: &memory)] }
    return Loaded(key: key, call: call, tellings: told, areStored: areStored)
  }

  /// Calls stored by older versions do not say which import told them first.
  private func importOfOldCall(_ call: Int) throws -> Int64 {
    partOf.bind(0, memory[call, .source])
    partOf.bind(1, memory[call, .sourceLine])
    guard try partOf.next() else { return 0 }
    defer { partOf.reset() }
    return partOf.int(0) ?? 0
  }

  struct Settlement {
    var key: CallKey
    var isChanged: Bool
    /// What became dearer, and how many more calls have no price or are covered by a commitment.
    var costNanos: Int64 = 0
    var unpriced: [(model: String?, change: Int64)] = []
    var covered: [(listNanos: Int64, change: Int64)] = []

    mutating func add(_ other: Settlement) {
      isChanged = isChanged || other.isChanged
      costNanos += other.costNanos
      unpriced += other.unpriced
      covered += other.covered
    }
  }

  /// Makes the call what its tellings say, wherever that puts it; without any that count it goes.
  ///
  /// Tellings that nothing joins any more become calls of their own, and calls that the tellings show to be one
  /// become one.
  ///
  /// - Parameters:
  ///   - identity: the identity that the newest record asks for; nil keeps the one that fits.
  ///   - same: a call that the newest record shows to be this one.
  func settle(
    _ loaded: Loaded, identity: Int64? = nil, joining same: Loaded? = nil
  ) throws -> Settlement {
    var result = Settlement(key: loaded.key, isChanged: false)
    var joined = loaded
    var gone = try knownByRequestAlone(joined)
    if let same, !gone.contains(where: { $0.key == same.key }) { gone.append(same) }
    for other in gone { joined.tellings += other.tellings }
    let strays = TellingGroups.split(&joined.tellings, in: memory)
    var after = try merged(joined, identity: identity)
    while let row = after, let there = try another(as: row, besides: [loaded] + gone) {
      gone.append(there)
      joined.tellings += there.tellings
      after = try merged(joined, identity: identity)
    }
    for other in gone { try remove(other, movedTo: nil, &result) }
    try write(joined, after: after, &result)
    if after != nil, loaded.call == nil || !gone.isEmpty { try noteAliases(joined, of: result.key) }
    if after != nil { try finder.drifting.follow(result.key) }
    for other in gone { try onMove(other.key, result.key) }
    for stray in strays {
      let apart = try settle(stray)
      try onMove(loaded.key, apart.key)
      result.add(apart)
    }
    return result
  }

  /// Takes note of one more log that says of the call just what is stored; false where more is to be done.
  func confirm(_ loaded: Loaded, by new: Int) throws -> Bool {
    guard let call = loaded.call, memory[new, .source] > memory[call, .source],
      memory.saysTheSame(call, new),
      !loaded.tellings.contains(where: { $0.source == memory[new, .source] })
    else { return false }
    let telling = Telling(ofItself: new, in: &memory)
    if !loaded.areStored {
      try tellings.store(loaded.tellings + [telling], of: loaded.key, call: call, in: memory)
    } else {
      try tellings.add(telling, to: loaded.key, call: call, in: memory)
    }
    return true
  }

  /// The tellings that count, as one row behind the others; nil where there are none.
  private func merged(_ loaded: Loaded, identity: Int64?) throws -> Int? {
    let current = loaded.tellings.current
    guard let first = current.first else { return nil }
    var pair = CodedCalls()
    _ = pair.append(copying: first.row, of: memory)
    for telling in current.dropFirst() {
      _ = pair.append(copying: telling.row, of: memory)
      _ = try CallMerge(name: calls.name).merge(&pair)
      pair.removeLast()
    }
    let row = memory.append(copying: 0, of: pair)
    memory[row, .source] = first.source
    memory[row, .sourceLine] = first.line
    memory[row, .importID] = first.importID
    memory[row, .identity] = fittingIdentity(of: row, was: loaded.key.identity, asked: identity)
    if let call = loaded.call,
      memory.saysTheSame(call, row)
        || memory.isBilledTheSame(call, row) && !memory.isUnpriced(call)
    {
      // What was priced once stays as it was: new prices are for new calls, and for 'reprice'.
      for column in CallColumn.priced { memory[row, column] = memory[call, column] }
    } else {
      try calls.price(&memory, row)
    }
    return row
  }

  private func write(_ loaded: Loaded, after: Int?, _ result: inout Settlement) throws {
    guard let after else {
      try remove(loaded, movedTo: nil, &result)
      try tellings.store(loaded.tellings, of: loaded.key, call: nil, in: memory)
      return
    }
    result.key = CallKey(hour: memory[after, .hour], identity: memory[after, .identity])
    if let before = loaded.call, result.key == loaded.key {
      result.isChanged = !memory.saysTheSame(before, after)
      if result.isChanged || !isSamePlace(before, after) {
        try calls.update(memory, after)
        if result.isChanged {
          try account(before, by: -1, &result)
          try account(after, by: 1, &result)
        }
      }
      if loaded.areStored { try tellings.forget(loaded.key) }
    } else {
      try remove(loaded, movedTo: result.key, &result)
      guard try calls.insert(memory, after) else {
        throw StoreError.sqlite("two calls under one key")
      }
      finder.note(
        hour: result.key.hour, isNamed: memory.range(after, .messageID) != nil)
      try account(after, by: 1, &result)
      result.isChanged = true
    }
    try tellings.store(loaded.tellings, of: result.key, call: after, in: memory)
    try approximate.follow(
      memory, after, was: loaded.key,
      wasApproximate: loaded.call.map { memory[$0, .timeIsApproximate] == 1 } ?? false)
  }

  private func isSamePlace(_ one: Int, _ other: Int) -> Bool {
    memory[one, .source] == memory[other, .source]
      && memory[one, .sourceLine] == memory[other, .sourceLine]
      && memory[one, .importID] == memory[other, .importID]
  }

  /// Takes a call away, with what followed from it.
  private func remove(
    _ loaded: Loaded, movedTo new: CallKey?, _ result: inout Settlement
  ) throws {
    if loaded.areStored { try tellings.forget(loaded.key) }
    guard let call = loaded.call else { return }
    try calls.delete(hour: loaded.key.hour, identity: loaded.key.identity)
    try finder.aliases.move(loaded.key, to: new)
    if let new { try onMove(loaded.key, new) }
    if new == nil, memory[call, .timeIsApproximate] == 1 {
      try approximate.forget(loaded.key.identity)
    }
    try account(call, by: -1, &result)
    result.isChanged = true
  }

  private func account(_ row: Int, by sign: Int64, _ result: inout Settlement) throws {
    sums.add(memory, row, times: sign)
    try adjustments.note(memory, row, sign: sign)
    result.costNanos += sign * max(memory[row, .costNanos], 0)
    if let listNanos = memory.coveredListNanos(row) { result.covered.append((listNanos, sign)) }
    guard memory.isUnpriced(row) else { return }
    result.unpriced.append((try calls.model(of: memory, row), sign))
  }
}
