import Tables

extension Chargeback {
  /// How it was reckoned, a sentence each, for those who see all of it.
  package var method: [String] {
    [
      "cost: what each call cost, rounded call by call to a billionth of a dollar; the column adds up to "
        + "\(Billionths(costNanos).exact) USD"
    ] + shared + terms + closing
  }

  private var shared: [String] {
    var sentences = allocation.pools.filter { $0.about == nil }.map { pool in
      let rule = allocation.rules[pool.rule]
      let amount = Billionths(pool.usage.costNanos).exact
      let tenants = pool.shares.count
      let spread =
        pool.shares.isEmpty
        ? "kept: there is nobody to spread it over"
        : "spread over \(tenants) tenant\(tenants == 1 ? "" : "s") by \(rule.basis.text)"
      return "shared, \(pool.rule + 1): \(rule.name) (\(rule.text)), \(amount) USD, \(spread)"
    }
    if !sentences.isEmpty {
      sentences.append(
        "a call goes to the first rule that fits; shares go by what no rule takes, "
          + "and what does not divide goes to the largest remainders")
    }
    if rules.unallocated == nil, !allocation.unallocated.isEmpty {
      sentences.append("calls without a tenant are kept on a line of their own, charged to nobody")
    }
    return sentences
  }

  /// Whose terms are which.
  private var terms: [String] {
    var tenants: [String: [String]] = [:]
    for statement in statements.sorted(by: { $0.tenant < $1.tenant }) {
      for terms in statement.terms { tenants[terms.sentence, default: []].append(statement.tenant) }
    }
    return tenants.sorted {
      $0.value[0] < $1.value[0] || $0.value[0] == $1.value[0] && $0.key < $1.key
    }
    .map { sentence, tenants in
      let more = tenants.count > 8 ? " and \(tenants.count - 8) more" : ""
      return "\(tenants.prefix(8).joined(separator: ", "))\(more): \(sentence)"
    }
  }

  private var closing: [String] {
    var sentences = [
      "charges: each line of a statement is rounded half-even to "
        + "\(rules.exchange == nil ? "a cent" : "the smallest unit of its currency"), totals are sums of lines"
    ]
    if !allocation.pools.isEmpty {
      sentences.append("shared costs are charged by the terms of the period's last day")
    }
    if statements.contains(where: { $0.lines.contains { $0.about != nil } }) {
      sentences.append(
        "adjustments of closed periods are charged by the terms of the first day of those, beside any minimum"
      )
    }
    if let exchange = rules.exchange { sentences.append("currency: \(exchange.described)") }
    return sentences
  }
}

extension AllocationRule.Basis {
  var text: String {
    switch self {
    case .usage: "what their own calls cost"
    case .equal: "equal shares"
    case .calls: "their calls"
    case .tokens: "their tokens"
    case .weights: "fixed weights"
    }
  }
}
