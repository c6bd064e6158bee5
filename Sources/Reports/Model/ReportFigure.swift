package import Tables

/// One number that a reader should take away.
package struct ReportFigure: Equatable, Sendable {
  package var name: String
  package var value: Value
  package var unit: ReportUnit
  package var change: Change?
  package var note: String?

  /// How it moved: by 12.5 %, against what, and whether that is welcome.
  package struct Change: Equatable, Sendable {
    package enum Meaning: Sendable { case welcome, unwelcome, neither }

    package var value: Value
    package var unit: ReportUnit
    /// What it is compared with: `week before`, `budget`.
    package var against: String
    package var meaning: Meaning

    package init(
      _ value: Value, _ unit: ReportUnit = .pct, against: String, meaning: Meaning = .neither
    ) {
      self.value = value
      self.unit = unit
      self.against = against
      self.meaning = meaning
    }

    /// `+12.5 % against the week before`; nil if nobody knows.
    package func text(on display: Display) -> String? {
      guard let quantity = value.quantity(in: unit.unit) else { return nil }
      let number = unit.form(of: [value], on: display).text(value)
      let label = unit.label.map { " " + $0 } ?? ""
      return "\(quantity > 0 ? "+" : "")\(number)\(label) against \(against)"
    }
  }

  package init(
    _ name: String, _ value: Value, _ unit: ReportUnit, change: Change? = nil, note: String? = nil
  ) {
    self.name = name
    self.value = value
    self.unit = unit
    self.change = change
    self.note = note
  }

  /// The number as people read it, without its unit.
  package func text(on display: Display) -> String {
    if case .text(let text) = value { return text }
    return unit.form(of: [value], on: display).text(value)
  }
}
