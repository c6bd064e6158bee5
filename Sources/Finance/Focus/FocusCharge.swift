import CallStore
import Tables
import UsageLog

/// One row of the dataset: a day's tokens of one kind at one price, or what rounding left.
struct FocusCharge {
  /// What tells rows apart; equal ones are one row.
  struct Key: Hashable {
    var start: Int64
    var end: Int64
    var values: [String?]
    var vendor: FocusVendor
    var model: String?
    var region: String?
    var details: [String]
    /// nil is the rounding of single calls.
    var tokenClass: TokenClass?
    var isLong: Bool
    var isCovered: Bool
    /// What became known of a closed period.
    var isCorrection: Bool
    /// The agreement's name.
    var agreement: String?
    /// Picodollars a token (or search), list and agreed, and what a discount leaves of the latter.
    var listRate: Int64
    var agreedRate: Int64
    var payable: Ratio
  }

  var key: Key
  var count: Int64
  /// Of rounding: nano-dollars as a fraction, beside counts and prices.
  var rest = ExactAmount()

  private var pricedBy: (units: Int64, name: String) {
    key.tokenClass == .webSearch ? (1000, "1000 Requests") : (1_000_000, "1000000 Tokens")
  }

  /// Dollars for one pricing unit.
  var listUnitPrice: DecimalFraction {
    DecimalFraction(Int128(key.listRate) * Int128(pricedBy.units), over: Self.trillion)
  }
  var contractedUnitPrice: DecimalFraction {
    DecimalFraction(
      Int128(key.agreedRate) * Int128(pricedBy.units) * Int128(key.payable.numerator),
      over: Self.trillion * Int128(key.payable.denominator))
  }

  /// What is paid, in picodollars as a fraction.
  var cost: ExactAmount {
    guard key.tokenClass != nil else { return rest }
    guard !key.isCovered else { return ExactAmount() }
    return ExactAmount(
      Int128(count) * Int128(key.agreedRate) * Int128(key.payable.numerator),
      over: Int128(key.payable.denominator))
  }

  var contractedCost: ExactAmount {
    guard key.tokenClass != nil else { return rest }
    return ExactAmount(
      Int128(count) * Int128(key.agreedRate) * Int128(key.payable.numerator),
      over: Int128(key.payable.denominator))
  }

  var listCost: ExactAmount {
    key.tokenClass == nil ? rest : ExactAmount(Int128(count) * Int128(key.listRate))
  }

  var pricingQuantity: DecimalFraction {
    DecimalFraction(Int128(count), over: Int128(pricedBy.units))
  }
  var pricingUnit: String { pricedBy.name }
  var consumedUnit: String { key.tokenClass == .webSearch ? "Requests" : "Tokens" }

  private static let trillion: Int128 = 1_000_000_000_000
}

/// Picodollars as a fraction, so that nothing is rounded where discounts leave parts of them.
struct ExactAmount: Equatable {
  private(set) var numerator: Int128
  private(set) var denominator: Int128

  init(_ numerator: Int128 = 0, over denominator: Int128 = 1) {
    let divisor = Self.divisor(numerator.magnitude, denominator.magnitude)
    self.numerator = numerator / Int128(divisor)
    self.denominator = denominator / Int128(divisor)
  }

  static func + (one: Self, other: Self) -> Self {
    if one.denominator == other.denominator {
      return Self(one.numerator + other.numerator, over: one.denominator)
    }
    return Self(
      one.numerator * other.denominator + other.numerator * one.denominator,
      over: one.denominator * other.denominator)
  }

  static func - (one: Self, other: Self) -> Self {
    one + Self(-other.numerator, over: other.denominator)
  }

  static func += (one: inout Self, other: Self) { one = one + other }

  var isZero: Bool { numerator == 0 }

  /// In dollars.
  var dollars: DecimalFraction {
    DecimalFraction(numerator, over: 1_000_000_000_000 * denominator)
  }

  private static func divisor(_ one: UInt128, _ other: UInt128) -> UInt128 {
    var (one, other) = (one, other)
    while other > 0 { (one, other) = (other, one % other) }
    return max(one, 1)
  }
}
