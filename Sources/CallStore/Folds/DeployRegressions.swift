import Tables

extension Fold {
  /// Each deploy beside the one before it, out of rows by feature, model and deploy.
  static let deployRegressions = Fold("deploy-regressions") { input in
    let stretches = DeployStretch.all(input, [.cost, .input])
    let rule = DeployComparison.Rule(
      change: input.number("change") ?? 20, calls: input.number("calls") ?? 50)
    var compared: [DeployComparison] = []
    for feature in Set(stretches.map(\.feature)) {
      let own = stretches.filter { $0.feature == feature }
      for model in Set(own.map(\.model)) {
        compared += DeployComparison.each(own.filter { $0.model == model }, rule)
      }
      compared += DeployComparison.mixes(own, of: feature, rule)
    }
    let shown = compared.filter { input.text("all") == "yes" || $0.rose != nil }
      .sorted { $0.precedes($1) }
    let few = stretches.count { $0.calls < rule.calls }
    return FoldedRows(
      names: DeployComparison.columns, rows: shown.map(\.row),
      notes: [
        "\(compared.count) comparisons; \(few) of \(stretches.count) deploys of a feature and model "
          + "have fewer than \(rule.calls) calls"
      ])
  }
}
