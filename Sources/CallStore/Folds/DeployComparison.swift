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
  /// It grew while the deploy served, and did not come with it.
  var creeps = false
  /// nil where prices are missing.
  var extraNanos: Int64?
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
    return DeployComparison(
      feature: new.feature, model: Value(new.model), deploy: new.deploy, before: old.deploy,
      rose: rises.isEmpty ? nil : rises.joined(separator: ", "),
      creeps: zip([has(.cost), has(.input)], [.cost, .input] as [DeployStretch.Measure]).contains {
        guard $0, let before = old.spreads[$1] else { return false }
        return new.spreads[$1]?.creeps(from: before) == true
      }, extraNanos: old.extraNanos(of: Array(lasting)),
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
      let change = cost.flatMap { cost in
        cost.before > 0 ? Double(cost.after - cost.before) * 100 / Double(cost.before) : nil
      }
      let rose = (change ?? 0) >= Double(rule.change)
      return DeployComparison(
        feature: feature, model: .text(Selection.any), deploy: new.deploy, before: old.deploy,
        rose: rose ? "mix" : nil,
        extraNanos: cost.map { Int64(Int128($0.after - $0.before) * Int128(new.calls)) },
        span: new.until - new.since, cost: (cost?.before, cost?.after, change),
        prompt: (nil, nil, nil), calls: (old.calls, new.calls), spread: nil, since: new.since)
    }
  }

  /// What costs the most first, what nobody knows last.
  func precedes(_ other: DeployComparison) -> Bool {
    (other.extraNanos ?? .min, since, deploy, "\(model)") < (
      extraNanos ?? .min, other.since, other.deploy, "\(other.model)"
    )
  }

  private var extraNanosADay: Int64? {
    extraNanos.map { Int64(Int128($0) * Int128(dayLength) / Int128(max(span, dayLength))) }
  }

  static let columns = [
    "feature", "model", "deploy_sha", "rose", "shape", "extra_usd_nanos", "extra_per_day_usd_nanos",
    "before_usd_nanos", "after_usd_nanos", "cost_change_pct", "before_tokens", "after_tokens",
    "prompt_change_pct", "n_before", "n_after", "iqr_pct", "deployed_at", "previous_deploy",
  ]

  var row: [Value] {
    [
      Value(feature), model, .text(deploy), Value(rose),
      Value(rose.map { _ in creeps ? "gradual" : "step" }), Value(extraNanos),
      Value(extraNanosADay),
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
