import Foundation
import Tables
import Testing

struct BillionthsTests {
  /// Amounts of every size and sign, the ends of Int64 among them.
  static let amounts: [Int64] = {
    // Multiples of 2⁶⁴/φ spread evenly over all bits.
    let spread = (1...2000).map { (index: Int64) in
      index &* Int64(bitPattern: 0x9E37_79B9_7F4A_7C15) >> (index % 63)
    }
    return spread + [
      0, 1, -1, 5, 500, 1_500, 999_999_999, 1_000_000_000, -12_500_000_000, .max, .min,
    ]
  }()

  @Test func `a dollar amount keeps every nano`() {
    #expect(Billionths(12_345_678_901).exact == "12.345678901")
    #expect(Billionths(12_500_000_000).exact == "12.5")
    #expect(Billionths(3_000_000_000).exact == "3")
    #expect(Billionths(-1).exact == "-0.000000001")
    #expect(Billionths(.min).exact == "-9223372036.854775808")
  }

  @Test func `exact amounts agree with Foundation's decimals`() {
    for amount in Self.amounts {
      let expected = Decimal(amount) / 1_000_000_000
      #expect(Billionths(amount).exact == expected.description)
    }
  }

  @Test(arguments: 0...9)
  func `rounded amounts agree with Foundation's decimals`(decimals: Int) {
    for amount in Self.amounts {
      var exact = Decimal(amount) / 1_000_000_000
      var expected = Decimal()
      NSDecimalRound(&expected, &exact, decimals, .bankers)
      let text = Billionths(amount).rounded(to: decimals).filter { $0 != "," }
      #expect(Decimal(string: text) == expected)
      #expect((text.split(separator: ".").dropFirst().first?.count ?? 0) == decimals)
      #expect(text.first != "-" || expected < 0)
    }
  }

  @Test func `ties go to the even neighbour`() {
    let halves: [Int64] = [5, 15, 25, 35].map { $0 * 100_000_000 }
    #expect(halves.map { Billionths($0).rounded(to: 0) } == ["0", "2", "2", "4"])
  }

  @Test func `thousands have separators`() {
    #expect(Billionths(1_234_567_891_000_000).rounded(to: 2) == "1,234,567.89")
    #expect(Billionths(-999_999_999_999).rounded(to: 2) == "-1,000.00")
  }
}
