/// A cell as the formats for machines see it: nothing lost, nothing rounded.
enum ExactCell {
  /// NULL, and reals that are no number.
  case missing
  case text(String)
  /// A plain decimal for integers and amounts, the shortest round-trip form for reals.
  case number(String)
  case flag(Bool)

  init(_ value: Value, _ unit: Unit) {
    switch value {
    case .null: self = .missing
    case .text(let text): self = .text(text)
    case .real(let number) where !number.isFinite: self = .missing
    case .integer, .real: self.init(number: value, unit)
    }
  }

  private init(number value: Value, _ unit: Unit) {
    switch (unit, value.whole) {
    // An average of nano-dollars or of instants is a real; a whole one of them is exact enough.
    case (.usd, let nanos?), (.money, let nanos?): self = .number(Billionths(nanos).exact)
    case (.instant, let instant?): self = .text(ClockTime(instant).rfc3339)
    case (.flag, let whole): self = .flag(whole != 0)
    default:
      if case .integer(let number) = value {
        self = .number(String(number))
      } else {
        self = value.quantity(in: unit).map { .number($0.description) } ?? .missing
      }
    }
  }
}
