/// One model in LiteLLM's list, as the columns of a catalogue row.
///
/// Fields and their traps: `…_above_1hr` is the price of writes that live an hour, not of anything
/// older; `…_above_200k_tokens` is for the whole request; flex and priority tiers are left out.
struct LiteLLMEntry {
  private(set) var columns: [PriceColumn: String] = [:]
  /// What fast mode multiplies all rates with.
  private(set) var fast: Ratio?
  /// What the entry says that has no place in a row.
  private(set) var remarks: Set<String> = []

  struct Refusal: Error {
    let kind: PriceFile.PassedOver.Kind
    let reason: String
  }

  private static let modes = ["chat", "completion", "responses", "embedding"]

  init(_ entry: JSONValue) throws(Refusal) {
    let mode = entry["mode"]?.text?.string
    if let mode, !Self.modes.contains(mode) {
      throw Refusal(kind: .outOfScope, reason: "mode \(mode)")
    }
    try refuseOtherUnits(entry)
    guard let input = try price(entry["input_cost_per_token"], "input_cost_per_token"),
      let output = try price(entry["output_cost_per_token"], "output_cost_per_token")
        ?? (mode == "embedding" ? 0 : nil)
    else { throw Refusal(kind: .outOfScope, reason: "no price by the token") }
    if input == 0, output == 0 {
      throw Refusal(kind: .outOfScope, reason: "a price of zero, which says not known or not sold")
    }
    if let reasoning = try price(
      entry["output_cost_per_reasoning_token"], "output_cost_per_reasoning_token"),
      reasoning != output
    {
      throw Refusal(kind: .outOfScope, reason: "reasoning tokens cost other than output")
    }
    set(.input, input)
    set(.output, output)
    for (column, key) in Self.caches { set(column, try price(entry[key], "\(key)")) }
    if columns[.cacheRead] == nil {
      set(.cacheRead, try price(entry["input_cost_per_token_cache_hit"], "the cache hit's price"))
    }
    try readLongTier(entry, input: input)
    try readBatch(entry, input: input, output: output)
    try readSearch(entry)
    readMultipliers(entry)
  }

  private static let caches: [(PriceColumn, StaticString)] = [
    (.cacheWrite5m, "cache_creation_input_token_cost"),
    (.cacheWrite1h, "cache_creation_input_token_cost_above_1hr"),
    (.cacheRead, "cache_read_input_token_cost"),
  ]

  /// Tokens that are only a part of the price would make calls look cheap.
  private func refuseOtherUnits(_ entry: JSONValue) throws(Refusal) {
    if let tiers = entry["tiered_pricing"], !tiers.isEmptyContainer {
      throw Refusal(kind: .outOfScope, reason: "tiers of its own (tiered_pricing)")
    }
    let fees: [StaticString] = ["input_cost_per_request", "citation_cost_per_token"]
    for fee in fees {
      guard let value = entry[fee], value.isNumber,
        value.text.flatMap({ wholeUnits($0, scale: 15) }) != 0
      else { continue }
      throw Refusal(kind: .outOfScope, reason: "a fee besides tokens (\(fee))")
    }
  }

  private mutating func readLongTier(_ entry: JSONValue, input: Int64) throws(Refusal) {
    var tiers: [Int64: [String: Int64]] = [:]
    for member in entry.children {
      guard let tier = LongPromptKey(member.key.string),
        let rate = try price(member, member.key.string)
      else { continue }
      tiers[tier.threshold, default: [:]][tier.base] = rate
    }
    guard let (threshold, rates) = tiers.first else { return }
    guard tiers.count == 1 else {
      throw Refusal(kind: .unreadable, reason: "several long-prompt tiers")
    }
    guard let long = rates["input_cost_per_token"], let output = rates["output_cost_per_token"]
    else { throw Refusal(kind: .unreadable, reason: "a long-prompt tier without input or output") }
    columns[.longThreshold] = String(threshold)
    set(.longInput, long)
    set(.longOutput, output)
    // A row's long cache rates follow from its input rates; what says otherwise does not fit one.
    for (column, key) in Self.caches {
      guard let tier = rates["\(key)"] else { continue }
      guard let base = columns[column].flatMap({ fixedPoint($0[...], decimals: 6) }),
        Int128(tier) * Int128(input) == Int128(base) * Int128(long)
      else {
        throw Refusal(
          kind: .unreadable, reason: "long-prompt cache rates that do not rise as input does")
      }
    }
  }

