import Tables

/// What a rule measured, in its unit; money is whole nano-dollars.
package enum Quantity: Equatable, Sendable {
  case usd(Int64)
  case tokens(Int64)
  case calls(Int64)
  /// 0–100 for a share, any number for a change.
  case pct(Double)
  case seconds(Int64)

  package enum Unit: String, Sendable, CaseIterable { case usd, tokens, calls, pct, seconds }

  package var unit: Unit {
    switch self {
    case .usd: .usd
    case .tokens: .tokens
    case .calls: .calls
    case .pct: .pct
    case .seconds: .seconds
    }
  }

  /// For people: `$12.50`, `5,000,000 tokens`, `81.2 %`, `26 h`.
  package var text: String {
    switch self {
    case .usd(let nanos): "$" + Billionths(nanos).rounded(to: abs(nanos) < 10_000_000 ? 6 : 2)
    case .tokens(let count): "\(count.grouped) tokens"
    case .calls(let count): count == 1 ? "1 call" : "\(count.grouped) calls"
    case .pct(let pct): "\(Self.decimals(pct, 1)) %"
    case .seconds(let seconds): Self.duration(seconds)
    }
  }

  /// For programs: a plain decimal number, exact for money.
  package var number: String {
    switch self {
    case .usd(let nanos): Billionths(nanos).exact
    case .tokens(let count), .calls(let count), .seconds(let count): "\(count)"
    case .pct(let pct): Self.decimals(pct, 4, trimmed: true)
    }
  }

  /// For Prometheus, where shares are 0–1.
  package var baseNumber: String {
    if case .pct(let pct) = self { return Self.decimals(pct / 100, 6, trimmed: true) }
    return number
  }

  /// Without an exponent and without Foundation, which would round and print by the locale.
  private static func decimals(_ number: Double, _ count: Int, trimmed: Bool = false) -> String {
    guard number.isFinite, number.magnitude < 9e9 else { return number > 0 ? "9000000000" : "0" }
    let text = Billionths(Int64((number * 1e9).rounded())).rounded(to: count)
    let plain = text.filter { $0 != "," }
    guard trimmed, plain.contains(".") else { return plain }
    let shortened = plain.reversed().drop { $0 == "0" }
    return String(String((shortened.first == "." ? shortened.dropFirst() : shortened)).reversed())
  }

  private static func duration(_ seconds: Int64) -> String {
    if seconds < 120 { return "\(seconds) s" }
    if seconds < 7200 { return "\(seconds / 60) min" }
    return seconds < 172_800 ? "\(seconds / 3600) h" : "\(seconds / 86_400) days"
  }
}
