import Testing

@testable import Tables

struct DecimalFractionTests {
  @Test func `a fraction is written with every digit it has and no other`() {
    #expect(DecimalFraction(picodollars: 4_034_250).exact == "0.00000403425")
    #expect(DecimalFraction(picodollars: 1_000_000_000_000).exact == "1")
    #expect(DecimalFraction(nanos: -5).exact == "-0.000000005")
    #expect(DecimalFraction(rate: 68_750).exact == "0.06875")
    #expect(DecimalFraction(17, over: 20).exact == "0.85")
    #expect(DecimalFraction(0).exact == "0")
  }

  @Test func `decimals are filled up, never cut`() {
    #expect(DecimalFraction(picodollars: 2_500_000_000).text(decimals: 12) == "0.002500000000")
    #expect(
      DecimalFraction(picodollars: 1_234_567_000_000_000_000).text(decimals: 2) == "1,234,567.00")
    #expect(DecimalFraction(picodollars: 4_034_250).text(decimals: 2) == "0.00000403425")
  }

  @Test func `amounts beyond 64 bits are exact`() {
    let amount = Int128(Int64.max) * 1_000 + 1
    #expect(DecimalFraction(picodollars: amount).exact == "9223372036.854775807001")
  }
}