  private mutating func readBatch(
    _ entry: JSONValue, input: Int64, output: Int64
  ) throws(Refusal) {
    let key = "input_cost_per_token_batches"
    guard let batchInput = try price(entry["input_cost_per_token_batches"], key),
      let batchOutput = try price(
        entry["output_cost_per_token_batches"], "output_cost_per_token_batches"),
      input > 0
    else { return }
    let (ratio, rest) = (Int128(batchInput) * 10_000).quotientAndRemainder(
      dividingBy: Int128(input))
    guard rest == 0, ratio <= 100_000, ratio * Int128(output) == Int128(batchOutput) * 10_000
    else {
      remarks.insert("batch prices are no one multiple of the others, and were left out")
      return
    }
    columns[.batch] = decimalText(Int64(ratio), decimals: 4)
  }

  /// Dollars a search; where they depend on a context size there is no one price.
  private mutating func readSearch(_ entry: JSONValue) throws(Refusal) {
    guard let sizes = entry["search_context_cost_per_query"], sizes.isObject else { return }
    var prices: Set<Int64> = []
    for size in sizes.children {
      if let price = try price(size, "search_context_cost_per_query") { prices.insert(price) }
    }
    if prices.count == 1, let price = prices.first {
      columns[.webSearch] = decimalText(price, decimals: 9)
    } else if prices.count > 1 {
      remarks.insert("web searches are priced by context size, and were left out")
    }
  }

  private mutating func readMultipliers(_ entry: JSONValue) {
    guard let multipliers = entry["provider_specific_entry"] else { return }
    func ratio(_ key: StaticString) -> Ratio? {
      guard let value = multipliers[key], value.isNumber, let text = value.text?.string,
        let units = fixedPoint(text[...], decimals: 4), units > 0
      else { return nil }
      return Ratio(units, over: 10_000)
    }
    if let us = ratio("us"), let units = us.exactly(10_000) {
      columns[.usResidency] = decimalText(units, decimals: 4)
    }
    fast = ratio("fast")
  }

  private mutating func price(_ value: JSONValue?, _ key: String) throws(Refusal) -> Int64? {
    guard let value, !value.isNull else { return nil }
    do throws(TokenPrice.Fault) {
      guard value.isNumber, let text = value.text?.string else { throw .noNumber }
      let price = try TokenPrice(dollars: text)
      if price.isNoisy {
        remarks.insert(
          "binary noise behind the sixteenth digit was dropped (3.7000000000000005e-05)")
      }
      return price.picodollars
    } catch {
      throw Refusal(kind: .unreadable, reason: "\(key) \(error)")
    }
  }

  private mutating func set(_ column: PriceColumn, _ picodollars: Int64?) {
    columns[column] = picodollars.map { decimalText($0, decimals: 6) }
  }
}

/// `input_cost_per_token_above_200k_tokens`: the field of the base price, and the threshold.
private struct LongPromptKey {
  let base: String
  let threshold: Int64

  init?(_ key: String) {
    let suffix = "k_tokens"
    guard key.hasSuffix(suffix), let cut = key.ranges(of: "_above_").last,
      let thousands = Int64(key[cut.upperBound...].dropLast(suffix.count)),
      (1...1_000_000).contains(thousands)
    else { return nil }
    base = String(key[..<cut.lowerBound])
    threshold = thousands * 1000
    let fields = [
      "input_cost_per_token", "output_cost_per_token", "cache_creation_input_token_cost",
      "cache_creation_input_token_cost_above_1hr", "cache_read_input_token_cost",
    ]
    guard fields.contains(base) else { return nil }
  }
}
