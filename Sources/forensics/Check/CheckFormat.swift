import Alerts
import ArgumentParser

/// What a report is shown as, on standard output or in a file.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, prometheus, pagerduty, slack, webhook

  /// By the suffix of a file; nil if it says nothing.
  init?(fileSuffix: Substring) {
    switch fileSuffix {
    case "prom": self = .prometheus
    case "json": self = .json
    case "txt": self = .text
    default: return nil
    }
  }

  /// Complete, with its line break; bodies for other systems are what would be sent, without the secret.
  func render(_ report: CheckReport, isVerbose: Bool) -> String {
    let everything = Dispatch(all: report)
    return switch self {
    case .text: PluginOutput(report, isVerbose: isVerbose).text
    case .json: CheckJSON.document(report)
    case .prometheus: Exposition(report).text
    case .pagerduty: PagerDutyEvents.bodies(everything).map { $0 + "\n" }.joined()
    case .slack: SlackMessage.body(everything) + "\n"
    case .webhook: WebhookBody.body(everything) + "\n"
    }
  }
}
