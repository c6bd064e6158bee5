import Tables

@testable import CallStore

extension FaultProbe {
  /// Every recipe that looks for faults, with the thresholds it has by itself unless said otherwise.
  static let all: [FaultProbe] = loops + prompts + caches + deploys + failures + spending + hygiene

  /// 120 equal prompts within four minutes, in a batch.
  private static let mondayDigest = "6531d7953e18"

  private static let loops = [
    FaultProbe(
      recipe: "retry-storms", findings: { $0.list("prompt_hash") },
      planted: ["retry-storm": ["9a105749cfcb"]]),
    FaultProbe(
      recipe: "retry-storms", arguments: ["fingerprint": "tool-hash"],
      findings: { $0.list("tool_hash") }, planted: ["tool-storm": ["749d4823b2e6"]]),
    FaultProbe(
      recipe: "tool-recursion", arguments: ["by": "session"],
      findings: { $0.list("session_id") { $0.number("trap") == 1 } },
      planted: [
        "tool-recursion": ["s-038dd92d", "s-07118691", "s-dd39090b", "s-e2d8713c"]
      ]),
    // What is sent uncached turn after turn is paid for again, too.
    FaultProbe(
      recipe: "tool-recursion", arguments: ["limit": "50"],
      findings: { $0.list("feature") { $0.number("trap") == 1 } },
      planted: [
        "tool-recursion": ["agent-desk"], "broken-cache": ["summarise"],
        "unread-writes": ["translate"],
      ]),
    FaultProbe(
      recipe: "top-prompts", findings: { $0.list("prompt_hash") { $0.number("retry_storm") == 1 } },
      planted: ["retry-storm": ["9a105749cfcb"]], honest: [mondayDigest]),
    FaultProbe(
      recipe: "repeat-prompts",
      findings: { $0.list("prompt_hash") { !["-", ""].contains($0.text("remedy")) } },
      planted: ["retry-storm": ["9a105749cfcb"]], honest: [mondayDigest]),
    FaultProbe(
      recipe: "sessions-over", findings: { $0.list("session_id") },
      planted: ["runaway-session": ["s-migration"]]),
  ]

  private static let prompts = [
    FaultProbe(
      recipe: "input-creep", findings: { $0.list("feature") },
      planted: ["input-creep": ["draft-reply"]]),
    FaultProbe(
      recipe: "max-tokens", arguments: ["limit": "50"],
      findings: { rows in
        rows.lines.filter { ["lower", "raise"].contains($0.text("advice")) }
          .map { $0.text("feature") + " " + $0.text("advice") }
      },
      planted: ["headroom": ["tagging lower"], "truncation": ["release-notes raise"]]),
    FaultProbe(
      recipe: "cost-per-task", arguments: ["calls-pct": "2", "dear": "20"],
      findings: { $0.list("feature") { $0.number("dear_model") == 1 } },
      planted: ["dear-model": ["sentiment"]]),
  ]

  private static let caches = [
    FaultProbe(
      recipe: "cache-hit-ratio", days: 39...45,
      findings: { $0.list("feature") { $0.real("cache_hit_pct") < 20 } },
      planted: ["broken-cache": ["summarise"], "unread-writes": ["translate"]]),
    FaultProbe(
      recipe: "cache-ttl",
      findings: { rows in
        rows.lines.flatMap { line -> [String] in
          let feature = line.text("feature")
          // A saving worth a dollar, a cache that nobody reads, one that broke.
          return
            (line.number("saving_usd") > 1_000_000_000 ? [feature + " " + line.text("best")] : [])
            + (line.number("never_read") == 1 ? [feature + " unread"] : [])
            + (line["broke_at"] == .null ? [] : [feature + " " + line.text("broke_deploy")])
        }
      },
      planted: [
        "short-ttl": ["knowledge-sync 1h"],
        "unread-writes": ["translate none", "translate unread"],
        "broken-cache": ["summarise 5m", "summarise 0d9b72c6"],
      ]),
    FaultProbe(
      recipe: "spend-anomalies", arguments: ["by": "tenant"], days: 29...45,
      findings: { rows in rows.lines.map { "\($0.number("started_at"))" } },
      planted: ["night-spike": ["1785985200000", "1785988800000"]]),
  ]

