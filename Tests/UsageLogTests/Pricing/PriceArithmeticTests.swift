import Testing

@testable import UsageLog

/// Random usages on every row, against fractions worked out from the catalogue's text.
struct PriceArithmeticTests {
  @Test func `every row prices like exact fractions`() throws {
    let book = try shippedBook()
    let lines = String(decoding: PackageResources.prices_csv, as: UTF8.self).split(separator: "\n")
    let names = lines[0].split(separator: ",").map(String.init)
    var random = Sequence64(state: 20_261_121)
    var priced = 0
    for line in lines.dropFirst() {
      let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let row = Dictionary(uniqueKeysWithValues: zip(names, values))
      for _ in 0..<40 {
        let usage = random.usage()
        let isBatch = random.below(2) == 0
        let isUS = random.below(2) == 0
        let plan = book.plan(row, isBatch: isBatch, isUS: isUS)
        let expected = naivePicodollars(usage, row, isBatch: isBatch, isUS: isUS)
        let cost = plan.cost(usage, at: random.instant(in: row))
        #expect(cost.picodollars.map { Fraction($0) } == expected, "\(line) \(usage)")
        if expected != nil { priced += 1 }
      }
    }
    #expect(priced > 3_000)
  }
}

extension PriceBook {
  /// The plan of a call that a catalogue row describes, by what its log would say.
  fileprivate func plan(_ row: [String: String], isBatch: Bool, isUS: Bool) -> PricePlan {
    let words = (row["provider"] ?? "").split(separator: "-")
    let region = words.contains("global") ? "global" : words.contains("regional") ? "eu" : nil
    return plan(
      model: row["model"] ?? "", channel: String(words[0]), region: region,
      serviceTier: isBatch ? "batch" : nil, speed: words.contains("fast") ? "fast" : nil,
      inferenceGeo: isUS ? "us" : nil)
  }
}

/// The rule in one sentence, over decimal text: no integers, no plan, no shared code.
private func naivePicodollars(
  _ usage: TokenUsage, _ row: [String: String], isBatch: Bool, isUS: Bool
) -> Fraction? {
  func decimal(_ name: String) -> Fraction? { row[name].flatMap(Fraction.init(decimal:)) }
  let prompt = usage.input + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheRead
  let isLong = decimal("long_context_threshold").map { Fraction(Int128(prompt)) > $0 } ?? false
  guard let input = decimal("input"), let output = decimal("output") else { return nil }
  let longInput = decimal("long_input") ?? input
  let cacheFactor = isLong ? longInput / input : Fraction(1)

  var dollars = Fraction(0)
  dollars = dollars + Fraction(Int128(usage.input)) * (isLong ? longInput : input)
  dollars =
    dollars + Fraction(Int128(usage.output))
    * (isLong ? decimal("long_output") ?? output : output)
  for (tokens, name) in [
    (usage.cacheWrite5m, "cache_write_5m"), (usage.cacheWrite1h, "cache_write_1h"),
    (usage.cacheRead, "cache_read"),
  ] where tokens > 0 {
    guard let rate = decimal(name) else { return nil }
    dollars = dollars + Fraction(Int128(tokens)) * rate * cacheFactor
  }
  if isBatch {
    guard let factor = decimal("batch_multiplier") else { return nil }
    dollars = dollars * factor
  }
  if isUS { dollars = dollars * (decimal("us_residency_multiplier") ?? Fraction(1)) }
  dollars = dollars / Fraction(1_000_000)
  if usage.webSearches > 0 {
    guard let price = decimal("web_search_usd_per_1000") else { return nil }
    dollars = dollars + Fraction(Int128(usage.webSearches)) * price / Fraction(1_000)
  }
  return dollars * Fraction(1_000_000_000_000)
}

/// A fraction in lowest terms.
private struct Fraction: Equatable {
  let over: Int128
  let under: Int128

  init(_ over: Int128, _ under: Int128 = 1) {
    var (larger, smaller) = (over, under)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    self.over = over / larger
    self.under = under / larger
  }

  init?(decimal text: String) {
    let whole = text.prefix { $0 != "." }
    let part = text.dropFirst(whole.count + 1)
    guard let digits = Int128(whole + part) else { return nil }
    self.init(digits, part.reduce(1) { power, _ in power * 10 })
  }

  static func + (a: Fraction, b: Fraction) -> Fraction {
    Fraction(a.over * b.under + b.over * a.under, a.under * b.under)
  }
  static func * (a: Fraction, b: Fraction) -> Fraction {
    Fraction(a.over * b.over, a.under * b.under)
  }
  static func / (a: Fraction, b: Fraction) -> Fraction {
    Fraction(a.over * b.under, a.under * b.over)
  }
  static func > (a: Fraction, b: Fraction) -> Bool { a.over * b.under > b.over * a.under }
}

/// A reproducible sequence (SplitMix64).
private struct Sequence64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: UInt64) -> UInt64 { next() % bound }

  /// Often zero, often near a threshold, sometimes the largest count that readers let through.
  mutating func count() -> Int64 {
    switch below(8) {
    case 0...2: 0
    case 3: Int64(below(10))
    case 4: Int64(below(1_000_000_001))
    case 5: [100_000, 200_000, 272_000][Int(below(3))] + Int64(below(3)) - 1
    default: Int64(below(150_000))
    }
  }

  mutating func usage() -> TokenUsage {
    // Without caches and searches often enough that rows lacking those rates are priced too.
    let isPlain = below(3) == 0
    return TokenUsage(
      input: count(), cacheWrite5m: isPlain ? 0 : count(), cacheWrite1h: isPlain ? 0 : count(),
      cacheRead: isPlain ? 0 : count(), output: count(),
      webSearches: below(4) == 0 ? Int64(below(50)) : 0)
  }

  /// The row's first or last millisecond, or one between.
  mutating func instant(in row: [String: String]) -> Int64 {
    func bound(_ name: String) -> Int64? {
      row[name].flatMap { $0.isEmpty ? nil : UsageLogTests.instant($0) }
    }
    let end = bound("valid_to") ?? UsageLogTests.instant("2030-01-01")
    let start = bound("valid_from") ?? UsageLogTests.instant("2020-01-01")
    switch below(3) {
    case 0: return start
    case 1: return end - 1
    default: return start + Int64(below(UInt64(end - start)))
    }
  }
}
