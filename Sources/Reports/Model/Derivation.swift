import Tables

/// How a column follows from others of its row, named as machines do; of the totals, in their row.
///
/// What is not known in one of them, or would divide by nothing, is not known here either.
package enum Derivation: Equatable, Sendable {
  case difference(of: String, minus: String)
  /// A unit cost: `times` 1000 makes tokens thousands of tokens. In per cent where the column is.
  case quotient(of: String, by: String, times: Int64 = 1)
  /// Per cent that the first is beyond the second; none from where the second is not above zero.
  case change(of: String, from: String)
  /// Per cent of the column's total.
  case share(of: String)

  /// The columns it is made of, the first of which is the one that is divided.
  package var operands: (first: String, second: String?) {
    switch self {
    case .difference(let first, let second), .quotient(let first, let second, _),
      .change(let first, let second):
      (first, second)
    case .share(let name): (name, nil)
    }
  }

  /// - Parameters:
  ///   - second: the other column's value; of a share, the first one's total.
  ///   - units: of both, and of the result.
  func value(
    _ first: Value, _ second: Value, units: (first: ReportUnit, second: ReportUnit, own: ReportUnit)
  ) -> Value {
    switch self {
    case .difference: return first.minus(second)
    case .change:
      guard let base = second.number, base > 0 else { return .null }
      return first.minus(second).ratio(to: second, times: 100, over: 1)
    case .share: return first.ratio(to: second, times: 100, over: 1)
    case .quotient(_, _, let times):
      let percent: Int128 = units.own.unit == .pct ? 100 : 1
      let up = units.second.scale * units.own.scale * Int128(times) * percent
      let common = up.greatestCommonDivisor(with: units.first.scale)
      return first.ratio(to: second, times: up / common, over: units.first.scale / common)
    }
  }
}

extension Value {
  fileprivate var number: Double? { quantity(in: .real) }

  fileprivate func minus(_ other: Value) -> Value {
    if case .integer(let first) = self, case .integer(let second) = other {
      let (difference, overflow) = first.subtractingReportingOverflow(second)
      if !overflow { return .integer(difference) }
    }
    guard let first = number, let second = other.number else { return .null }
    return .real(first - second)
  }

  /// Whole numbers are multiplied as such, and divided at the end.
  fileprivate func ratio(to other: Value, times: Int128, over divisor: Int128) -> Value {
    if case .integer(let first) = self, case .integer(let second) = other {
      guard second != 0 else { return .null }
      return .real(Double(Int128(first) * times) / Double(Int128(second) * divisor))
    }
    guard let first = number, let second = other.number, second != 0 else { return .null }
    return .real(first * Double(times) / (second * Double(divisor)))
  }
}

extension Int128 {
  fileprivate func greatestCommonDivisor(with other: Int128) -> Int128 {
    var (first, second) = (self, other)
    while second != 0 { (first, second) = (second, first % second) }
    return first
  }
}
