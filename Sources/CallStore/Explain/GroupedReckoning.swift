import UsageLog

/// Adds calls up by what decides their prices, each priced by its own book as it was when it was stored.
struct GroupedReckoning {
  private struct Key: Hashable {
    var scope: Int
    var book: Int64
    var conditions: PriceKey?
    var period: Int64?
    var isLong: Bool
    var outcome: Reckoning.Outcome
    /// `FreeReason`, or `UnpricedReason`.
    var reason: String?
  }

  private let prices: KnownPrices
  private var places: [Key: Int] = [:]
  private(set) var groups: [CallGroup] = []
  /// The dearest so far, in order.
  private(set) var dearest: [(key: CallKey, costNanos: Int64?)] = []
  private static let dearestShown = 5

  init(_ prices: KnownPrices) { self.prices = prices }

  /// Adds the only row of `rows`.
  ///
  /// - Parameters:
  ///   - scope: what is to be added up apart.
  ///   - sign: -1 takes the call away again.
  mutating func add(_ rows: CodedCalls, scope: Int = 0, sign: Int64 = 1) throws {
    try prices.withPricing(ofBook: rows[0, .priceBook]) { pricing in
      try add(rows, scope, sign, &pricing)
    }
  }

  private mutating func add(
    _ rows: CodedCalls, _ scope: Int, _ sign: Int64, _ pricing: inout CallPricing
  ) throws {
    let facts = try pricing.facts(of: rows, 0, name: prices.name)
    let plan = try pricing.plan(of: rows, 0, name: prices.name)
    let cost = facts.cost(plan)
    let usage = facts.tokens
    let period = plan?.period(at: facts.occurredAt)
    var key = Key(
      scope: scope, book: pricing.bookID, conditions: pricing.key(of: rows, 0),
      period: period?.validFrom,
      isLong: usage.promptTokens > period?.longThreshold ?? .max, outcome: .priced)
    (key.outcome, key.reason) = Self.outcome(cost)
    let place = try places[key] ?? begin(key, period, rows)
    places[key] = place
    groups[place].add(
      facts.usage.isLogged ? usage : nil, cost, isExtra: facts.isExtra, rows, times: sign)
  }

  private static func outcome(_ cost: CallCost) -> (Reckoning.Outcome, String?) {
    switch cost {
    case .free(let reason): (.free, reason.rawValue)
    case .priced: (.priced, nil)
    case .covered: (.covered, nil)
    case .unpriced(let reason): (.unpriced, reason.what)
    case .noUsage: (.noUsage, "the log does not say what was used")
    case .noModel: (.noModel, "the log names no model")
    }
  }

  private mutating func begin(_ key: Key, _ period: PricePeriod?, _ rows: CodedCalls) throws -> Int
  {
    let conditions = try key.conditions?.conditions(prices.name)
    let payable: Ratio =
      if case .discount(let ratio) = period?.override?.effect { ratio } else { .one }
    let rates = key.isLong ? period?.longRates : period?.rates
    let listed = key.isLong ? period?.list.longRates : period?.list.rates
    let lines = TokenClass.allCases.map { tokenClass in
      let rate =
        key.outcome == .free
        ? 0 : rates.flatMap { tokenClass.rate(in: $0, webSearch: period?.webSearch) }
      return Reckoning.Line(
        tokenClass: tokenClass, count: 0,
        listedRate: period?.row.flatMap { tokenClass.rate(in: $0.rates, webSearch: $0.webSearch) },
        listRate: listed.flatMap { tokenClass.rate(in: $0, webSearch: period?.list.webSearch) },
        rate: rate, picodollars: rate == nil ? nil : 0)
    }
    groups.append(
      CallGroup(
        scope: key.scope, terms: conditions, model: conditions?.model,
        conditions: conditions?.named ?? [], outcome: key.outcome,
        reason: key.outcome == .covered ? period?.override?.name : key.reason, row: period?.row,
        agreement: period?.override?.name, isLong: key.isLong && period?.row?.longPrompt != nil,
        payable: payable, lines: lines))
    return groups.count - 1
  }

  mutating func noteDear(_ rows: CodedCalls) {
    let cost = rows.value(0, .costNanos)
    if dearest.count == Self.dearestShown, (dearest.last?.costNanos ?? -1) >= cost ?? -1 { return }
    let key = CallKey(hour: rows[0, .hour], identity: rows[0, .identity])
    let place = dearest.firstIndex { ($0.costNanos ?? -1) < cost ?? -1 } ?? dearest.count
    dearest.insert((key, cost), at: place)
    if dearest.count > Self.dearestShown { dearest.removeLast() }
  }
}

extension CallGroup {
  fileprivate mutating func add(
    _ usage: TokenUsage?, _ cost: CallCost, isExtra: Bool, _ rows: CodedCalls, times sign: Int64
  ) {
    if isExtra { extraCalls += sign } else { calls += sign }
    if (rows.value(0, .statusCode) ?? 0) >= 400 { errors += sign }
    if let usage {
      for place in lines.indices {
        let count = sign * lines[place].tokenClass.count(in: usage)
        lines[place].count += count
        if let rate = lines[place].rate {
          lines[place].picodollars = (lines[place].picodollars ?? 0) + Int128(count) * Int128(rate)
        }
      }
    }
    var own: Int64?
    switch cost {
    case .priced(let charge):
      picodollars += Int128(sign) * charge.picodollars
      listNanos += sign * charge.listNanos
      own = charge.nanos
    case .covered(let charge):
      picodollars += Int128(sign) * charge.picodollars
      listNanos += sign * charge.listNanos
    case .free: own = 0
    case .unpriced, .noUsage, .noModel: break
    }
    costNanos += sign * (own ?? 0)
    let stored = rows.value(0, .costNanos)
    storedNanos += sign * (stored ?? 0)
    if stored != own { disagreeing += sign }
  }
}

extension PriceConditions {
  /// Those that were logged, beside the model.
  fileprivate var named: [String] {
    let given = [
      ("channel", channel), ("region", region), ("service_tier", serviceTier), ("speed", speed),
      ("inference_geo", inferenceGeo), ("workspace", workspace), ("api_key", apiKey),
    ]
    return given.compactMap { name, value in value.map { "\(name) \($0)" } }
  }
}