  private static let deploys = [
    FaultProbe(
      recipe: "deploy-regressions",
      findings: { rows in
        rows.lines.map { $0.text("feature") + " " + $0.text("deploy_sha") }
      },
      planted: [
        "bad-deploy": ["answer-email 2fa96d17"], "broken-cache": ["summarise 0d9b72c6"],
        "input-creep": ["draft-reply 74c0be83"],
      ]),
    FaultProbe(
      recipe: "deploy-bisect", arguments: ["feature": "answer-email", "metric": "output"],
      findings: { $0.list("deploy_sha") { $0.number("moved") == 1 } },
      planted: ["bad-deploy": ["2fa96d17"]]),
    FaultProbe(
      recipe: "deploy-bisect", arguments: ["feature": "summarise", "metric": "cache"],
      findings: { $0.list("deploy_sha") { $0.number("moved") == 1 } },
      planted: ["broken-cache": ["0d9b72c6"]]),
  ]

  private static let failures = [
    FaultProbe(
      recipe: "rate-limits", arguments: ["by": "feature"],
      findings: { rows in
        rows.list("feature") { $0.real("limited_pct") > 0.1 || $0.real("server_error_pct") > 0.1 }
      },
      planted: ["rate-limited": ["search-answers"]]),
    FaultProbe(
      recipe: "billed-errors",
      findings: { rows in
        rows.lines.map { $0.text("feature") + " " + "\($0.number("status_code"))" }
      },
      planted: ["billed-errors": ["support-chat 499"]]),
    FaultProbe(
      recipe: "hidden-costs",
      findings: { rows in rows.list("hidden") { $0.text("hidden") != "failed" } },
      planted: ["hidden-costs": ["compaction", "refused"], "truncation": ["cut off"]]),
    FaultProbe(
      recipe: "cost-per-outcome",
      findings: { rows in
        rows.list("feature") { $0.number("n_failures") > $0.number("n_successes") }
      },
      planted: ["low-success": ["refunds"]]),
  ]

  private static let spending = [
    FaultProbe(
      recipe: "tenant-trend", days: 39...45,
      findings: { $0.list("tenant_id") { $0.real("pct_change") > 50 } },
      planted: ["tenant-growth": ["brisk-parcel"]])
  ]

  private static let hygiene = [
    FaultProbe(
      recipe: "residency", arguments: ["rules": "alder-bank=us"],
      findings: { rows in
        rows.lines.filter { $0.number("violation") == 1 }
          .map { $0.text("tenant_id") + " " + $0.text("geography") }
      },
      planted: ["residency": ["alder-bank global"]]),
    FaultProbe(
      recipe: "data-quality",
      findings: { rows in
        rows.lines.flatMap { line in
          let day = "\((line.number("day_at") - 1_782_864_000_000) / 86_400_000 + 1)"
          return [
            line.number("n_unpriced") > 0 ? "\(day) unpriced" : nil,
            line.number("no_tenant") > 0 ? "\(day) tenant" : nil,
            line.number("no_feature") > 0 ? "\(day) feature" : nil,
            line.number("n_gap_hours") > 0 ? "\(day) gap" : nil,
            line.text("silent").isEmpty ? nil : "\(day) \(line.text("silent"))",
          ].compactMap(\.self)
        }
      },
      planted: [
        "missing-labels": ["8 tenant", "8 feature"], "unpriced": ["17 unpriced"],
        "silent-source": ["43 voice-notes", "44 voice-notes", "45 voice-notes"],
      ]),
  ]
}
