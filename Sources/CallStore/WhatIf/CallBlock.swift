/// Calls column by column, as far as columns were asked for: an hour's, gathered from its parts.
final class CallBlock: CodedRows {
  private(set) var count = 0
  private var capacity = 0
  private let columns: [ScanColumn]
  /// By column of `call`; nil for what was not asked for, and for what none of the calls tells.
  private let starts: UnsafeMutablePointer<UnsafeMutablePointer<Int64>?>
  /// The same memory, kept from hour to hour.
  private var kept: [UnsafeMutablePointer<Int64>?]
  private var order: [(time: Int64, identity: Int64, row: Int32)] = []

  init(_ columns: [ScanColumn]) {
    self.columns = columns
    starts = .allocate(capacity: CallColumn.count)
    starts.initialize(repeating: nil, count: CallColumn.count)
    kept = Array(repeating: nil, count: CallColumn.count)
  }

  deinit {
    for start in kept { start?.deallocate() }
    starts.deallocate()
  }

  subscript(call: Int, column: CallColumn) -> Int64 {
    @inline(__always) get { starts[column.rawValue].map { $0[call] } ?? CodedCalls.null }
  }

  /// Adds what is chosen of the part at hand.
  func append(_ chosen: ScanRows, of part: ScanColumns) throws {
    reserve(count + chosen.count)
    for column in columns {
      let place = column.column.rawValue
      if try part.calls.bytes(column) == nil {
        (starts[place].map { $0 + count })?.update(
          repeating: CodedCalls.null, count: chosen.count)
        continue
      }
      try part.read(column, chosen, into: start(place) + count)
    }
    count += chosen.count
  }

  func removeAll() {
    count = 0
    starts.update(repeating: nil, count: CallColumn.count)
  }

  /// Hands over each call, in the order of time and identity where that is wanted.
  func each(inOrder: Bool, _ body: (_ row: Int) throws -> Void) rethrows {
    guard inOrder else {
      for row in 0..<count { try body(row) }
      return
    }
    order.removeAll(keepingCapacity: true)
    for row in 0..<count {
      order.append((self[row, .occurredAt], self[row, .identity], Int32(truncatingIfNeeded: row)))
    }
    // Logs are nearly in order of time: there is little to sort.
    order.sort { ($0.time, $0.identity) < ($1.time, $1.identity) }
    for (_, _, row) in order { try body(Int(row)) }
  }

  /// Where a column that some call tells is written; NULL for the calls before.
  private func start(_ column: Int) -> UnsafeMutablePointer<Int64> {
    if let start = starts[column] { return start }
    let start = kept[column] ?? .allocate(capacity: capacity)
    start.update(repeating: CodedCalls.null, count: count)
    kept[column] = start
    starts[column] = start
    return start
  }

  private func reserve(_ needed: Int) {
    guard needed > capacity else { return }
    let larger = max(needed, 2 * capacity)
    for (column, start) in kept.enumerated() {
      guard let start else { continue }
      let moved = UnsafeMutablePointer<Int64>.allocate(capacity: larger)
      if starts[column] != nil {
        moved.update(from: start, count: count)
        starts[column] = moved
      }
      start.deallocate()
      kept[column] = moved
    }
    capacity = larger
  }
}
