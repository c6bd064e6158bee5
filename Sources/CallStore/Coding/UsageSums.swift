/// The questions that usage is summed up for beforehand; raw values stand in `usage_sum.dimension`.
enum SumDimension: Int64, CaseIterable {
  case total = 0
  case tenant, feature, model, deploy
  /// 5 was the prompts, which are grouped from the packed columns now.
  case channel = 6
  case workspace
  case priceBook

  /// The column whose code is the sum's value; nil for the total.
  var column: CallColumn? {
    switch self {
    case .total: nil
    case .tenant: .tenant
    case .feature: .feature
    case .model: .model
    case .deploy: .deploy
    case .channel: .channel
    case .workspace: .workspace
    case .priceBook: .priceBook
    }
  }
}

/// What is summed up over calls.
struct UsageAmounts: Equatable {
  var calls: Int64 = 0
  var extraCalls: Int64 = 0
  var pricedCalls: Int64 = 0
  var pricedExtraCalls: Int64 = 0
  var callsWithoutUsage: Int64 = 0
  var errors: Int64 = 0
  var input: Int64 = 0
  var cacheCreate: Int64 = 0
  var cacheCreate1h: Int64 = 0
  var cacheRead: Int64 = 0
  var output: Int64 = 0
  var webSearches: Int64 = 0
  var costNanos: Int64 = 0
  var latencyMs: Int64 = 0
  var latencyCalls: Int64 = 0
  var unpricedTokens: Int64 = 0
  var coveredCalls: Int64 = 0
  var coveredNanos: Int64 = 0
  var listCostNanos: Int64 = 0

  init() {}

  init(_ calls: CodedCalls, _ call: Int) {
    func amount(_ column: CallColumn) -> Int64 { max(calls[call, column], 0) }
    let isExtra = calls[call, .kind] != CodedCalls.null
    self.calls = isExtra ? 0 : 1
    extraCalls = isExtra ? 1 : 0
    let priced: Int64 = calls[call, .costNanos] == CodedCalls.null ? 0 : 1
    pricedCalls = isExtra ? 0 : priced
    pricedExtraCalls = isExtra ? priced : 0
    callsWithoutUsage = calls[call, .inputTokens] == CodedCalls.null && priced == 0 ? 1 : 0
    errors = calls[call, .statusCode] >= 400 ? 1 : 0
    input = amount(.inputTokens)
    cacheCreate = amount(.cacheCreateTokens)
    cacheCreate1h = amount(.cacheCreate1hTokens)
    cacheRead = amount(.cacheReadTokens)
    output = amount(.outputTokens)
    webSearches = amount(.webSearchRequests)
    costNanos = amount(.costNanos)
    latencyMs = amount(.latencyMs)
    latencyCalls = calls[call, .latencyMs] == CodedCalls.null ? 0 : 1
    let listed = amount(.listCostNanos)
    if priced == 1 {
      listCostNanos = calls[call, .listCostNanos] == CodedCalls.null ? costNanos : listed
    } else if calls[call, .listCostNanos] == CodedCalls.null {
      unpricedTokens = input + cacheCreate + cacheRead + output
    } else {
      coveredCalls = 1
      coveredNanos = listed
      listCostNanos = listed
    }
  }

  var isZero: Bool { self == UsageAmounts() }

  mutating func add(_ other: UsageAmounts, times sign: Int64) {
    calls += sign * other.calls
    extraCalls += sign * other.extraCalls
    pricedCalls += sign * other.pricedCalls
    pricedExtraCalls += sign * other.pricedExtraCalls
    callsWithoutUsage += sign * other.callsWithoutUsage
    errors += sign * other.errors
    input += sign * other.input
    cacheCreate += sign * other.cacheCreate
    cacheCreate1h += sign * other.cacheCreate1h
    cacheRead += sign * other.cacheRead
    output += sign * other.output
    webSearches += sign * other.webSearches
    costNanos += sign * other.costNanos
    latencyMs += sign * other.latencyMs
    latencyCalls += sign * other.latencyCalls
    unpricedTokens += sign * other.unpricedTokens
    coveredCalls += sign * other.coveredCalls
    coveredNanos += sign * other.coveredNanos
    listCostNanos += sign * other.listCostNanos
  }

