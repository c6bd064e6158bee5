import Foundation

@testable import UsageLog

/// One call of `Tests/Oracle/random-calls.tsv.gz`: what its log says, and what it costs.
struct RandomCall {
  let line: Substring
  private let fields: [Substring: Substring]

  /// The oracle's calls, or those of a longer file that FORENSICS_RANDOM_CALLS names.
  static func all() throws -> [RandomCall] {
    try read("random-calls", instead: "FORENSICS_RANDOM_CALLS")
  }

  /// Calls under a contract each, or those of a longer file that FORENSICS_RANDOM_CONTRACTS names.
  static func underContract() throws -> [RandomCall] {
    try read("random-contracts", instead: "FORENSICS_RANDOM_CONTRACTS")
  }

  private static func read(_ name: String, instead variable: String) throws -> [RandomCall] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let path =
      ProcessInfo.processInfo.environment[variable]
      ?? folder.appending(path: "../../Oracle/\(name).tsv.gz").path
    let lines = try contents(path).split(separator: "\n")
    let names = lines[0].split(separator: "\t")
    return lines.dropFirst().map { RandomCall($0, names) }
  }

  private init(_ line: Substring, _ names: [Substring]) {
    let values = line.split(separator: "\t", omittingEmptySubsequences: false)
    self.line = line
    fields = Dictionary(uniqueKeysWithValues: zip(names, values)).filter { !$0.value.isEmpty }
  }

  /// Picodollars, `free`, or the reason why there is no price.
  var expected: String { text("expected") ?? "" }

  /// A question to the store, which knows failures and calls that report no usage.
  var isForTheStore: Bool {
    expected == "no-usage" || expected == "free" && text("stop_reason") != "refusal"
  }

  var occurredAt: Int64 { count("occurred_at") }

  func plan(_ book: PriceBook) -> PricePlan {
    book.plan(
      model: text("model") ?? "", channel: text("channel"), region: text("region"),
      serviceTier: text("service_tier"), speed: text("speed"), inferenceGeo: text("inference_geo"))
  }

  /// What this implementation says, in the words of `expected`.
  func verdict(_ book: PriceBook) -> String {
    if isFreeRefusal { return "free" }
    switch plan(book).cost(usage, at: occurredAt) {
    case .priced(let charge): return String(charge.picodollars)
    case .covered: return "covered-by-commitment"
    case .unpriced(let reason): return reason.rawValue
    }
  }

  /// The same in nanodollars, under the contract that the line holds.
  func verdictUnderContract(_ book: PriceBook) throws -> String {
    if isFreeRefusal { return "free" }
    let book = PriceBook(book.catalogue, overrides: [try contract()])
    switch plan(book).cost(usage, at: occurredAt) {
    case .priced(let charge): return String(charge.nanos)
    case .covered(let charge): return "covered \(charge.listNanos)"
    case .unpriced(let reason): return reason.rawValue
    }
  }

  private func contract() throws -> PriceOverride {
    struct Contract: Decodable {
      var since: String?
      var until: String?
      var discount: String?
      var covered: Bool?
      var rates: [String: String]?
    }
    let written = try JSONDecoder().decode(
      Contract.self, from: Data((text("contract") ?? "").utf8))
    var calls = PriceOverride.Calls()
    calls.model = text("model")
    calls.speed = text("speed")
    calls.from = written.since.flatMap { utcDay($0) } ?? .min
    calls.until = written.until.flatMap { utcDay($0) } ?? .max
    return PriceOverride(
      name: line.prefix { $0 != "\t" }.description, calls: calls,
      effect: effect(written.discount, written.rates))
  }

  private func effect(_ discount: String?, _ rates: [String: String]?) -> PriceOverride.Effect {
    if let discount {
      let off = exactDecimal(discount, decimals: 6) ?? 0
      return .discount(payable: Ratio(1_000_000 - off, over: 1_000_000))
    }
    guard let rates else { return .covered }
    func rate(_ name: String) -> Int64? { rates[name].flatMap { exactDecimal($0, decimals: 6) } }
    var negotiated = NegotiatedRates()
    negotiated.input = rate("input")
    negotiated.output = rate("output")
    negotiated.cacheWrite5m = rate("cache_write_5m")
    negotiated.cacheWrite1h = rate("cache_write_1h")
    negotiated.cacheRead = rate("cache_read")
    return .rates(negotiated)
  }

  var usage: TokenUsage {
    TokenUsage(
      input: count("input_tokens"), cacheWrite5m: count("cache_create_5m_tokens"),
      cacheWrite1h: count("cache_create_1h_tokens"), cacheRead: count("cache_read_tokens"),
      output: count("output_tokens"), webSearches: count("web_search_requests"))
  }

  private var isFreeRefusal: Bool {
    let outcome = text("outcome")
    return Refusal.isFree(
      stopReason: text("stop_reason"), stopCategory: text("refusal_category"),
      producedOutput: outcome == nil ? usage.output > 0 : outcome != "refused", at: occurredAt)
  }

  private func text(_ name: Substring) -> String? { fields[name].map(String.init) }

  private func count(_ name: Substring) -> Int64 { fields[name].flatMap { Int64($0) } ?? 0 }
}

/// The text of a file, decompressed.
private func contents(_ path: String) throws -> String {
  let input = try decompressed(FileInput(path: path)).input
  let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 16)
  defer { room.deallocate() }
  var bytes: [UInt8] = []
  while case let count = try input.read(into: room, capacity: 1 << 16), count > 0 {
    bytes += UnsafeBufferPointer(start: room, count: count)
  }
  return String(decoding: bytes, as: UTF8.self)
}
