import GRDB
import UsageLog

/// A call whose price is another by the book at hand.
struct RepricedCall {
  var identity: Int64
  var occurredAt: Int64
  /// The code of the canonical model.
  var model: Int64
  var before: Prices
  var after: Prices

  /// What pricing fills in.
  struct Prices: Equatable {
    var cost: Int64
    var listed: Int64
    var book: Int64

    init(_ rows: CodedCalls, _ row: Int) {
      cost = rows[row, .costNanos]
      listed = rows[row, .listCostNanos]
      book = rows[row, .priceBook]
    }

    /// Neither priced nor covered by a commitment.
    var isUnpriced: Bool { cost == CodedCalls.null && listed == CodedCalls.null }

    func costsTheSame(as other: Prices) -> Bool { cost == other.cost && listed == other.listed }
  }

  /// Whether money moves; otherwise only the book is noted, of calls that were priced before books were kept.
  var isDearerOrCheaper: Bool { !before.costsTheSame(as: after) }
}

/// Prices stored calls anew, an hour at a time, and writes what came out different.
struct RepricedCalls {
  private static let read: [CallColumn] =
    [.identity, .occurredAt, .kind, .workspace, .apiKey]
    + CallColumn.billed.filter { $0 != .rowVersion } + CallColumn.priced

  private let select: Statement
  private let update: Statement
  private let books: CallBooks

  init(_ db: Database, books: CallBooks) throws {
    self.books = books
    select = try Statement(
      "SELECT \(Self.read.map(\.name).joined(separator: ", ")) FROM call WHERE hour = ?1", on: db)
    update = try Statement(
      """
      UPDATE call SET cost_usd_nanos = ?3, list_cost_usd_nanos = ?4, price_book = ?5
      WHERE hour = ?1 AND identity = ?2
      """, on: db)
  }

  /// The calls of an hour that lie in the span and are priced otherwise now.
  ///
  /// - Parameter seen: called once a call in the span.
  func changed(
    in hour: Int64, within span: Range<Int64>, seen: () -> Void
  ) throws -> [RepricedCall] {
    var changed: [RepricedCall] = []
    var rows = CodedCalls()
    select.bind(0, hour)
    defer { select.reset() }
    while try select.next() {
      rows.removeAll()
      let row = rows.append()
      for (position, column) in Self.read.enumerated() {
        if let value = select.int(position) { rows[row, column] = value }
      }
      guard span.contains(rows[row, .occurredAt]) else { continue }
      seen()
      let before = RepricedCall.Prices(rows, row)
      try books.calls.price(&rows, row)
      let after = RepricedCall.Prices(rows, row)
      if before.costsTheSame(as: after), before.book != CodedCalls.null { continue }
      changed.append(
        RepricedCall(
          identity: rows[row, .identity], occurredAt: rows[row, .occurredAt],
          model: rows[row, .model], before: before, after: after))
    }
    return changed
  }

  /// Writes the new prices, with the sums and columns that follow from them.
  func write(_ calls: [RepricedCall], of hour: Int64) throws {
    for call in calls {
      books.memory.removeAll()
      guard try books.calls.load(hour: hour, identity: call.identity, into: &books.memory) else {
        continue
      }
      books.sums.add(books.memory, 0, times: -1)
      if call.isDearerOrCheaper { try books.adjustments.note(books.memory, 0, sign: -1) }
      books.memory[0, .costNanos] = call.after.cost
      books.memory[0, .listCostNanos] = call.after.listed
      books.memory[0, .priceBook] = call.after.book
      books.sums.add(books.memory, 0)
      if call.isDearerOrCheaper { try books.adjustments.note(books.memory, 0, sign: 1) }
      update.bind(0, hour)
      update.bind(1, call.identity)
      for (place, value) in [call.after.cost, call.after.listed, call.after.book].enumerated()
      where value != CodedCalls.null { update.bind(2 + place, value) }
      try update.run()
    }
    if !calls.isEmpty { books.calls.columns.spoil(hour: hour) }
  }
}
