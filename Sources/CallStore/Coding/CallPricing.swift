import UsageLog

/// Prices rows: the one place where a row's columns become its cost.
///
/// Imports, merges, repricing and explanations all ask here.
struct CallPricing {
  let prices: PriceBook
  /// The book's id in the database.
  let bookID: Int64
  /// Contracts tell calls apart by workspace or API key.
  var asksForAccount: Bool { asksForWorkspace || asksForAPIKey }
  private let asksForWorkspace: Bool
  private let asksForAPIKey: Bool
  private var plans: [PriceKey: PricePlan] = [:]
  private var outcomes: [Int64: Call.Outcome] = [:]
  private var refusal = NamedCode("refusal")
  private var batch = NamedCode("batch")

  init(_ prices: PriceBook, bookID: Int64) {
    self.prices = prices
    self.bookID = bookID
    asksForWorkspace = prices.asksForWorkspace
    asksForAPIKey = prices.asksForAPIKey
  }

  /// Fills in a row's cost, its list price where that is another, and the book.
  ///
  /// - Parameter name: the text behind a code.
  mutating func price(
    _ rows: inout CodedCalls, _ row: Int, name: (Int64) throws -> String?
  ) rethrows {
    let null = CodedCalls.null
    var cost = null
    var listed = null
    switch try self.cost(of: rows, row, name: name) {
    case .free: cost = 0
    case .priced(let charge):
      cost = charge.nanos
      if charge.listNanos != cost { listed = charge.listNanos }
    case .covered(let charge): listed = charge.listNanos
    case .unpriced, .noUsage, .noModel: break
    }
    rows[row, .costNanos] = cost
    rows[row, .listCostNanos] = listed
    rows[row, .priceBook] = bookID
  }

  /// What a row costs, by its own columns.
  mutating func cost(
    of rows: some CodedRows, _ row: Int, name: (Int64) throws -> String?
  ) rethrows -> CallCost {
    try facts(of: rows, row, name: name).cost(try plan(of: rows, row, name: name))
  }

  mutating func facts(
    of rows: some CodedRows, _ row: Int, name: (Int64) throws -> String?
  ) rethrows -> BilledFacts {
    func value(_ column: CallColumn) -> Int64? {
      let value = rows[row, column]
      return value == CodedCalls.null ? nil : value
    }
    var facts = BilledFacts()
    facts.usage.input = value(.inputTokens)
    facts.usage.cacheCreate = value(.cacheCreateTokens)
    facts.usage.cacheCreate1h = value(.cacheCreate1hTokens)
    facts.usage.cacheRead = value(.cacheReadTokens)
    facts.usage.output = value(.outputTokens)
    facts.usage.webSearches = value(.webSearchRequests)
    facts.occurredAt = rows[row, .occurredAt]
    facts.statusCode = value(.statusCode)
    facts.isExtra = value(.kind) != nil
    if let outcome = value(.outcome) { facts.outcome = try self.outcome(outcome, name) }
    facts.isRefusal = try refusal.isSame(rows[row, .stopReason], name)
    facts.isBatch = try batch.isSame(rows[row, .serviceTier], name)
    if facts.isRefusal || facts.isExtra {
      facts.stopCategory = try value(.stopCategory).flatMap(name)
    }
    return facts
  }

  /// The names that a row's prices depend on; nil if it names no model.
  func key(of rows: some CodedRows, _ row: Int) -> PriceKey? {
    let raw = rows[row, .modelRaw]
    let model = raw == CodedCalls.null ? rows[row, .model] : raw
    guard model != CodedCalls.null else { return nil }
    return PriceKey(
      model: model, channel: rows[row, .channel], region: rows[row, .region],
      tier: rows[row, .serviceTier], speed: rows[row, .speed], geo: rows[row, .inferenceGeo],
      workspace: asksForWorkspace ? rows[row, .workspace] : CodedCalls.null,
      apiKey: asksForAPIKey ? rows[row, .apiKey] : CodedCalls.null)
  }

  /// The prices for a row; nil if it names no model.
  mutating func plan(
    of rows: some CodedRows, _ row: Int, name: (Int64) throws -> String?
  ) rethrows -> PricePlan? {
    guard let key = key(of: rows, row) else { return nil }
    if let known = plans[key] { return known }
    guard let conditions = try key.conditions(name) else { return nil }
    let plan = prices.plan(for: conditions)
    plans[key] = plan
    return plan
  }

  private mutating func outcome(
    _ code: Int64, _ name: (Int64) throws -> String?
  ) rethrows -> Call.Outcome? {
    if let known = outcomes[code] { return known }
    let outcome = try name(code).flatMap { Call.Outcome(rawValue: $0) }
    outcomes[code] = outcome
    return outcome
  }
}

/// The names a price depends on, by their codes.
struct PriceKey: Hashable {
  var model: Int64
  var channel: Int64
  var region: Int64
  var tier: Int64
  var speed: Int64
  var geo: Int64
  var workspace: Int64
  var apiKey: Int64

  /// The same in words; nil if the model has no name.
  func conditions(_ name: (Int64) throws -> String?) rethrows -> PriceConditions? {
    func text(_ code: Int64) throws -> String? {
      code == CodedCalls.null ? nil : try name(code)
    }
    guard let model = try text(model) else { return nil }
    var conditions = PriceConditions(model: model)
    conditions.channel = try text(channel)
    conditions.region = try text(region)
    conditions.serviceTier = try text(tier)
    conditions.speed = try text(speed)
    conditions.inferenceGeo = try text(geo)
    conditions.workspace = try text(workspace)
    conditions.apiKey = try text(apiKey)
    return conditions
  }
}

/// One name's code, so that codes are compared and not names.
private struct NamedCode {
  private let name: String
  private var code: Int64?
  /// The last code that was another name's.
  private var other: Int64?

  init(_ name: String) { self.name = name }

  mutating func isSame(
    _ asked: Int64, _ text: (Int64) throws -> String?
  ) rethrows -> Bool {
    if asked == CodedCalls.null || asked == other { return false }
    if asked == code { return true }
    guard try text(asked) == name else {
      other = asked
      return false
    }
    code = asked
    return true
  }
}
