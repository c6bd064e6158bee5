package import CallStore
import UsageLog

/// What calls used and cost, added up.
package struct UsageCost: Equatable, Sendable {
  package var calls: Int64 = 0
  /// Hidden iterations inside calls.
  package var extraCalls: Int64 = 0
  /// Answered with status 400 and above.
  package var errors: Int64 = 0
  /// Calls and hidden iterations whose cost is not known: it is not in the amounts.
  package var unpricedCalls: Int64 = 0
  /// Those that a commitment covers.
  package var coveredCalls: Int64 = 0
  package private(set) var counts: [TokenClass: Int64] = [:]
  /// What the calls cost, rounded call by call.
  package var costNanos: Int64 = 0

  package init() {}

  package init(
    calls: Int64, counts: [TokenClass: Int64] = [:], costNanos: Int64, errors: Int64 = 0
  ) {
    self.calls = calls
    self.counts = counts
    self.costNanos = costNanos
    self.errors = errors
  }

  package init(_ group: CallGroup) {
    (calls, extraCalls, errors) = (group.calls, group.extraCalls, group.errors)
    switch group.outcome {
    case .priced, .free: break
    case .covered: coveredCalls = group.calls + group.extraCalls
    case .unpriced, .noUsage, .noModel: unpricedCalls = group.calls + group.extraCalls
    }
    for line in group.lines where line.count != 0 { counts[line.tokenClass] = line.count }
    costNanos = group.storedNanos
  }

  package func count(_ tokenClass: TokenClass) -> Int64 { counts[tokenClass] ?? 0 }

  /// Input, output, cache writes and cache reads.
  package var tokens: Int64 {
    counts.reduce(0) { $1.key == .webSearch ? $0 : $0 + $1.value }
  }

  /// Calls that were not answered with an error.
  package var succeeded: Int64 { max(0, calls - errors) }

  package static func += (sum: inout Self, other: Self) {
    sum.calls += other.calls
    sum.extraCalls += other.extraCalls
    sum.errors += other.errors
    sum.unpricedCalls += other.unpricedCalls
    sum.coveredCalls += other.coveredCalls
    sum.counts.merge(other.counts, uniquingKeysWith: +)
    sum.costNanos += other.costNanos
  }
}

/// What one of something costs, in nano-dollars, rounded half-even; nil where there is none of it.
package struct UnitCosts: Equatable, Sendable {
  package var perCall: Int64?
  /// Per thousand tokens of all classes.
  package var perThousandTokens: Int64?
  /// Per call that was not answered with an error.
  package var perSuccess: Int64?

  /// - Parameter costNanos: what they cost, where that is more than the calls' own cost.
  package init(_ usage: UsageCost, costNanos: Int64? = nil) {
    let cost = Int128(costNanos ?? usage.costNanos)
    func per(_ count: Int64, _ units: Int128 = 1) -> Int64? {
      count > 0 ? Int64(rounded(cost * units, over: Int128(count))) : nil
    }
    perCall = per(usage.calls)
    perThousandTokens = per(usage.tokens, 1000)
    perSuccess = per(usage.succeeded)
  }
}
