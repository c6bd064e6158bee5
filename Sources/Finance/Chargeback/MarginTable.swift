package import Tables

extension Margin {
  /// `line, name, plan, seats, revenue_usd, cost_usd, margin_usd, margin_pct, below_objective`.
  package var table: Table {
    let columns = [
      Column(name: "line"), Column(name: "name"), Column(name: "plan"),
      Column(name: "seats", unit: .count), Column(name: "revenue_usd", unit: .usd),
      Column(name: "cost_usd", unit: .usd),
      Column(name: "margin_usd", unit: .usd, highlight: .below(0)),
      Column(name: "margin_pct", unit: .pct), Column(name: "below_objective", unit: .flag),
    ]
    return Table(
      columns: columns,
      rows: rows.map { row in
        [
          .text(row.kind.rawValue), row.name.cell, row.plan.cell, row.seats.cell,
          row.revenueNanos.cell, .integer(row.costNanos), .integer(row.marginNanos),
          pct(row.marginNanos, of: row.revenueNanos ?? 0),
          .integer(row.isBelowObjective ? 1 : 0),
        ]
      })
  }

  package var notes: [String] {
    var notes = [
      "revenue: each plan's price by days of the month; cost: own calls, shares of shared costs, adjustments"
    ]
    if let objective {
      let share = DecimalFraction(Int128(objective), over: 10_000).exact
      let planned = rows.count { $0.kind == .tenant && $0.plan != nil }
      notes.append("\(below.count) of \(planned) tenants with a plan leave less than \(share) %")
    }
    let without = rows.count { $0.kind == .tenant && $0.plan == nil }
    if without > 0 {
      notes.append(
        "\(without) tenant\(without == 1 ? " has" : "s have") no plan: all cost, no revenue")
    }
    return notes
  }
}

extension PlanSpread {
  /// `plan, measure, tenants, usd, pct`: a line for each question.
  package static func table(_ plans: [PlanSpread]) -> Table {
    let columns = [
      Column(name: "plan"), Column(name: "measure"), Column(name: "tenants", unit: .count),
      Column(name: "usd", unit: .usd), Column(name: "pct", unit: .pct),
    ]
    return Table(columns: columns, rows: plans.flatMap(\.rows))
  }

  private var rows: [[Value]] {
    func row(_ measure: String, _ tenants: Int?, _ nanos: Int64?, _ share: Value = .null) -> [Value]
    {
      [
        .text(plan.name), .text(measure), tenants.map { .integer(Int64($0)) } ?? .null, nanos.cell,
        share,
      ]
    }
    let unit = plan.per == .seat ? "seat" : "tenant"
    var rows = [
      row("revenue", tenants, revenueNanos),
      row("cost", tenants, costNanos, pct(costNanos, of: revenueNanos)),
      row(
        "margin", tenants, revenueNanos - costNanos,
        pct(revenueNanos - costNanos, of: revenueNanos)),
      row(
        "cost beyond the price", overPrice, beyondNanos,
        pct(Int64(overPrice), of: Int64(tenants))),
      row("dearest tenth", dearest, dearestNanos, pct(dearestNanos, of: costNanos)),
      row("median tenant", 1, medianNanos), row("dearest tenant", 1, highestNanos),
      row("price", nil, plan.priceNanos),
      row("break-even price", nil, breakEvenNanos),
    ]
    if let objectivePriceNanos {
      rows.append(row("price for the objective", nil, objectivePriceNanos))
    }
    return rows.map { cells in
      var cells = cells
      if case .text(let name) = cells[1], name.hasPrefix("price") || name.hasPrefix("break-even") {
        cells[1] = .text("\(name) a \(unit) and month")
      }
      return cells
    }
  }
}
