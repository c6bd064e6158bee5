import Alerts

/// What a check of Lumen Desk may have found on 15 November 2026.
enum Story {
  static let now: Int64 = 1_794_700_800_000

  static func finding(
    _ state: AlertState, _ scope: FindingScope...,
    sentence: String = "Alder Bank spent $9.00 of $10.00 today"
  ) -> Finding {
    Finding(
      "budget", scope.isEmpty ? ["tenant", "alder-bank", "daily"] : scope, state, sentence,
      value: .usd(9_000_000_000), warning: .usd(8_000_000_000), critical: .usd(10_000_000_000),
      next: "forensics calls --tenant alder-bank --since 24h")
  }

  static func report(
    _ findings: Finding..., decided: Set<String> = ["budget"], after milliseconds: Int64 = 0
  ) -> CheckReport {
    CheckReport(
      name: "lumen-desk", asOf: now + milliseconds, findings: findings, decided: decided)
  }
}
