/// Looks over a list of prices for what cannot be and for what rarely is.
package struct PriceListCheck: Sendable {
  /// The worst first, then by line.
  package let findings: [PriceFinding]

  /// - Parameters:
  ///   - passedOver: what could not be read; what is no price by the token is no finding.
  ///   - now: milliseconds since 1970; later days are plans.
  package init(_ rows: [PriceRow], passedOver: [PriceFile.PassedOver] = [], now: Int64) {
    var findings = passedOver.compactMap(PriceFinding.init)
    for row in rows { findings += RowCheck(row).findings }
    let models = Dictionary(grouping: rows, by: PricedModel.init)
    for (_, rows) in models { findings += PeriodCheck(rows, now: now).findings }
    findings += RelationCheck(rows, models).findings
    self.findings = findings.sorted {
      ($0.level, $0.line, $0.check, $0.detail) < ($1.level, $1.line, $1.check, $1.detail)
    }
  }

  /// Whether there is an error or a warning.
  package var needsLook: Bool { findings.contains { $0.level < .note } }
}

extension PriceFinding {
  fileprivate init?(_ passedOver: PriceFile.PassedOver) {
    let level: Level
    switch passedOver.kind {
    case .outOfScope: return nil
    case .unreadable: level = .error
    case .contradictory: level = .warning
    }
    self.init(
      level: level, check: passedOver.kind == .unreadable ? "unreadable" : "contradiction",
      line: passedOver.line, provider: "", model: passedOver.name, detail: passedOver.reason)
  }
}
