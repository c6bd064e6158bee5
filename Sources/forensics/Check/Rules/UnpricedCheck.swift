import Alerts
import CallStore

/// Use that has no price, so that every amount says too little.
enum UnpricedCheck {
  static let name = "unpriced"

  struct Limits: Equatable {
    var window: Int64 = 86_400_000
    /// Per cent of the tokens.
    var warning = 1.0
    var critical = 10.0
    /// Fewer tokens without a price are an experiment.
    var minimumTokens: Int64 = 10_000

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "window": window = try setting.value.duration()
        case "warning": warning = try setting.value.pct(upTo: 100)
        case "critical": critical = try setting.value.pct(upTo: 100)
        case "minimum_tokens": minimumTokens = try setting.value.tokens()
        default:
          throw setting.value.unknown(known: ["window", "warning", "critical", "minimum_tokens"])
        }
      }
    }
  }

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.unpriced
    let rows = try facts.rows(.checkUnpriced, since: facts.asOf - limits.window)
    let tokens = rows.reduce(0) { $0 + $1.number(3) }
    let unpriced = rows.reduce(0) { $0 + $1.number(4) }
    let share = tokens == 0 ? 0 : Double(unpriced) * 100 / Double(tokens)
    let isNotable = unpriced >= limits.minimumTokens
    let state: AlertState =
      isNotable && share >= limits.critical
      ? .critical : isNotable && share >= limits.warning ? .warning : .ok
    let models = rows.filter { $0.number(4) > 0 }
      .sorted { ($1.number(4), $0.text(0) ?? "") < ($0.number(4), $1.text(0) ?? "") }
      .compactMap { $0.text(0) }
    let which = models.isEmpty ? "" : ": \(models.prefix(3).joined(separator: ", "))"
    return [
      Finding(
        name, [], state,
        "\(Quantity.pct(share).text) of the tokens of the last \(lengthText(limits.window)) have no price\(which)",
        value: .pct(share), warning: .pct(limits.warning), critical: .pct(limits.critical),
        next: facts.command("prices", "unpriced"))
    ]
  }
}
