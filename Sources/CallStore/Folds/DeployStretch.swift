/// What one deploy served of a feature with one model.
struct DeployStretch {
  let feature: String?
  let model: String?
  let deploy: String
  private(set) var calls: Int64 = 0
  /// Of those: the ones whose cost is known.
  private(set) var pricedCalls: Int64 = 0
  private(set) var costNanos: Int64 = 0
  private(set) var promptTokens: Int64 = 0
  private(set) var readTokens: Int64 = 0
  private(set) var since = Int64.max
  private(set) var until = Int64.min
  private(set) var spreads: [Measure: Spread] = [:]

  enum Measure: String {
    case cost, input, output
  }

  init(feature: String?, model: String?, deploy: String) {
    self.feature = feature
    self.model = model
    self.deploy = deploy
  }

  /// Calls of one status; the most decide the percentiles.
  mutating func add(_ line: FoldRow, _ measures: [Measure]) {
    let count = line["n_calls"]
    calls += count
    pricedCalls += line["n_priced"]
    costNanos += line["paid_usd_nanos"]
    promptTokens += line["prompted"]
    readTokens += line["reads"]
    since = min(since, line["since_at"])
    until = max(until, line["until_at"])
    for measure in measures where count > spreads[measure]?.count ?? 0 {
      guard let low = line.whole("low_\(measure.rawValue)"),
        let median = line.whole("mid_\(measure.rawValue)"),
        let high = line.whole("high_\(measure.rawValue)")
      else { continue }
      spreads[measure] = Spread(low: low, median: median, high: high, count: count)
    }
  }

  /// What its calls cost; nil where no price is known of any.
  var knownNanos: Int64? { pricedCalls > 0 ? costNanos : nil }

  /// What the priced ones of other calls cost beyond their number times this one's average; nil where either has none.
  func extraNanos(of later: [DeployStretch]) -> Int64? {
    let priced = later.reduce(Int128(0)) { $0 + Int128($1.pricedCalls) }
    guard pricedCalls > 0, priced > 0 else { return nil }
    let paid = later.reduce(Int128(0)) { $0 + Int128($1.costNanos) }
    return Int64(
      paid
        - later.reduce(Int128(0)) { sum, stretch in
          sum + Int128(costNanos) * Int128(stretch.pricedCalls) / Int128(pricedCalls)
        })
  }

  /// The stretches of a recipe's rows, in the order of first use.
  static func all(_ input: FoldInput, _ measures: [Measure]) -> [DeployStretch] {
    struct Key: Hashable {
      var feature: String?
      var model: String?
      var deploy: String
    }
    var stretches: [Key: DeployStretch] = [:]
    for line in input.namedRows {
      guard let deploy = line.text("deploy_sha") else { continue }
      let key = Key(feature: line.text("feature"), model: line.text("model"), deploy: deploy)
      stretches[
        key, default: DeployStretch(feature: key.feature, model: key.model, deploy: deploy)
      ].add(line, measures)
    }
    return stretches.values.sorted {
      ($0.since, $0.deploy, $0.model ?? "", $0.feature ?? "")
        < ($1.since, $1.deploy, $1.model ?? "", $1.feature ?? "")
    }
  }
}
