/// Makes a tenant's statement: lines by feature, model and terms, shares, corrections, and the fee.
struct StatementLines {
  let tenant: String
  let rules: ChargebackRules
  let period: ReportPeriod
  let months: MonthShares

  /// What one line adds up.
  private struct Key: Hashable {
    var kind: Statement.Kind
    var about: String?
    var name: String?
    var model: String?
    /// Its place among the terms that were met.
    var terms: Int
  }

  func statement(_ items: [UsageItem], _ allocation: Allocation) -> Statement {
    let plan = rules.plans.plan(of: tenant)?.name
    var met: [ChargeTerms] = []
    var sums: [Key: UsageCost] = [:]
    func place(_ terms: ChargeTerms) -> Int {
      if let place = met.firstIndex(of: terms) { return place }
      met.append(terms)
      return met.count - 1
    }
    func terms(on date: CivilDate) -> ChargeTerms {
      rules.card.terms(tenant: tenant, plan: plan, on: date)
    }
    for item in items.sorted(by: { $0.date < $1.date }) {
      let key = Key(
        kind: item.about == nil ? .usage : .adjustment, about: item.about, name: item.feature,
        model: item.model, terms: place(terms(on: item.date)))
      sums[key, default: UsageCost()] += item.usage
    }
    var lines = sums.map { key, usage in
      line(key, met[key.terms], usage) { $0.price(of: usage, model: key.model) }
    }
    let last = terms(on: period.dates[period.dates.count - 1])
    for pool in allocation.pools {
      guard let share = pool.shares[tenant], share != 0 else { continue }
      var usage = UsageCost()
      usage.costNanos = share
      let key = Key(
        kind: pool.about == nil ? .shared : .adjustment, about: pool.about,
        name: allocation.rules[pool.rule].name, model: nil, terms: place(last))
      lines.append(line(key, last, usage) { $0.price(ofCost: share) })
    }
    lines.sort { Self.order($0) < Self.order($1) }
    var statement = Statement(tenant: tenant, plan: plan, lines: lines, terms: met)
    if let fee = fee(beside: statement.charge([.usage, .shared]), terms: terms) {
      statement.lines.append(Statement.Line(kind: .minimum, terms: last, charge: fee))
    }
    return statement
  }

  private func line(
    _ key: Key, _ terms: ChargeTerms, _ usage: UsageCost, _ price: (ChargeTerms) -> Price
  ) -> Statement.Line {
    Statement.Line(
      kind: key.kind, about: key.about, name: key.name, model: key.model, terms: terms,
      usage: usage, costNanos: usage.costNanos, charge: Charge(price(terms), rules.exchange))
  }

  /// What is missing to the minimum fee; nil where nothing is.
  private func fee(beside charge: Charge, terms: (CivilDate) -> ChargeTerms) -> Charge? {
    let price = months.prorated { terms(period.dates[$0]).minimumNanos }
    var fee = Charge(price, rules.exchange)
    guard fee.usdNanos > charge.usdNanos else { return nil }
    fee.usdNanos -= charge.usdNanos
    fee.local = max(0, fee.local - charge.local)
    return fee
  }

  /// Usage, shares, corrections; within them by name, the same every time.
  private static func order(_ line: Statement.Line) -> String {
    let kind = Statement.Kind.allCases.firstIndex(of: line.kind) ?? 0
    return [
      "\(kind)", line.about ?? "", line.name.map { "=" + $0 } ?? "",
      line.model.map { "=" + $0 } ?? "", line.terms.from?.text ?? "",
    ].joined(separator: "\u{1}")
  }
}
