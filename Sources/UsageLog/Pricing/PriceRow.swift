/// One dated row of the price catalogue: what a model costs at a provider from one day to another.
///
/// Days are UTC calendar days; instants are milliseconds since 1970, `Int64.min` and `Int64.max`
/// where the row is open. The provider is a channel, with `-global` or `-regional` where a cloud
/// charges by endpoint, and `-fast` for fast mode.
package struct PriceRow: Hashable, Sendable {
  /// The line in the catalogue's CSV text, counted from 1.
  package let line: Int
  package let provider: String
  /// The id as this provider publishes it.
  package let model: String
  /// The id this one stands for: the dated snapshot, or the maker's id of a cloud's model.
  package let aliasOf: String?
  /// First instant of the price.
  package internal(set) var validFrom: Int64
  /// First instant after the price.
  package internal(set) var validTo: Int64
  package let rates: Rates
  /// The rates of long prompts, if the provider has such a tier.
  package let longPrompt: LongPrompt?
  /// What a batch multiplies tokens with; `nil` means that no batch price is published.
  package let batch: Ratio?
  /// What US-only inference multiplies tokens with; `nil` means that it costs nothing extra.
  package let usResidency: Ratio?
  /// Picodollars for one web search; `nil` means that no price is published.
  package let webSearch: Int64?
  /// Whether the source could not be checked against the vendor's own page.
  package let unverified: Bool
  /// Where the numbers come from.
  package let source: String
  /// The name of the price list it stands in.
  package internal(set) var list = PriceList.shippedName

  /// The tier of prompts that are too long for the base rates.
  ///
  /// The whole request, output included, pays these rates once its prompt has more tokens than
  /// `threshold`: fresh input, cache writes and cache reads together.
  package struct LongPrompt: Hashable, Sendable {
    package let threshold: Int64
    package let rates: Rates
  }
}

extension PriceRow {
  /// Above $1,000 per million tokens it is a slip of the pen, and sums could overflow.
  package static let highestRate: Int64 = 1_000_000_000
  /// Likewise above a dollar for one search, in picodollars.
  package static let highestSearchPrice: Int64 = 1_000_000_000_000

  init(_ text: PriceRowText) throws(PriceCatalogueError) {
    line = text.line
    provider = try text.name(.provider)
    model = try text.name(.model)
    aliasOf = text.text(.aliasOf)
    validFrom = try text.day(.validFrom) ?? .min
    validTo = try text.day(.validTo) ?? .max
    guard validFrom < validTo else { throw text.refusal("valid_to is not after valid_from") }
    rates = Rates(
      input: try text.rate(.input), output: try text.rate(.output),
      cacheWrite5m: try text.optionalRate(.cacheWrite5m),
      cacheWrite1h: try text.optionalRate(.cacheWrite1h),
      cacheRead: try text.optionalRate(.cacheRead))
    longPrompt = try LongPrompt(text, base: rates)
    batch = try text.multiplier(.batch)
    usResidency = try text.multiplier(.usResidency)
    webSearch = try text.searchPrice()
    unverified = try text.flag(.unverified)
    source = try text.name(.source)
    try refuseInexactModifiers(text)
  }

  private func refuseInexactModifiers(_ text: PriceRowText) throws(PriceCatalogueError) {
    for rates in [rates, longPrompt?.rates ?? rates] {
      var product = rates
      for modifier in [batch, usResidency].compactMap(\.self) {
        guard rates.scaled(by: modifier) != nil, let next = product.scaled(by: modifier) else {
          throw text.refusal("a rate times its multipliers is finer than a picodollar")
        }
        product = next
      }
    }
  }
}

extension PriceRow.LongPrompt {
  /// Cache rates are not in the catalogue: they rise as the input rate does.
  init?(_ text: PriceRowText, base: Rates) throws(PriceCatalogueError) {
    let columns: [PriceColumn] = [.longThreshold, .longInput, .longOutput]
    let given = columns.filter { text.text($0) != nil }
    if given.isEmpty { return nil }
    guard given.count == columns.count else {
      throw text.refusal("a long-prompt tier needs its threshold, input and output")
    }
    var long = base
    long.input = try text.rate(.longInput)
    long.output = try text.rate(.longOutput)
    guard base.input > 0, let scaled = long.scaledCaches(by: Ratio(long.input, over: base.input)),
      scaled.highest <= PriceRow.highestRate
    else { throw text.refusal("long_input / input does not scale the cache rates exactly") }
    threshold = try text.tokens(.longThreshold)
    rates = scaled
  }
}
