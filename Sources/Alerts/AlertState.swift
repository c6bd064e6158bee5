/// How bad it is; the raw values are the exit statuses of the monitoring-plugin interface.
package enum AlertState: Int, Codable, Sendable, CaseIterable {
  case ok = 0, warning, critical, unknown

  package var name: String {
    switch self {
    case .ok: "OK"
    case .warning: "WARNING"
    case .critical: "CRITICAL"
    case .unknown: "UNKNOWN"
    }
  }

  /// Not knowing is worse than being fine, and no reason to hide a warning.
  package var severity: Int {
    switch self {
    case .ok: 0
    case .unknown: 1
    case .warning: 2
    case .critical: 3
    }
  }

  package static func worst(_ states: some Sequence<AlertState>) -> AlertState {
    states.max { $0.severity < $1.severity } ?? .ok
  }
}
