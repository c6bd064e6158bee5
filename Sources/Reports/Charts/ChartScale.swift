import Tables

/// An axis from 0 to the values (or across it), with ticks at 1, 2 or 5 times a power of ten.
struct ChartScale: Equatable {
  struct Tick: Equatable {
    let value: Double
    /// Exact, short and without a unit: `0`, `2,500`, `0.05`, `40k`, `1.5M`.
    let label: String
  }

  let ticks: [Tick]
  var low: Double { ticks.first?.value ?? 0 }
  var high: Double { ticks.last?.value ?? 1 }

  /// - Parameters:
  ///   - values: in the unit that is printed.
  ///   - count: how many steps there is room for.
  ///   - isWhole: nothing lies between two whole numbers.
  init(_ values: [Double], steps count: Int = 5, isWhole: Bool = false) {
    let known = values.filter(\.isFinite)
    let low = min(0, known.min() ?? 0)
    var high = max(0, known.max() ?? 0)
    if low == high { high = 1 }
    let step = Self.step(atLeast: (high - low) / Double(max(1, count)), isWhole: isWhole)
    var first = 0
    while step.times(first) > low { first -= 1 }
    var last = 0
    while step.times(last) < high { last += 1 }
    let largest = max(step.times(last), -step.times(first))
    ticks = (first...last).map {
      Tick(value: step.times($0), label: step.label($0, largest: largest))
    }
  }

  /// Where a value lies, from 0 at the low end to 1 at the high one.
  func fraction(_ value: Double) -> Double { (value - low) / (high - low) }

  /// 1, 2 or 5 times a power of ten, kept as whole numbers so that labels are exact.
  private struct Step {
    let mantissa: Int
    let exponent: Int

    func times(_ count: Int) -> Double {
      let power = Self.power(of: exponent.magnitude)
      let whole = Double(count * mantissa)
      return exponent < 0 ? whole / power : whole * power
    }

    func label(_ count: Int, largest: Double) -> String {
      let (digits, suffix) =
        largest >= 1e9 ? (9, "bn") : largest >= 1e6 ? (6, "M") : largest >= 1e4 ? (3, "k") : (0, "")
      guard count != 0 else { return "0" }
      let shift = exponent - digits
      let power = Int128(Self.power(of: min(shift.magnitude, 30)))
      let whole = Int128(count * mantissa)
      let number =
        shift < 0 ? DecimalFraction(whole, over: power) : DecimalFraction(whole * power)
      return number.text(decimals: 0) + suffix
    }

    static func power(of exponent: some BinaryInteger) -> Double {
      (0..<Int(exponent)).reduce(1) { power, _ in power * 10 }
    }
  }

  private static func step(atLeast least: Double, isWhole: Bool) -> Step {
    let least = isWhole ? max(1, least) : least
    var (power, exponent) = (1.0, 0)
    while power * 10 <= least, exponent < 18 { (power, exponent) = (power * 10, exponent + 1) }
    while power > least, exponent > -12 { (power, exponent) = (power / 10, exponent - 1) }
    let mantissa = [1, 2, 5].first { Double($0) * power >= least * (1 - 1e-9) }
    return mantissa.map { Step(mantissa: $0, exponent: exponent) }
      ?? Step(mantissa: 1, exponent: exponent + 1)
  }
}
