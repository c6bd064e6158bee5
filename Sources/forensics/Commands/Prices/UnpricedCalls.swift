import Tables
import UsageLog

/// Calls that have no cost, grouped by what decides their price and by what is missing.
struct UnpricedCalls {
  struct Key: Hashable {
    /// Without a workspace and an API key; nil where the log names no model.
    let conditions: PriceConditions?
    let finding: Finding
  }

  enum Finding: Hashable {
    case missing(UnpricedReason)
    /// Today's prices know it.
    case pricedByNow
    case noModel
  }

  struct Group {
    let key: Key
    var calls: Int64 = 0
    var tokens: Int64 = 0
    /// UTC milliseconds.
    var first = Int64.max
    var last = Int64.min
    /// One for each gap in time.
    var templates: [OverrideTemplate] = []
  }

  /// The most tokens first.
  private(set) var groups: [Group] = []
  /// Their logs say nothing of tokens.
  private(set) var callsWithoutUsage: Int64 = 0

  /// - Parameter rows: what `queries/unpriced.sql` returns.
  init(_ rows: [[Value]], book: PriceBook) {
    var groups: [Key: Group] = [:]
    for row in rows.map(Row.init) {
      guard row.hasUsage else {
        callsWithoutUsage += row.calls
        continue
      }
      let key = Key(row, in: book)
      var group = groups[key] ?? Group(key: key)
      group.calls += row.calls
      group.tokens += row.tokens
      group.first = min(group.first, row.first)
      group.last = max(group.last, row.last)
      if let conditions = row.conditions,
        let template = OverrideTemplate(for: conditions, using: row.usage, at: row.day, in: book)
      {
        group.templates.add(template)
      }
      groups[key] = group
    }
    self.groups = groups.values.sorted {
      ($1.tokens, $1.calls, $0.key.sortText) < ($0.tokens, $0.calls, $1.key.sortText)
    }
  }

  /// What pastes into `forensics.yml`; empty if nothing in it would help.
  var yaml: [String] {
    var templates: [OverrideTemplate] = []
    var remarks: [String] = []
    for group in groups {
      for template in group.templates {
        let index = templates.add(template)
        if index < remarks.count {
          remarks[index] += "; \(group.remark)"
        } else {
          remarks.append(group.remark)
        }
      }
    }
    if templates.isEmpty { return [] }
    return ["prices:", "  overrides:"]
      + zip(templates, remarks).flatMap { template, remark in
        template.yaml(remark: remark).map { "    " + $0 }
      }
  }

  fileprivate struct Row {
    let conditions: PriceConditions?
    /// The first instant of the day.
    let day: Int64
    let hasUsage: Bool
    /// One of each class that is used.
    let usage: TokenUsage
    let calls, tokens, first, last: Int64

    init(_ cells: [Value]) {
      func text(_ column: Int) -> String? {
        if case .text(let text) = cells[column] { text } else { nil }
      }
      func number(_ column: Int) -> Int64 {
        if case .integer(let number) = cells[column] { number } else { 0 }
      }
      conditions = text(0).map { model in
        var conditions = PriceConditions(model: model, channel: text(1), region: text(2))
        conditions.serviceTier = text(3)
        conditions.speed = text(4)
        conditions.inferenceGeo = text(5)
        conditions.workspace = text(6)
        conditions.apiKey = text(7)
        return conditions
      }
      day = number(8) * 86_400_000
      hasUsage = number(9) != 0
      usage = TokenUsage(
        input: 1, cacheWrite5m: number(10), cacheWrite1h: number(11), cacheRead: number(12),
        output: 1, webSearches: number(13))
      (calls, tokens, first, last) = (number(14), number(15), number(16), number(17))
    }
  }
}

extension [OverrideTemplate] {
  /// One for the same calls takes in what another needs.
  ///
  /// - Returns: its place.
  @discardableResult
  fileprivate mutating func add(_ template: OverrideTemplate) -> Int {
    guard let index = firstIndex(where: { $0.calls == template.calls }) else {
      append(template)
      return count - 1
    }
    self[index].add(template)
    return index
  }
}

extension UnpricedCalls.Key {
  fileprivate init(_ row: UnpricedCalls.Row, in book: PriceBook) {
    guard var conditions = row.conditions else {
      self.init(conditions: nil, finding: .noModel)
      return
    }
    let finding: UnpricedCalls.Finding =
      switch book.plan(for: conditions).cost(row.usage, at: row.day) {
      case .unpriced(let reason): .missing(reason)
      case .priced, .covered: .pricedByNow
      }
    conditions.workspace = nil
    conditions.apiKey = nil
    self.init(conditions: conditions, finding: finding)
  }

  fileprivate var sortText: String {
    let names = [
      conditions?.model, conditions?.channel, conditions?.region, conditions?.serviceTier,
      conditions?.speed, conditions?.inferenceGeo, finding.name,
    ]
    return names.map { $0 ?? "" }.joined(separator: "\u{0}")
  }
}

extension UnpricedCalls.Finding {
  var name: String {
    switch self {
    case .missing(let reason): reason.rawValue
    case .pricedByNow: "priced-by-now"
    case .noModel: "no-model"
    }
  }

  var what: String {
    switch self {
    case .missing(let reason): reason.what
    case .pricedByNow: "the prices in use have one by now"
    case .noModel: "the log names no model"
    }
  }

  var wayOut: String {
    switch self {
    case .missing(let reason): reason.wayOut
    case .pricedByNow: "run 'forensics reprice'"
    case .noModel: "map the field that holds it, and import the log again with --reread"
    }
  }
}

extension UnpricedCalls.Group {
  fileprivate var remark: String {
    let days = dayText(first) == dayText(last) ? "" : " to \(dayText(last))"
    return "\(counted(calls, "call")), \(counted(tokens, "token")), \(dayText(first))\(days): "
      + key.finding.what
  }
}