  /// In the order of `UsageAmount.summed`.
  var values: [Int64] {
    [
      calls, extraCalls, pricedCalls, pricedExtraCalls, callsWithoutUsage, errors, input,
      cacheCreate, cacheCreate1h, cacheRead, output, webSearches, costNanos, latencyMs,
      latencyCalls, unpricedTokens, coveredCalls, coveredNanos, listCostNanos,
    ]
  }
}

/// Sums over a batch, by dimension, bucket and value: a hash table without a hash per byte.
struct UsageSums {
  struct Key: Equatable {
    var dimension: Int64
    var grain: Int64
    var bucket: Int64
    var value: Int64
  }

  private(set) var keys: [Key] = []
  private(set) var amounts: [UsageAmounts] = []
  private var slots: [Int32] = Array(repeating: 0, count: 4096)

  /// Adds a call under every dimension, or takes it away again.
  mutating func add(_ calls: CodedCalls, _ call: Int, times sign: Int64 = 1) {
    let one = UsageAmounts(calls, call)
    let hour = calls[call, .hour]
    for dimension in SumDimension.allCases {
      let code = dimension.column.map { calls[call, $0] } ?? 0
      let value = code == CodedCalls.null ? 0 : code
      // Days are added up from their hours when the sums are written.
      add(
        one, times: sign,
        at: Key(dimension: dimension.rawValue, grain: 1, bucket: hour, value: value))
    }
  }

  subscript(key: Key) -> UsageAmounts? { place(of: key).map { amounts[$0] } }

  mutating func add(_ other: UsageSums) {
    for (key, amount) in zip(other.keys, other.amounts) { add(amount, times: 1, at: key) }
  }

  /// The sums of whole days, made from those of hours.
  mutating func addDays() {
    for position in keys.indices where keys[position].grain == 1 {
      var day = keys[position]
      day.grain = 24
      day.bucket /= 24
      add(amounts[position], times: 1, at: day)
    }
  }

  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    amounts.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = 0 }
  }

  private func place(of key: Key) -> Int? {
    var index = hash(key) & (slots.count - 1)
    while slots[index] != 0 {
      if keys[Int(slots[index]) - 1] == key { return Int(slots[index]) - 1 }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func add(_ amount: UsageAmounts, times sign: Int64, at key: Key) {
    var index = hash(key) & (slots.count - 1)
    while slots[index] != 0 {
      let position = Int(slots[index]) - 1
      if keys[position] == key {
        amounts[position].add(amount, times: sign)
        return
      }
      index = (index + 1) & (slots.count - 1)
    }
    keys.append(key)
    var first = UsageAmounts()
    first.add(amount, times: sign)
    amounts.append(first)
    slots[index] = Int32(keys.count)
    if keys.count * 2 > slots.count { grow() }
  }

  @inline(__always)
  private func hash(_ key: Key) -> Int {
    var value = UInt64(bitPattern: key.value) &* 0x9E37_79B1_85EB_CA87
    value ^= UInt64(bitPattern: key.bucket) &* 0xC2B2_AE3D_27D4_EB4F
    value ^= UInt64(bitPattern: key.dimension << 8 | key.grain) &* 0x1656_67B1_9E37_79F9
    return Int(truncatingIfNeeded: (value ^ (value >> 32)) &* 0x85EB_CA77_C2B2_AE63 >> 16)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (position, key) in keys.enumerated() {
      var index = hash(key) & (slots.count - 1)
      while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
      slots[index] = Int32(position + 1)
    }
  }
}
