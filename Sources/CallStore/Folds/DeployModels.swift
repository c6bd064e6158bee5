/// Which models a deploy's calls of a feature went to.
struct DeployModels {
  let deploy: String
  private(set) var models: [String?: (calls: Int64, pricedCalls: Int64, costNanos: Int64)] = [:]
  private(set) var since = Int64.max
  private(set) var until = Int64.min

  init(deploy: String) { self.deploy = deploy }

  mutating func add(_ stretch: DeployStretch) {
    models[stretch.model] = (stretch.calls, stretch.pricedCalls, stretch.costNanos)
    since = min(since, stretch.since)
    until = max(until, stretch.until)
  }

  var calls: Int64 { models.values.reduce(0) { $0 + $1.calls } }
  var costNanos: Int64 { models.values.reduce(0) { $0 + $1.costNanos } }

  /// Of one feature's stretches, in the order of first use.
  static func all(_ stretches: [DeployStretch]) -> [DeployModels] {
    var order: [String] = []
    var mixes: [String: DeployModels] = [:]
    for stretch in stretches {
      if mixes[stretch.deploy] == nil { order.append(stretch.deploy) }
      mixes[stretch.deploy, default: DeployModels(deploy: stretch.deploy)].add(stretch)
    }
    return order.compactMap { mixes[$0] }
  }

  /// How far the shares of models have moved, in whole points up to 100; nil where it is little, or chance.
  ///
  /// Little is less than 10 points; chance, if no model's share moved by more than two standard errors.
  func shift(from before: DeployModels) -> Int64? {
    guard calls > 0, before.calls > 0 else { return nil }
    let (new, old) = (Double(calls), Double(before.calls))
    var moved = 0.0
    var isChance = true
    for model in Set(models.keys).union(before.models.keys) {
      let after = Double(models[model]?.calls ?? 0)
      let earlier = Double(before.models[model]?.calls ?? 0)
      let step = abs(after / new - earlier / old)
      let pooled = (after + earlier) / (new + old)
      let error = (pooled * (1 - pooled) * (1 / new + 1 / old)).squareRoot()
      moved += step * 50
      if step > 2 * error { isChance = false }
    }
    return isChance || moved < 10 ? nil : Int64(moved.rounded())
  }

  /// What both mixes cost a call if each model cost what it did before, or now where it is new; nil if what one of
  /// the models costs is not known.
  func costs(from before: DeployModels) -> (before: Int64, after: Int64)? {
    func cost(_ mix: DeployModels) -> Int64? {
      var sum = Int128(0)
      for (model, used) in mix.models {
        let known = [before.models[model], models[model]].compactMap(\.self)
          .first { $0.pricedCalls > 0 }
        guard let known else { return nil }
        sum += Int128(used.calls) * Int128(known.costNanos) / Int128(known.pricedCalls)
      }
      return Int64(sum / Int128(max(mix.calls, 1)))
    }
    guard let old = cost(before), let new = cost(self) else { return nil }
    return (old, new)
  }
}
