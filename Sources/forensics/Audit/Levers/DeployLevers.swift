import CallStore

/// Deploys after which calls cost more, as long as nobody rolled them back.
enum DeployLevers {
  private static let day: Int64 = 86_400_000

  static func find(_ facts: AuditFacts) throws -> [Lever] {
    try facts.rows(DeployRegressions.recipe).compactMap { row in
      guard let deploy = row.text("deploy_sha"), let since = row.known("deployed_at") else {
        return nil
      }
      let (extra, daily) = (row.number("extra_usd"), row.number("extra_per_day_usd"))
      // Where the median came back, the days end before the window does.
      let lasted = daily > 0 ? Int64(Double(extra) / Double(daily) * Double(day)) : 0
      guard extra > 0, daily > 0, since + lasted > facts.span.upperBound - 3 * day else {
        return nil
      }
      let feature = row.text("feature")
      let name = feature ?? Selection.none
      let change = row.percent("cost_change_pct").map { ", \(percentText($0)) more" } ?? ""
      return Lever(
        kind: .deploy, subject: "\(name)/\(deploy)",
        title: "Mend what deploy \(deploy) did to \(name)",
        parts: [Lever.Part(feature: feature, nanos: extra, monthNanos: daily * 30)],
        arithmetic:
          "a call cost \(money(row.number("before_usd"))) before and \(money(row.number("after_usd"))) after"
          + "\(change) (medians): \(money(extra)) since \(facts.day(of: since)), \(money(daily)) a day, times 30",
        assumption: "calls cost again what they did before, on average", confidence: .high,
        reason: "measured before and after, and it has not come back",
        evidence: [
          facts.command("deploy-regressions", "--feature", name),
          facts.command("deploy-bisect", name),
        ], sideEffects: ["what the deploy was made for may need it: look at what rose"],
        since: since)
    }
  }
}
