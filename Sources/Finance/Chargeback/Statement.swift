/// What a tenant is charged for, line by line.
package struct Statement: Equatable, Sendable {
  package var tenant: String
  package var plan: String?
  package var lines: [Line]
  /// All terms that count in it, in the order of their first line.
  package var terms: [ChargeTerms]

  package enum Kind: String, Sendable, CaseIterable {
    case usage, shared, adjustment
    case minimum = "minimum fee"
  }

  package struct Line: Equatable, Sendable {
    package var kind: Kind
    /// The closed period that it corrects.
    package var about: String?
    /// The feature, or what the shared cost is called.
    package var name: String?
    package var model: String?
    package var terms: ChargeTerms
    package var usage = UsageCost()
    /// What it costs us: of usage, of a share.
    package var costNanos: Int64 = 0
    package var charge = Charge()
  }

  package func cost(_ kinds: Set<Kind> = Set(Kind.allCases)) -> Int64 {
    lines.reduce(0) { kinds.contains($1.kind) ? $0 + $1.costNanos : $0 }
  }

  package func charge(_ kinds: Set<Kind> = Set(Kind.allCases)) -> Charge {
    lines.reduce(into: Charge()) { if kinds.contains($1.kind) { $0 += $1.charge } }
  }

  /// Of the period's own calls.
  package var usage: UsageCost {
    lines.reduce(into: UsageCost()) { if $1.kind == .usage { $0 += $1.usage } }
  }
}

/// An amount to be paid: rounded once to a cent, and once to the other currency's smallest unit.
///
/// Each line is rounded from its exact price, and totals are sums of lines, in both currencies.
package struct Charge: Equatable, Sendable {
  package var usdNanos: Int64 = 0
  /// Billionths of the currency that is charged in, 0 where that is the dollar.
  package var local: Int64 = 0

  package init() {}

  package init(_ price: Price, _ exchange: ExchangeRate?) {
    usdNanos = price.rounded(to: Self.cent)
    if let exchange { local = price.rounded(to: exchange.step, rate: exchange.rate) }
  }

  package static let cent: Int64 = 10_000_000

  package static func += (sum: inout Self, other: Self) {
    sum.usdNanos += other.usdNanos
    sum.local += other.local
  }
}
