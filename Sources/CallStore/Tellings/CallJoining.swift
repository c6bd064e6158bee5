import GRDB

/// Which stored calls turn out to be one, by the ids and times that their tellings know.
extension CallBooks {
  /// Where a call goes there may be one already: the same one, known by another id or at another time.
  func another(as row: Int, besides known: [Loaded]) throws -> Loaded? {
    func isNew(_ key: CallKey) -> Bool { !known.contains { $0.key == key } }
    let key = CallKey(hour: memory[row, .hour], identity: memory[row, .identity])
    if isNew(key) {
      let there = try load(key)
      if there.call != nil || !there.tellings.isEmpty { return there }
    } else if known[0].call != nil || known[0].key != key {
      return nil
    }
    let request = memory.bytes(row, .requestID)
    let hasMessage = memory.bytes(row, .messageID) != nil
    guard request != nil || hasMessage || memory[row, .kind] != CodedCalls.null else { return nil }
    let at = memory[row, .occurredAt]
    if let near = try finder.neighbour(of: key.hour, at: at, key.identity) {
      return isNew(near) ? try load(near) : nil
    }
    guard !hasMessage, let request,
      let near = try finder.alias(key.identity, hour: key.hour, at: at),
      isNew(near)
    else { return nil }
    // An id may be known from a telling that was taken back since.
    let wanted = Array(request)
    let there = try load(near)
    let isKnown = there.tellings.current.contains {
      memory.bytes($0.row, .messageID) != nil
        && memory.bytes($0.row, .requestID).map(Array.init) == wanted
    }
    return isKnown ? there : nil
  }

  /// The other ids that the tellings know the call by.
  func noteAliases(_ loaded: Loaded, of key: CallKey) throws {
    for telling in loaded.tellings.current where memory.bytes(telling.row, .messageID) != nil {
      guard let request = memory.bytes(telling.row, .requestID), CallIdentity.isIssued(request),
        !CallMerge.isReplay(memory, telling.row)
      else { continue }
      try finder.aliases.note(identity(request), of: key)
    }
  }

  /// A group of tellings that stands for a call of its own from now on.
  func settle(_ stray: [Telling]) throws -> Settlement {
    let row = stray.current[0].row
    let request = memory.bytes(row, .requestID) ?? []
    let key = CallKey(hour: memory[row, .hour], identity: identity(request))
    let there = try load(key)
    var joined = there
    joined.tellings += stray
    return try settle(joined)
  }

  /// Calls that were stored for their request id alone, which one of the tellings knows to be this call's.
  func knownByRequestAlone(_ loaded: Loaded) throws -> [Loaded] {
    var found: [Loaded] = []
    for telling in loaded.tellings.current where memory.bytes(telling.row, .messageID) != nil {
      guard memory[telling.row, .kind] == CodedCalls.null,
        let request = memory.bytes(telling.row, .requestID), CallIdentity.isIssued(request),
        !CallMerge.isReplay(memory, telling.row),
        let key = try finder.byRequestAlone(
          identity(request), hour: memory[telling.row, .hour],
          at: memory[telling.row, .occurredAt]),
        key != loaded.key, !found.contains(where: { $0.key == key })
      else { continue }
      let other = try load(key)
      guard let call = other.call, memory.bytes(call, .messageID) == nil else { continue }
      found.append(other)
    }
    return found
  }
}
