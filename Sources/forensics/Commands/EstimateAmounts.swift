import Tables
import UsageLog

/// What turns one unit's cost into a day's, a month's or a run's: volume and padding.
struct EstimateScale {
  let volume: Volume?
  let padding: Padding?

  /// The columns beside the cost of one, with how many of it each is.
  var columns: [(name: String, times: Ratio)] {
    guard let volume else { return [] }
    guard let aDay = volume.aDay else { return [("total_usd", volume.inAll)] }
    return [("day_usd", aDay), ("month_usd", volume.inAll)]
  }

  /// The figure that a budget is held against: everything asked for, with its padding.
  func budgeted(_ picodollars: Int128) throws -> Int64 {
    let all = try Amount(picodollars: picodollars).times(volume?.inAll ?? .one)
    return try all.times(padding?.factor ?? .one).nanos()
  }

  /// An amount for one, and for each of the columns.
  func amounts(_ picodollars: Int128, times share: Ratio = .one) throws -> [Value] {
    let one = try Amount(picodollars: picodollars).times(share)
    return try [.integer(one.nanos())]
      + columns.map { .integer(try one.times($0.times).nanos()) }
  }

  /// The lines below a total: what is added, and what it comes to.
  var additions: [(name: String, share: Ratio)] {
    guard let padding, padding.toolLoops + padding.retries > 0 else { return [] }
    let parts = [("tool loops", padding.toolLoops), ("retries", padding.retries)]
    return parts.filter { $0.1 > 0 }.map { ("\($0.0) +\($0.1) %", Ratio($0.1, over: 100)) }
      + [("padded total", padding.factor)]
  }

  func remarks(of unit: String) -> [String] {
    var remarks: [String] = []
    if let volume {
      let period = volume.period == .run ? "in all" : "a \(volume.period.rawValue)"
      remarks.append(
        "\(counted(volume.count, unit)) \(period)"
          + (volume.period == .run ? "" : "; a month is \(Volume.daysInMonth) days"))
    }
    if let padding, padding.toolLoops + padding.retries > 0 {
      let parts = [(padding.toolLoops, "tool loops"), (padding.retries, "retries")]
      let named = parts.filter { $0.0 > 0 }.map { "\($0.0) % for \($0.1)" }
      let factor = Billionths(10_000_000 * (100 + padding.toolLoops + padding.retries)).exact
      remarks.append(
        "padded by \(named.joined(separator: " and ")), added, not multiplied: \(factor) times")
    }
    return remarks
  }
}

extension Tables.Column {
  static func named(_ name: String, _ unit: Tables.Unit = .text) -> Tables.Column {
    Tables.Column(name: name, unit: unit)
  }
}

/// A share in per cent, for showing only.
func percent(_ part: Int128, of whole: Int128) -> Value {
  whole > 0 ? .real(Double(part) / Double(whole) * 100) : .null
}

/// A quotient, for showing only.
func quotient(_ part: Int128, over whole: Int128) -> Value {
  whole > 0 ? .real(Double(part) / Double(whole)) : .null
}
