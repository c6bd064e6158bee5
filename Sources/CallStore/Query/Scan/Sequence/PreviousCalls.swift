/// Tells each call what the one before of the same key was: hour by hour, in order of time.
struct PreviousCalls {
  private var slots = CodeSlots()
  private var last: [SequencedRow] = []
  private var hour: [SequencedRow] = []

  mutating func add(_ row: SequencedRow) { hour.append(row) }

  /// All calls of an hour have been added.
  mutating func settle(_ body: (_ call: SequencedRow, _ previous: SequencedRow?) -> Void) {
    // Logs are nearly in order, and so are their parts: often there is nothing to sort.
    let isSorted = zip(hour, hour.dropFirst()).allSatisfy { !SequencedRow.precedes($1, $0) }
    if !isSorted { hour.sort(by: SequencedRow.precedes) }
    for row in hour {
      let slot = slots.slot(of: row.key)
      if slot == last.count {
        body(row, nil)
        last.append(row)
      } else {
        body(row, last[slot])
        last[slot] = row
      }
    }
    hour.removeAll(keepingCapacity: true)
  }
}
