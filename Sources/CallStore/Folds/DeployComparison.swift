import Tables

/// A deploy beside the one before it: a feature's calls with one model, or all of them.
struct DeployComparison {
  var feature: String?
  /// `Selection.any` where it is about the mix of models.
  var model: Value
  var deploy: String
  var before: String
  /// Which of cost and prompt rose, or that the mix did; nil is neither.
  var rose: String?
  var extraNanos: Int64
  /// Milliseconds that the extra cost took.
  var span: Int64
  var cost: (before: Int64?, after: Int64?, change: Double?)
  var prompt: (before: Int64?, after: Int64?, change: Double?)
  var calls: (before: Int64, after: Int64)
  var spread: Double?
  var since: Int64

  struct Rule {
    /// Per cent.
    var change: Int64
    var calls: Int64
  }

  /// Of one feature and model, in the order of first use.
  static func each(_ stretches: [DeployStretch], _ rule: Rule) -> [DeployComparison] {
    let enough = stretches.filter { $0.calls >= rule.calls }
    return enough.indices.dropFirst().map { place in
      comparison(enough[place - 1], enough[place...], rule)
    }
  }

  private static func comparison(
    _ old: DeployStretch, _ later: ArraySlice<DeployStretch>, _ rule: Rule
  ) -> DeployComparison {
    let new = later[later.startIndex]
    func has(_ measure: DeployStretch.Measure) -> Bool {
      guard let before = old.spreads[measure], let after = new.spreads[measure],
        let change = after.change(from: before)
      else { return false }
      return change >= Double(rule.change) && after.difference(from: before) != .none
    }
    let rises = [has(.cost) ? "cost" : nil, has(.input) ? "prompt" : nil].compactMap(\.self)
    let measure: DeployStretch.Measure = has(.cost) || !has(.input) ? .cost : .input
    let lasting = later.prefix { $0.since == new.since || $0.stays(above: old, new, measure) }
    let extra = lasting.reduce(Int64(0)) {
      $0 + old.extraNanos(calls: $1.calls, costNanos: $1.costNanos)
    }
    return DeployComparison(
      feature: new.feature, model: Value(new.model), deploy: new.deploy, before: old.deploy,
      rose: rises.isEmpty ? nil : rises.joined(separator: ", "), extraNanos: extra,
      span: (lasting.map(\.until).max() ?? new.until) - new.since,
      cost: medians(.cost, old, new), prompt: medians(.input, old, new),
      calls: (old.calls, new.calls), spread: old.spreads[measure]?.relative, since: new.since)
  }

  private static func medians(
    _ measure: DeployStretch.Measure, _ old: DeployStretch, _ new: DeployStretch
  ) -> (Int64?, Int64?, Double?) {
    let (before, after) = (old.spreads[measure], new.spreads[measure])
    return (
      before?.median, after?.median, before.flatMap { before in after?.change(from: before) }
    )
  }

  /// Deploys of one feature whose calls went to dearer models.
  static func mixes(
    _ stretches: [DeployStretch], of feature: String?, _ rule: Rule
  ) -> [DeployComparison] {
    let mixes = DeployModels.all(stretches).filter { $0.calls >= rule.calls }
    return zip(mixes, mixes.dropFirst()).compactMap { old, new in
      guard new.shift(from: old) != nil else { return nil }
      let cost = new.costs(from: old)
      let change =
        cost.before > 0 ? Double(cost.after - cost.before) * 100 / Double(cost.before) : nil
      let rose = (change ?? 0) >= Double(rule.change)
      return DeployComparison(
        feature: feature, model: .text(Selection.any), deploy: new.deploy, before: old.deploy,
        rose: rose ? "mix" : nil,
        extraNanos: Int64(Int128(cost.after - cost.before) * Int128(new.calls)),
        span: new.until - new.since, cost: (cost.before, cost.after, change),
        prompt: (nil, nil, nil), calls: (old.calls, new.calls), spread: nil, since: new.since)
    }
  }

  /// What costs the most first.
  func precedes(_ other: DeployComparison) -> Bool {
    (other.extraNanos, since, deploy, "\(model)") < (
      extraNanos, other.since, other.deploy, "\(other.model)"
    )
  }

  static let columns = [
    "feature", "model", "deploy_sha", "rose", "extra_usd_nanos", "extra_per_day_usd_nanos",
    "before_usd_nanos", "after_usd_nanos", "cost_change_pct", "before_tokens", "after_tokens",
    "prompt_change_pct", "n_before", "n_after", "iqr_pct", "deployed_at", "previous_deploy",
  ]

  var row: [Value] {
    [
      Value(feature), model, .text(deploy), Value(rose), .integer(extraNanos),
      .integer(Int64(Int128(extraNanos) * Int128(dayLength) / Int128(max(span, dayLength)))),
      Value(cost.before), Value(cost.after), Value(cost.change), Value(prompt.before),
      Value(prompt.after), Value(prompt.change), .integer(calls.before), .integer(calls.after),
      Value(spread), .integer(since), .text(before),
    ]
  }
}

extension DeployStretch {
  /// Whether its median is nearer to the raised one than to the one before.
  fileprivate func stays(
    above old: DeployStretch, _ new: DeployStretch, _ measure: Measure
  ) -> Bool {
    guard let own = spreads[measure]?.median, let low = old.spreads[measure]?.median,
      let high = new.spreads[measure]?.median
    else { return false }
    return own * 2 >= low + high
  }
}

extension Spread {
  /// How far the middle half spreads, in per cent of the median.
  fileprivate var relative: Double? {
    median > 0 ? Double(high - low) * 100 / Double(median) : nil
  }
}
