import Tables

extension Fold {
  /// Where each series of days rose, out of rows by day, deploy and status.
  static let inputCreep = Fold("input-creep") { input in
    let group = input.names[0]
    var order: [String?] = []
    var series: [String?: PromptDays] = [:]
    let rule = PromptDays.Rule(
      change: input.number("change") ?? 20, days: Int(input.number("days") ?? 3),
      calls: input.number("calls") ?? 20)
    for line in input.namedRows {
      let name = line.text(group) ?? line.whole(group).map { "\($0)" }
      if series[name] == nil { order.append(name) }
      series[name, default: PromptDays()].add(line)
    }
    let show = input.text("show") ?? "rises"
    if show == "days" {
      return FoldedRows(
        names: [group] + PromptDays.dailyColumns,
        rows: order.flatMap { name in
          (series[name]?.dailyRows ?? []).map { [Value(name)] + $0 }
        })
    }
    let found = order.compactMap { name in
      series[name].map { (name: name, days: $0, rise: $0.rise(rule)) }
    }
    let shown = found.filter { show == "all" || $0.rise != nil }
      .sorted { ($0.rise?.extraNanos ?? .min) > ($1.rise?.extraNanos ?? .min) }
    let quiet = found.count { $0.days.points(rule).count < 2 * rule.days }
    return FoldedRows(
      names: [group] + PromptDays.columns,
      rows: shown.map { [Value($0.name)] + $0.days.row($0.rise, rule) },
      notes: quiet == 0
        ? []
        : ["\(quiet) of \(found.count) have too few days with \(rule.calls) calls to be judged"])
  }
}

extension PromptDays {
  static let dailyColumns = [
    "day_at", "deploy_sha", "paid_usd_nanos", "n_calls", "median_tokens", "p95_tokens",
  ]

  var dailyRows: [[Value]] {
    stretches.map {
      [
        .integer($0.day), Value($0.deploy), $0.pricedCalls == 0 ? .null : .integer($0.costNanos),
        .integer($0.calls),
        .integer($0.median), .integer($0.high),
      ]
    }
  }

  static let columns = [
    "extra_usd_nanos", "before_tokens", "after_tokens", "change_pct", "p95_before_tokens",
    "p95_after_tokens", "rose_at", "shape", "by_deploy", "trend", "n_calls",
  ]

  func row(_ rise: Rise?, _ rule: Rule) -> [Value] {
    let points = points(rule)
    let whole = Spread(points.map(\.median))?.median
    let wholeHigh = Spread(points.map(\.high))?.median
    return [
      Value(rise?.extraNanos), Value(rise?.before.median ?? whole), Value(rise?.after.median),
      Value(rise?.change), Value(rise?.highBefore ?? wholeHigh), Value(rise?.highAfter),
      Value(rise?.day), Value(rise.map { $0.isStep ? "step" : "gradual" }), Value(rise?.deploy),
      .text(TrendLine.drawn(points.map(\.median))),
      .integer(stretches.reduce(0) { $0 + $1.calls }),
    ]
  }
}
