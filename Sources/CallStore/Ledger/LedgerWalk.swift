import GRDB
import UsageLog

extension CallDatabase {
  /// Adds calls up as finance counts them; `SpendLedger` says what that means.
  package func ledger(_ query: LedgerQuery, prices: PriceSettings) throws -> SpendLedger {
    try reading { reader in
      try reader.outside { db in
        try LedgerWalk(query, KnownPrices(db, prices), on: db).ledger()
      }
    }
  }
}

/// Walks over the calls of a ledger's window, and over what became of those in closed periods.
private struct LedgerWalk {
  /// What is added up apart, beside prices.
  private struct Scope: Hashable {
    /// Index of the day; of an adjustment -1.
    var day: Int
    var codes: [Int64]
    /// Of an adjustment: what it corrects, when it became known, where it is dated.
    var about: [Int64] = []
  }

  private let query: LedgerQuery
  private let prices: KnownPrices
  private let db: Database
  private let columns: [CallColumn]

  init(_ query: LedgerQuery, _ prices: KnownPrices, on db: Database) throws {
    self.query = query
    self.prices = prices
    self.db = db
    columns = query.dimensions.map(\.scanColumn.column)
  }

  func ledger() throws -> SpendLedger {
    var reckoning = GroupedReckoning(prices)
    var scopes = Scopes<Scope>()
    let window = Selection(since: query.since, until: query.until, filters: query.filters)
    let everything = Selection(filters: query.filters)
    var books: Set<Int64> = []
    func add(
      _ rows: SelectedRows, sign: Int64, _ scope: (CodedCalls) -> Scope
    ) throws {
      try rows.each {
        books.insert($0[0, .priceBook])
        try reckoning.add($0, scope: scopes.index(scope($0)), sign: sign)
      }
    }
    func own(_ rows: CodedCalls) -> Scope {
      Scope(day: query.day(of: rows[0, .occurredAt]), codes: columns.map { rows[0, $0] })
    }
    try add(SelectedRows(window, with: columns, on: db), sign: 1, own)
    for sign in [1, -1] as [Int64] {
      // As it was closed: without what came, with what went.
      try add(
        SelectedRows(
          window, with: columns, from: "adjustment", where: ["sign = \(sign)"], on: db),
        sign: -sign, own)
    }
    for booking in try bookings() {
      for sign in [1, -1] as [Int64] {
        try add(
          SelectedRows(
            everything, with: columns, from: "adjustment",
            where: [
              "closing = \(booking[0])", "recorded_at = \(booking[1])",
              "booked_at = \(booking[2])", "sign = \(sign)",
            ], on: db), sign: sign
        ) { rows in Scope(day: -1, codes: columns.map { rows[0, $0] }, about: booking) }
      }
    }
    return try ledger(reckoning.groups.filter { !$0.isNothing }, scopes.all, books)
  }

  /// Closing, when it was recorded and where it is dated, of the adjustments that are dated into the window.
  private func bookings() throws -> [[Int64]] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT closing, recorded_at, booked_at FROM adjustment
        WHERE booked_at >= ? AND booked_at < ? ORDER BY 1, 2, 3
        """, arguments: [query.since, query.until]
    ).map { [$0[0], $0[1], $0[2]] }
  }

  private func ledger(
    _ groups: [CallGroup], _ scopes: [Scope], _ books: Set<Int64>
  ) throws -> SpendLedger {
    var ledger = SpendLedger(query: query)
    let texts = try LedgerNames(query.dimensions, on: db)
    for group in groups {
      let scope = scopes[group.scope]
      let values = try texts.values(of: scope.codes)
      if scope.day >= 0 {
        ledger.entries.append(LedgerEntry(day: scope.day, values: values, calls: group))
      } else {
        ledger.adjustments.append(
          LedgerAdjustment(
            period: try String.fetchOne(
              db, sql: "SELECT period FROM closing WHERE id = ?", arguments: [scope.about[0]])
              ?? "",
            recordedAt: scope.about[1], bookedAt: scope.about[2], values: values, calls: group))
      }
    }
    ledger.entries.sort { $0.order < $1.order }
    ledger.adjustments.sort { $0.order < $1.order }
    ledger.books = books.compactMap { prices.book($0)?.hash }.sorted()
    return ledger
  }
}

/// Numbers what is added up apart.
private struct Scopes<Part: Hashable> {
  private var places: [Part: Int] = [:]
  private(set) var all: [Part] = []

  mutating func index(_ scope: Part) -> Int {
    if let place = places[scope] { return place }
    places[scope] = all.count
    all.append(scope)
    return all.count - 1
  }
}
