import Tables

extension Fold {
  /// The busiest minute of each limit, out of rows by model and minute.
  static let rateHeadroom = Fold("rate-headroom") { input in
    let limits = RateLimit.parse(input.text("limits") ?? "")
    let above = input.number("above") ?? 80
    let others = input.names.prefix { $0 != "minute_at" }.filter { $0 != "model" && $0 != "scope" }
    var minutes: [Limited: [Int64: MinuteUse]] = [:]
    for line in input.namedRows {
      let model = input.names.contains("model") ? line.text("model") : nil
      let rest = others.map { line.text($0) }
      for name in RateLimit.names(of: model, among: limits) {
        minutes[Limited(name: name, rest: rest), default: [:]][
          line["minute_at"] / 60_000, default: MinuteUse()
        ].add(line)
      }
    }
    var rows: [[Value]] = []
    for (limited, uses) in minutes {
      let limit = limits.first { $0.name == limited.name }
      let rejected = uses.values.reduce(0) { $0 + $1.limited }
      for measure in RateLimit.Measure.allCases {
        rows.append(
          [Value(limited.name)] + limited.rest.map { Value($0) }
            + measure.row(uses, limit: limit?.perMinute[measure], above: above)
            + [.integer(rejected)])
      }
    }
    return FoldedRows(
      names: ["limited"] + others + RateLimit.Measure.columns + ["n_limited"],
      rows: sorted(rows, by: 1 + others.count), notes: notes(limits))
  }

  /// What used the most of its limit first; then by name, in the order of what is measured.
  private static func sorted(_ rows: [[Value]], by first: Int) -> [[Value]] {
    func used(_ row: [Value]) -> Double { row[first + 4].number ?? -1 }
    func name(_ row: [Value]) -> String { row.prefix(first + 1).map { "\($0)" }.joined() }
    return rows.sorted { (used($1), name($0)) < (used($0), name($1)) }
  }

  private static func notes(_ limits: [RateLimit]) -> [String] {
    if limits.isEmpty {
      return [
        "no limits are known: write them to forensics.yml under rate_limits, or try --tier 1 to 4"
      ]
    }
    return limits.filter(\.isApproximate).map {
      "the limits of '\($0.name)' are approximate ones of a usage tier; your console shows yours"
    }
  }
}

/// What a limit holds for: a name of limits or of a model, and what else rows are grouped by.
private struct Limited: Hashable {
  var name: String?
  var rest: [String?]
}

/// What one minute used.
struct MinuteUse {
  private(set) var amounts: [RateLimit.Measure: Int64] = [:]
  private(set) var limited: Int64 = 0

  mutating func add(_ line: FoldRow) {
    for measure in RateLimit.Measure.allCases {
      amounts[measure, default: 0] += line[measure.column]
    }
    limited += line["n_limited"]
  }
}

extension RateLimit.Measure {
  static let columns = [
    "counts", "peak_per_minute", "peak_at", "limit_per_minute", "used_pct", "headroom_pct",
    "minutes_above",
  ]

  var column: String {
    switch self {
    case .requests: "requests"
    case .input: "input"
    case .output: "output"
    }
  }

  fileprivate var label: String {
    switch self {
    case .requests: "requests"
    case .input: "input tokens"
    case .output: "output tokens"
    }
  }

  fileprivate func row(
    _ uses: [Int64: MinuteUse], limit: Int64?, above: Int64
  ) -> [Value] {
    let peak = uses.map { (minute: $0.key, count: $0.value.amounts[self] ?? 0) }
      .max { ($0.count, $1.minute) < ($1.count, $0.minute) }
    let count = peak?.count ?? 0
    let used = limit.map { Double(count * 100) / Double($0) }
    let over = limit.map { limit in
      Int64(
        uses.values.count { Int128($0.amounts[self] ?? 0) * 100 > Int128(limit) * Int128(above) })
    }
    return [
      .text(label), .integer(count), Value(peak.map { $0.minute * 60_000 }), Value(limit),
      Value(used), Value(used.map { 100 - $0 }), Value(over),
    ]
  }
}
