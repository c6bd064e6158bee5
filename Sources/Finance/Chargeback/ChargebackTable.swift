package import Tables

extension Chargeback {
  /// `line, name, plan, n_calls, usage_usd, …`, the total last.
  package var table: Table {
    var columns = [
      Column(name: "line"), Column(name: "name"), Column(name: "plan"),
      Column(name: "n_calls", unit: .count), Column(name: "usage_usd", unit: .usd),
      Column(name: "shared_usd", unit: .usd), Column(name: "cost_usd", unit: .usd),
      Column(name: "margin_usd", unit: .usd), Column(name: "minimum_usd", unit: .usd),
      Column(name: "charge_usd", unit: .usd), Column(name: "margin_pct", unit: .pct),
    ]
    if let exchange = rules.exchange { columns.append(exchange.column("charge")) }
    return Table(
      columns: columns,
      rows: rows.map { row in
        let cells: [Value] = [
          .text(row.kind.text), row.name.cell, row.plan.cell, .integer(row.usage.calls),
          .integer(row.ownNanos), .integer(row.sharedNanos), .integer(row.costNanos),
          .integer(row.marginNanos), .integer(row.minimumNanos), .integer(row.charge.usdNanos),
          pct(row.charge.usdNanos - row.costNanos, of: row.charge.usdNanos),
        ]
        return cells + (rules.exchange == nil ? [] : [.integer(row.charge.local)])
      })
  }

  /// What a call, a thousand tokens and a call that succeeded cost each tenant, shares included.
  package var unitTable: Table {
    let columns = [
      Column(name: "line"), Column(name: "name"), Column(name: "n_calls", unit: .count),
      Column(name: "n_succeeded", unit: .count), Column(name: "tokens", unit: .tokens),
      Column(name: "cost_usd", unit: .usd), Column(name: "per_call_usd", unit: .usd),
      Column(name: "per_ktoken_usd", unit: .usd), Column(name: "per_success_usd", unit: .usd),
    ]
    let rows = rows.filter { [.tenant, .unallocated, .total].contains($0.kind) }
    return Table(
      columns: columns,
      rows: rows.map { row in
        var cost = row.costNanos
        // Calls of this period alone: corrections are about other calls.
        if row.kind == .total { cost -= adjustmentNanos }
        let units = UnitCosts(row.usage, costNanos: cost)
        return [
          .text(row.kind.text), row.name.cell, .integer(row.usage.calls),
          .integer(row.usage.succeeded), .integer(row.usage.tokens), .integer(cost),
          units.perCall.cell, units.perThousandTokens.cell, units.perSuccess.cell,
        ]
      })
  }
}

extension ExchangeRate {
  /// `charge_eur`.
  func column(_ name: String) -> Column {
    Column(name: "\(name)_\(currency.lowercased())", unit: .money)
  }
}

extension String? {
  var cell: Value { map(Value.text) ?? .null }
}

extension Int64? {
  var cell: Value { map(Value.integer) ?? .null }
}

/// A share for people, of amounts that stand beside it exactly; NULL of nothing.
func pct(_ part: Int64, of whole: Int64) -> Value {
  whole > 0 ? .real(Double(part) / Double(whole) * 100) : .null
}
