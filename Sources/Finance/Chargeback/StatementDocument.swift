package import Tables
import CallStore

/// A statement for the tenant, and nobody else: nothing of other tenants is in it.
///
/// Text, Markdown and HTML come from the same blocks.
package struct StatementDocument {
  package var chargeback: Chargeback
  package var statement: Statement
  /// Whether the tenant sees what it costs us.
  package var showsCost: Bool

  package init(_ chargeback: Chargeback, _ statement: Statement, showsCost: Bool = true) {
    self.chargeback = chargeback
    self.statement = statement
    self.showsCost = showsCost
  }

  package var document: Document {
    Document([
      .title("Statement \(chargeback.period.text): \(statement.tenant)"),
      .pairs(summary), .heading("Lines"), .grid(grid), .heading("Method"), .sentences(method),
    ])
  }

  private var summary: [Document.Pair] {
    let period = chargeback.period
    let last = period.dates[period.dates.count - 1]
    var pairs = [
      Document.Pair("tenant", statement.tenant),
      Document.Pair("period", "\(period.dates[0].text) to \(last.text), \(period.timezone)"),
    ]
    if let plan = statement.plan { pairs.append(Document.Pair("plan", plan)) }
    pairs.append(Document.Pair("calls", statement.usage.calls.grouped))
    if statement.usage.unpricedCalls > 0 {
      pairs.append(
        Document.Pair("not in it", "\(statement.usage.unpricedCalls.grouped) calls without a price")
      )
    }
    if showsCost { pairs.append(Document.Pair("cost", usd(statement.cost()))) }
    let charge = statement.charge()
    if let exchange {
      pairs.append(Document.Pair("charge", money(charge.local, exchange)))
      pairs.append(Document.Pair("the same in dollars", usd(charge.usdNanos)))
    } else {
      pairs.append(Document.Pair("charge", usd(charge.usdNanos)))
    }
    return pairs
  }

  private var exchange: ExchangeRate? { chargeback.rules.exchange }

  // MARK: - Lines

  /// Every line with all of its amounts, exact.
  package var table: Table {
    var columns = [
      Column(name: "line"), Column(name: "period"), Column(name: "name"), Column(name: "model"),
      Column(name: "terms"), Column(name: "n_calls", unit: .count),
    ]
    columns += Self.classes.map {
      Column(name: $0.name, unit: $0.classes == [.webSearch] ? .count : .tokens)
    }
    if showsCost { columns.append(Column(name: "cost_usd", unit: .usd)) }
    columns.append(Column(name: "charge_usd", unit: .usd))
    if let exchange { columns.append(exchange.column("charge")) }
    return Table(columns: columns, rows: statement.lines.map(cells) + [total])
  }

  private func cells(_ line: Statement.Line) -> [Value] {
    [
      .text(line.kind.rawValue), .text(line.about ?? chargeback.period.text), line.name.cell,
      line.model.cell, .text(text(line.terms)),
    ] + amounts(line.usage, line.costNanos, line.charge)
  }

  private var total: [Value] {
    let usage = statement.lines.reduce(into: UsageCost()) { $0 += $1.usage }
    return [.text("total"), .text(chargeback.period.text), .null, .null, .null]
      + amounts(usage, statement.cost(), statement.charge())
  }

  private func amounts(_ usage: UsageCost, _ cost: Int64, _ charge: Charge) -> [Value] {
    [.integer(usage.calls)]
      + Self.classes.map { .integer($0.classes.reduce(0) { $0 + usage.count($1) }) }
      + (showsCost ? [.integer(cost)] : []) + [.integer(charge.usdNanos)]
      + (exchange == nil ? [] : [.integer(charge.local)])
  }

  private static let classes: [(name: String, classes: [TokenClass])] = [
    ("input_tokens", [.input]), ("cache_write_tokens", [.cacheWrite5m, .cacheWrite1h]),
    ("cache_read_tokens", [.cacheRead]), ("output_tokens", [.output]),
    ("web_searches", [.webSearch]),
  ]

  private var grid: Document.Grid {
    let names =
      ["line", "feature", "model", "terms", "calls", "tokens"] + (showsCost ? ["cost USD"] : [])
      + ["charge USD"] + (exchange.map { ["charge \($0.currency)"] } ?? [])
    func row(_ words: [String], _ usage: UsageCost, _ cost: Int64, _ charge: Charge) -> [String] {
      words + [usage.calls.grouped, usage.tokens.grouped]
        + (showsCost ? [Billionths(cost).rounded(to: 9)] : [])
        + [Billionths(charge.usdNanos).rounded(to: 2)]
        + (exchange.map { [Billionths(charge.local).rounded(to: $0.decimals)] } ?? [])
    }
    let rows = statement.lines.map { line in
      row(
        [
          line.kind.rawValue + (line.about.map { " " + $0 } ?? ""), line.name ?? "",
          line.model ?? "", text(line.terms),
        ], line.usage, line.costNanos, line.charge)
    }
    let usage = statement.lines.reduce(into: UsageCost()) { $0 += $1.usage }
    return Document.Grid(
      names, textColumns: 4, rows: rows,
      totals: [row(["total", "", "", ""], usage, statement.cost(), statement.charge())])
  }

  // MARK: - How

  private var method: [String] {
    var sentences = showsCost ? statement.terms.map { "terms: \($0.sentence)" } : []
    sentences.append("each line is rounded half-even, the total is the sum of the lines")
    if statement.lines.contains(where: { $0.kind == .shared }) {
      sentences.append("shared: your part of what serves several tenants")
    }
    if statement.lines.contains(where: { $0.kind == .adjustment }) {
      sentences.append("adjustment: what became known of an earlier period after it was closed")
    }
    if let exchange { sentences.append("currency: \(exchange.described)") }
    return sentences
  }

  /// A markup would tell the cost.
  private func text(_ terms: ChargeTerms) -> String {
    showsCost ? terms.text : terms.rates.isEmpty ? "as agreed" : "own rates"
  }

  private func usd(_ nanos: Int64) -> String {
    "\(Billionths(nanos).rounded(to: nanos % Charge.cent == 0 ? 2 : 9)) USD"
  }

  private func money(_ billionths: Int64, _ exchange: ExchangeRate) -> String {
    "\(Billionths(billionths).rounded(to: exchange.decimals)) \(exchange.currency)"
  }
}

extension ExchangeRate {
  /// Of its smallest unit.
  var decimals: Int { step == 1_000_000_000 ? 0 : step == 1_000_000 ? 3 : 2 }
}
