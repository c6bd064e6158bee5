import Finance
import Tables

/// A reconciliation for people: the bridge first, then the rows that deviate.
extension ReconcileReport {
  var document: Document {
    var blocks: [Document.Block] = [
      .title("Reconciliation of \(period.text)"), .pairs(heading),
      .heading("From the calls to the provider"), bridge, .sentences(verdict),
    ]
    let deviating = rows.filter(\.deviates)
    if !deviating.isEmpty {
      let names = aspects.map { $0 == .tokenClass ? "token class" : $0.rawValue }
      blocks += [
        .heading("What deviates, by \(names.joined(separator: ", "))"), grid(of: deviating),
      ]
    }
    let lines = reconciliation.lines.filter { $0.amount != .zero }
    if !lines.isEmpty {
      blocks += [
        .heading("What the lines mean"),
        .pairs(lines.map { Document.Pair($0.residual.title, $0.residual.meaning) }),
      ]
    }
    if !reconciliation.remarks.isEmpty {
      blocks += [.heading("To be known"), .sentences(reconciliation.remarks)]
    }
    return Document(blocks)
  }

  private var heading: [Document.Pair] {
    [
      Document.Pair(
        "period",
        "\(ClockTime(period.since).rfc3339.prefix(16))Z to "
          + "\(ClockTime(period.until).rfc3339.prefix(16))Z (\(period.timezone)); provider days are UTC"
      )
    ]
      + reconciliation.sources.map { source in
        let groupings = source.groupings.sorted { $0.key < $1.key }.map { grouping, days in
          source.groupings.count > 1 ? "\(grouping) (\(days))" : grouping
        }
        let late = source.provisional.map(\.text)
        return Document.Pair(
          source.side,
          "\(source.report), \(source.days) day\(source.days == 1 ? "" : "s"): "
            + groupings.joined(separator: "; ")
            + (late.isEmpty ? "" : "; not final: \(late.joined(separator: ", "))"))
      } + [Document.Pair("prices", book)]
      + (channel == "anthropic" ? [] : [Document.Pair("channel", channel)])
  }

  private var bridge: Document.Block {
    .grid(
      Document.Grid(
        ["", "usd", "tokens"],
        rows: [
          [
            "calls (\(reconciliation.callCount.grouped))", Self.amount(reconciliation.callsTotal),
            "",
          ]
        ]
          + reconciliation.lines.map { line in
            [
              line.residual.title, Self.change(line.amount),
              line.tokens == 0 ? "" : (line.tokens > 0 ? "+" : "") + line.tokens.grouped,
            ]
          }, totals: [["provider", Self.amount(reconciliation.providerTotal), ""]]))
  }

  private var verdict: [String] {
    let unseen = reconciliation.unseen
    return [
      unseen > .zero
        ? "spend that the ledger cannot see: $\(Self.amount(unseen))"
        : "the ledger sees all that the provider charges",
      "lines beside bookkeeping come to $\(Self.amount(reconciliation.deviation)); "
        + (isBeyond ? "more than" : "within") + " the tolerance of \(limit.text)"
        + " ($\(Self.amount(allowed)))",
    ]
  }

  private func grid(of rows: [Reconciliation.Row]) -> Document.Block {
    .grid(
      Document.Grid(
        aspects.map(\.column) + ["because", "calls_usd", "provider_usd", "deviation_usd"],
        textColumns: aspects.count + 1,
        rows: rows.map { row in
          aspects.map { row.place.value(of: $0) ?? "(any)" }
            + [
              Self.because(row), Self.amount(row.calls), Self.amount(row.provider),
              Self.change(row.deviation),
            ]
        }))
  }

  /// The names of a row's lines, the largest first, with their amounts where there are several.
  private static func because(_ row: Reconciliation.Row) -> String {
    let lines = row.lines.filter { !$0.residual.isBookkeeping && $0.amount != .zero }
      .sorted {
        ($1.amount.magnitude, $0.residual.rawValue) < ($0.amount.magnitude, $1.residual.rawValue)
      }
    if lines.count == 1 { return lines[0].residual.title }
    return lines.map { "\($0.residual.title) \(change($0.amount))" }.joined(separator: "; ")
  }

  private static func amount(_ amount: ExactDollars) -> String {
    Billionths(amount.nanos).rounded(to: 6)
  }

  private static func change(_ amount: ExactDollars) -> String {
    (amount > .zero ? "+" : "") + Self.amount(amount)
  }
}
