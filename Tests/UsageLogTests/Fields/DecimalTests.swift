import Testing

@testable import UsageLog

/// Money and counts are whole numbers of their smallest unit, exactly as written.
struct DecimalTests {
  @Test(arguments: [
    ("0", 9, Int64(0)), ("-0", 9, 0), ("12", 0, 12), ("+12", 0, 12), ("0.0123", 9, 12_300_000),
    (".5", 1, 5), ("5.", 1, 50), ("-1.25", 2, -125), ("  7\t", 0, 7), ("007", 0, 7),
    ("123.78912", 7, 1_237_891_200), ("1e3", 0, 1_000), ("1.5E+3", 0, 1_500), ("25e-1", 1, 25),
    ("0e9999", 9, 0), ("9223372036854775807", 0, .max), ("-9223372036854775808", 0, .min),
    ("9.223372036854775807", 18, .max), ("1e18", 0, 1_000_000_000_000_000_000),
  ])
  func `a decimal text is its whole number of units`(text: String, scale: Int, units: Int64) {
    #expect(borrowed(text) { wholeUnits($0, scale: scale) } == units)
  }

  @Test(arguments: [
    ("0.5", Int64(0)), ("1.5", 2), ("2.5", 2), ("3.5", 4), ("-0.5", 0), ("-1.5", -2), ("-2.5", -2),
    ("2.4999999999999999999999999999999999999999", 2),
    ("2.5000000000000000000000000000000000001", 3),
    ("2.50000000000000000000000000000000000000000000", 2), ("25e-1", 2), ("35e-1", 4),
    ("0.00000000000000000000000000000000000000000001", 0), ("1e-400", 0),
    ("0.499999999999999999999999999999999999999999999999", 0),
    ("0.500000000000000000000000000000000000000000000001", 1),
    ("1234567890123456785.5", 1_234_567_890_123_456_786),
    ("1234567890123456784.5", 1_234_567_890_123_456_784),
    ("12345678901234567890123456789012345678901234567890e-40", 1_234_567_890),
    ("250000000000000000000000000000000000000001e-41", 3),
    ("250000000000000000000000000000000000000000e-41", 2),
  ])
  func `what lies between two units goes to the nearer, a tie to the even one`(
    text: String, units: Int64
  ) {
    #expect(borrowed(text) { wholeUnits($0, scale: 0) } == units)
  }

  @Test(arguments: [
    "", " ", "-", "+", ".", "-.", "e5", "1e", "1e+", "1e1.5", "--1", "1-", "1,5", "1_000", "1 000",
    "0x10", "NaN", "inf", "$1.50", "1.5USD", "1.2.3", "١٢", "12a", "true",
  ])
  func `what is no number is nil`(text: String) {
    #expect(borrowed(text) { wholeUnits($0, scale: 9) } == nil)
    #expect(borrowed(text) { wholeNumber($0) } == nil)
  }

  @Test(arguments: [
    ("9223372036854775808", 0), ("-9223372036854775809", 0), ("9223372036.854775808", 9),
    ("1e19", 0), ("1e38", 0), ("1e9999", 0), ("9999999999999999999999999999999999999999", 0),
    ("170141183460469231731687303715884105728", 0), ("1e10000", 0), ("10000000000", 9),
  ])
  func `what does not fit is nil and never wraps`(text: String, scale: Int) {
    #expect(borrowed(text) { wholeUnits($0, scale: scale) } == nil)
  }

  @Test(arguments: [
    ("12", Int64(12)), ("12.0", 12), ("1.2e3", 1_200), ("-3", -3), ("1E2", 100), ("0.0", 0),
    ("999999999999999999", 999_999_999_999_999_999),
  ])
  func `a count may be written as a float`(text: String, number: Int64) {
    #expect(borrowed(text) { wholeNumber($0) } == number)
  }

  @Test(arguments: ["3.5", "0.1", "1e-1", "-2.25", "9223372036854775808", "1e30"])
  func `a fraction or what is too large is no whole number`(text: String) {
    #expect(borrowed(text) { wholeNumber($0) } == nil)
  }

  @Test(arguments: ["", "+", "1.0", "1e2", " 1", "1234567890123456789", "1a"])
  func `a plain integer is digits with a sign and nothing else`(text: String) {
    #expect(borrowed(text) { plainInteger($0) } == nil)
    #expect(borrowed("-42") { plainInteger($0) } == -42)
  }

  /// Digits are put together by the test and taken apart by the code.
  @Test func `random amounts keep every digit`() {
    var random = SeededRandom(4)
    for _ in 0..<2_000 {
      let nanos = Int64(random.below(1 << 62)) >> Int64(random.below(60))
      let fraction = String(repeating: "0", count: 9 - min(9, String(nanos % 1_000_000_000).count))
      let text = "\(nanos / 1_000_000_000).\(fraction)\(nanos % 1_000_000_000)"
      #expect(borrowed(text) { wholeUnits($0, scale: 9) } == nanos)
      #expect(borrowed("-" + text) { wholeUnits($0, scale: 9) } == -nanos)
      #expect(borrowed("\(nanos)e-9") { wholeUnits($0, scale: 9) } == nanos)
    }
  }
}
