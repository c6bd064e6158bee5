import Testing

@testable import UsageLog

/// Dollars a token from their digits.
struct TokenPriceTests {
  @Test(arguments: [
    ("6.25e-06", 6_250_000), ("1e-05", 10_000_000), ("0.000003", 3_000_000), ("5e-09", 5_000),
    ("5.46875e-07", 546_875), ("0", 0), ("0.0", 0), ("1e-12", 1), ("2.50E-6", 2_500_000),
    ("1", 1_000_000_000_000),
  ])
  func `a literal is exactly so many picodollars`(literal: String, picodollars: Int64) throws {
    let price = try TokenPrice(dollars: literal)
    #expect(price.picodollars == picodollars)
    #expect(!price.isNoisy)
  }

  @Test(arguments: [
    ("3.7000000000000005e-05", 37_000_000), ("2.9999900000000002e-06", 2_999_990),
    ("1.5000999999999998e-07", 150_010), ("9.999990000000002e-06", 9_999_990),
  ])
  func `binary noise is taken for what it is, and told`(literal: String, picodollars: Int64) throws
  {
    let price = try TokenPrice(dollars: literal)
    #expect(price.picodollars == picodollars)
    #expect(price.isNoisy)
  }

  @Test(arguments: [
    ("1.5e-12", TokenPrice.Fault.tooFine), ("3.1234567890123e-06", .tooFine), ("1e-40", .tooFine),
    ("1.0000000001e-06", .tooFine), ("-1e-06", .negative), ("1e9", .tooLarge),
    ("NaN", .noNumber), ("", .noNumber),
  ])
  func `what is no exact price is refused`(literal: String, fault: TokenPrice.Fault) {
    #expect(throws: fault) { try TokenPrice(dollars: literal) }
  }

  /// Beside a second reading of the same digits: as one fraction, cross-multiplied.
  @Test
  func `whatever the digits, the price is their fraction to one part in a billion billionths`()
    throws
  {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let digits = Int64.random(in: 1...99_999_999, using: &random)
      let places = Int.random(in: 0...7, using: &random)
      let exponent = Int.random(in: 3...9, using: &random)
      let text = decimalText(digits, decimals: places) + "e-0\(exponent)"
      // digits / 10^(places + exponent) dollars are digits × 10^(12 − places − exponent) picodollars.
      let shift = 12 - places - exponent
      let scale = (0..<abs(shift)).reduce(1 as Int64) { power, _ in power * 10 }
      if shift >= 0 {
        #expect(try TokenPrice(dollars: text).picodollars == digits * scale)
      } else if digits % scale == 0 {
        #expect(try TokenPrice(dollars: text).picodollars == digits / scale)
      } else {
        #expect(throws: TokenPrice.Fault.tooFine) { try TokenPrice(dollars: text) }
      }
    }
  }
}
