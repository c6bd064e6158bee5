import Tables

extension Fold {
  /// A feature's deploys in order, and which of them moved it.
  static let deployBisect = Fold("deploy-bisect") { input in
    let stretches = DeployStretch.all(input, [.cost, .input, .output])
    let bisection = Bisection(
      metric: Bisection.Metric(rawValue: input.text("metric") ?? "") ?? .cost,
      rule: DeployComparison.Rule(
        change: input.number("change") ?? 20, calls: input.number("calls") ?? 50))
    let feature = input.text("feature")
    let own = stretches.filter { ($0.feature ?? Selection.none) == feature }
    guard !own.isEmpty else {
      let known = Set(stretches.map { $0.feature ?? Selection.none }).sorted()
      return FoldedRows(
        names: bisection.columns, rows: [],
        notes: [
          "no answered call of feature '\(feature ?? "")' in this window names a deploy; "
            + "features that do: \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        ])
    }
    let steps = Set(own.map(\.model)).flatMap { model in
      bisection.steps(own.filter { $0.model == model && $0.calls >= bisection.rule.calls })
    }
    .sorted {
      ($0.stretch.since, $0.stretch.model ?? "") < ($1.stretch.since, $1.stretch.model ?? "")
    }
    return FoldedRows(
      names: bisection.columns, rows: steps.map(bisection.row),
      notes: bisection.verdict(steps) + bisection.remarks(own))
  }
}

/// One metric of one feature, deploy by deploy.
struct Bisection {
  enum Metric: String { case cost, input, output, cache }

  var metric: Metric
  var rule: DeployComparison.Rule

  /// A deploy, and what changed since the one before of the same model.
  struct Step {
    var stretch: DeployStretch
    var before: DeployStretch?
    /// Per cent, or percentage points of the share read from the cache.
    var change: Double?
    /// high, medium or low where it moved.
    var confidence: String?
    /// It grew while the deploy served, and did not come with it.
    var creeps = false
  }

  func steps(_ stretches: [DeployStretch]) -> [Step] {
    stretches.indices.map { place in
      let new = stretches[place]
      guard place > 0 else { return Step(stretch: new) }
      let old = stretches[place - 1]
      if metric == .cache { return cacheStep(new, old) }
      guard let before = spread(old), let after = spread(new),
        let change = after.change(from: before)
      else { return Step(stretch: new, before: old) }
      let creeps = after.creeps(from: before)
      let confidence: String? =
        switch after.difference(from: before) {
        case .none: nil
        case .notches: creeps ? "low" : "medium"
        case .quartiles: creeps ? "low" : "high"
        }
      let moved = abs(change) >= Double(rule.change) && confidence != nil
      return Step(
        stretch: new, before: old, change: change, confidence: moved ? confidence : nil,
        creeps: moved && creeps)
    }
  }

  private func cacheStep(_ new: DeployStretch, _ old: DeployStretch) -> Step {
    guard let before = old.readShare, let after = new.readShare else {
      return Step(stretch: new, before: old)
    }
    let change = after - before
    return Step(
      stretch: new, before: old, change: change,
      confidence: abs(change) * 2 >= Double(rule.change) ? "medium" : nil)
  }

  private func spread(_ stretch: DeployStretch) -> Spread? {
    switch metric {
    case .cost: stretch.spreads[.cost]
    case .input: stretch.spreads[.input]
    case .output: stretch.spreads[.output]
    case .cache: nil
    }
  }

  // MARK: - As a table

  var columns: [String] {
    let unit = metric == .cost ? "_usd_nanos" : "_tokens"
    return ["deploy_sha", "feature", "model", "first_at", "last_at", "n_calls", "paid_usd_nanos"]
      + (metric == .cache ? ["read_pct"] : ["p25\(unit)", "median\(unit)", "p75\(unit)"])
      + [metric == .cache ? "change_points" : "change_pct", "moved", "confidence"]
  }

  func row(_ step: Step) -> [Value] {
    let stretch = step.stretch
    let middle: [Value] =
      metric == .cache
      ? [Value(stretch.readShare)]
      : [Value(spread(stretch)?.low), Value(spread(stretch)?.median), Value(spread(stretch)?.high)]
    return [
      .text(stretch.deploy), Value(stretch.feature), Value(stretch.model), .integer(stretch.since),
      .integer(stretch.until), .integer(stretch.calls), Value(stretch.knownNanos),
    ] + middle + [
      Value(step.change), .integer(step.confidence == nil ? 0 : 1), .text(step.confidence ?? ""),
    ]
  }

  // MARK: - In words

  func verdict(_ steps: [Step]) -> [String] {
    let what = metric == .cache ? "the share read from the cache" : "the median \(metric.rawValue)"
    let unit = metric == .cache ? "points" : "%"
    let moved = steps.filter { $0.confidence != nil }
    guard let mover = moved.max(by: { abs($0.change ?? 0) < abs($1.change ?? 0) }),
      let before = mover.before, let change = mover.change
    else {
      return [
        "no deploy moved \(what) by \(rule.change / (metric == .cache ? 2 : 1)) \(unit) or more"
      ]
    }
    let sign = change > 0 ? "+" : ""
    let others = moved.count - 1
    return [
      "\(mover.stretch.deploy) moved \(what) of \(mover.stretch.model ?? Selection.none) by "
        + "\(sign)\(Int64(change.rounded())) \(unit) (\(before.calls) calls of \(before.deploy) before, "
        + "\(mover.stretch.calls) after; confidence \(mover.confidence ?? ""))"
        + (others > 0 ? "; \(others) more moved it less" : "")
    ] + (mover.creeps ? [Self.creep] : [])
  }

  private static let creep =
    "it grew bit by bit while that deploy served, rather than with it: see input-creep"

  /// What was passed over, and mixes of models that changed.
  func remarks(_ stretches: [DeployStretch]) -> [String] {
    let few = stretches.count { $0.calls < rule.calls }
    var remarks: [String] = []
    if few > 0 { remarks.append("\(few) with fewer than \(rule.calls) calls passed over") }
    let mixes = DeployModels.all(stretches).filter { $0.calls >= rule.calls }
    for (old, new) in zip(mixes, mixes.dropFirst()) {
      guard let shift = new.shift(from: old) else { continue }
      let change = new.costs(from: old).map { cost in
        cost.after == cost.before ? "" : cost.after > cost.before ? ", dearer" : ", cheaper"
      }
      remarks.append(
        "\(new.deploy) sent \(shift) % of the calls to other models than \(old.deploy)"
          + (change ?? ", at prices that are not known"))
    }
    return remarks
  }
}

extension DeployStretch {
  /// Of prompt tokens, what was read from the cache, in per cent.
  fileprivate var readShare: Double? {
    promptTokens > 0 ? Double(readTokens) * 100 / Double(promptTokens) : nil
  }
}
