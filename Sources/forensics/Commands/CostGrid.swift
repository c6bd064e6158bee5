import CallStore
import Tables
import UsageLog

/// A reckoning's lines as aligned columns, with the sum, the discount and the rounding below.
struct CostGrid {
  let reckoning: Reckoning

  init(_ reckoning: Reckoning) { self.reckoning = reckoning }

  var grid: Document.Grid {
    Document.Grid(
      ["class", "count", "listed $/MTok", "rate $/MTok", "amount $"],
      rows: Self.rows(reckoning.lines), totals: totals)
  }

  static func rows(_ lines: [Reckoning.Line]) -> [[String]] {
    lines.map { line in
      [
        line.tokenClass.rawValue, grouped(line.count), rate(line.listedRate, line.tokenClass),
        rate(line.rate, line.tokenClass), line.picodollars.map(exact) ?? "–",
      ]
    }
  }

  private static func rate(_ rate: Int64?, _ tokenClass: TokenClass) -> String {
    guard let rate else { return "–" }
    return tokenClass == .webSearch
      ? "\(DecimalFraction(picodollars: Int128(rate)).exact) each"
      : DecimalFraction(rate: rate).exact
  }

  /// Dollars with twelve decimals: picodollars.
  static func exact(_ picodollars: Int128) -> String {
    DecimalFraction(picodollars: picodollars).text(decimals: 12)
  }

  private var totals: [[String]] {
    func total(_ name: String, _ amount: String) -> [String] { [name, "", "", "", amount] }
    guard let sum = reckoning.picodollars else { return [] }
    var totals = [total("sum", Self.exact(sum))]
    if reckoning.payable != .one {
      let payable = DecimalFraction(
        sum * Int128(reckoning.payable.numerator),
        over: 1_000_000_000_000 * Int128(reckoning.payable.denominator))
      totals.append(total("to pay, x \(text(reckoning.payable))", payable.text(decimals: 12)))
    }
    if let cost = reckoning.costNanos {
      // Nine decimals below twelve.
      totals.append(total("cost, rounded once", dollarText(nanos: cost) + "   "))
      if let list = reckoning.listNanos, list != cost {
        totals.append(total("at list prices", dollarText(nanos: list) + "   "))
      }
    } else if let list = reckoning.listNanos {
      totals.append(total("list equivalent", dollarText(nanos: list) + "   "))
    }
    return totals
  }
}
