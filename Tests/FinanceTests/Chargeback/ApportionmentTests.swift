import Finance
import Testing

@Suite struct ApportionmentTests {
  @Test func `shares add up, are near their exact part, and follow the weights`() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let amount = Int64.random(in: -1_000_000...1_000_000, using: &random)
      let weights = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        Int64.random(in: 0...50, using: &random)
      }
      guard let shares = apportioned(amount, by: weights) else {
        #expect(weights.allSatisfy { $0 == 0 })
        continue
      }
      #expect(shares.reduce(0, +) == amount)
      let all = weights.reduce(0, +)
      for (share, weight) in zip(shares, weights) {
        // Within one unit of the exact part, in whole numbers.
        #expect(abs(share * all - amount * weight) < all)
        if weight == 0 { #expect(share == 0) }
      }
    }
  }

  @Test func `what does not divide goes to the largest remainders, then to the first`() {
    #expect(apportioned(10, by: [1, 1, 1]) == [4, 3, 3])
    #expect(apportioned(-10, by: [1, 1, 1]) == [-4, -3, -3])
    #expect(apportioned(100, by: [50, 33, 17, 0]) == [50, 33, 17, 0])
    #expect(apportioned(7, by: [10, 25, 65]) == [1, 2, 4])
    #expect(apportioned(0, by: [3, 4]) == [0, 0])
  }

  @Test func `nothing is lost at the ends of the range`() {
    #expect(apportioned(.max, by: [.max, .max]) == [Int64.max / 2 + 1, Int64.max / 2])
    #expect(apportioned(5, by: [0, 0]) == nil)
    #expect(apportioned(5, by: []) == nil)
  }
}
