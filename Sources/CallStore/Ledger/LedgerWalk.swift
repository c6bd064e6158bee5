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
    func add(_ rows: CodedCalls, sign: Int64, _ scope: Scope) throws {
      books.insert(rows[0, .priceBook])
      try reckoning.add(rows, scope: scopes.index(scope), sign: sign)
    }
    func own(_ rows: CodedCalls) -> Scope {
      Scope(day: query.day(of: rows[0, .occurredAt]), codes: columns.map { rows[0, $0] })
    }
    try SelectedRows(window, with: columns, on: db).each { try add($0, sign: 1, own($0)) }
    // As it was closed: without what came, with what went.
    try SelectedRows(window, with: columns, from: "adjustment", own: ["sign"], on: db)
      .eachBesides { try add($0, sign: -$1[0], own($0)) }
    try SelectedRows(
      everything, with: columns, from: "adjustment",
      own: ["sign", "closing", "recorded_at", "booked_at"],
      where: ["booked_at >= \(query.since)", "booked_at < \(query.until)"], on: db
    ).eachBesides { rows, own in
      try add(
        rows, sign: own[0],
        Scope(day: -1, codes: columns.map { rows[0, $0] }, about: Array(own.dropFirst())))
    }
    return try ledger(reckoning.groups.filter { !$0.isNothing }, scopes.all, books)
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
