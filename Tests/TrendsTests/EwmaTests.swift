import Testing

@testable import Trends

struct EwmaTests {
  @Test func `a value is scored against what came before it`() {
    var ewma = Ewma(alpha: 0.5)
    #expect(ewma.score(1) == nil)
    ewma.learn(1)
    #expect(ewma.score(1) == nil)
    ewma.learn(2)
    // By hand: mean 1.5, variance 0.25.
    #expect(ewma.score(4) == 5)
    ewma.learn(4)
    #expect(ewma.mean == 2.75)
    #expect(ewma.variance == 1.6875)
  }

  @Test func `the recursion is the closed form`() {
    var random = SeededRandom(seed: 1)
    for alpha in [0.01, 2.0 / 337, 0.3] {
      var ewma = Ewma(alpha: alpha)
      var values: [Double] = []
      for _ in 0..<200 {
        values.append(random.normal())
        ewma.learn(values[values.count - 1])
        let (mean, variance) = closedForm(values, alpha: alpha)
        #expect(abs(ewma.mean - mean) < 1e-12)
        #expect(abs(ewma.variance - variance) < 1e-12)
      }
    }
  }

  /// Weights `alpha (1 - alpha)^age`, the oldest value `(1 - alpha)^age`.
  private func closedForm(_ values: [Double], alpha: Double) -> (mean: Double, variance: Double) {
    var (weights, weight) = ([Double](), 1.0)
    for age in values.indices {
      weights.append(age == values.count - 1 ? weight : alpha * weight)
      weight *= 1 - alpha
    }
    let weighted = Array(zip(weights, values.reversed()))
    let mean = weighted.reduce(0) { $0 + $1.0 * $1.1 }
    return (mean, weighted.reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) })
  }

  @Test func `a span and a half-life give their weights`() {
    #expect(Ewma(span: 9).alpha == 0.2)
    #expect(abs(Ewma(halfLife: 1).alpha - 0.5) < 1e-15)
    var ewma = Ewma(halfLife: 10)
    ewma.learn(1)
    for _ in 0..<10 { ewma.learn(0) }
    #expect(abs(ewma.mean - 0.5) < 1e-12)
  }

  @Test func `an even start is the plain mean and variance until the span is filled`() {
    var ewma = Ewma(span: 9, startsEven: true)
    for value in [2.0, 4, 9, 5] { ewma.learn(value) }
    #expect(abs(ewma.mean - 5) < 1e-12)
    #expect(abs(ewma.variance - 6.5) < 1e-12)
    ewma.learn(0)
    #expect(abs(ewma.mean - 4) < 1e-12)
    // From the sixth on, the weight is 2 / (9 + 1).
    ewma.learn(14)
    #expect(abs(ewma.mean - 6) < 1e-12)
  }

  @Test func `an outlier is learned as if it lay at the limit`() {
    var (clipped, reference) = (Ewma(alpha: 0.5), Ewma(alpha: 0.5))
    for value in [1.0, 2] {
      clipped.learn(value)
      reference.learn(value)
    }
    clipped.learn(1000, within: 3)
    reference.learn(1.5 + 3 * 0.5)
    #expect(clipped.mean == reference.mean)
    #expect(clipped.variance == reference.variance)
  }

  @Test func `without deviation there is a floor or no score`() {
    var ewma = Ewma(alpha: 0.1)
    for _ in 0..<50 { ewma.learn(7) }
    #expect(ewma.score(8) == nil)
    #expect(ewma.score(8, floor: 0.5) == 2)
    ewma.learn(.infinity)
    ewma.learn(.nan)
    #expect(ewma.mean == 7)
    #expect(ewma.score(.nan, floor: 1) == nil)
  }
}
