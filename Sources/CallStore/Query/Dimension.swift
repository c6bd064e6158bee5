/// What calls can be filtered and grouped by; the raw value is the option's name.
package enum Dimension: String, CaseIterable, Sendable {
  case tenant, feature, model
  case deploySHA = "deploy-sha"
  case channel, workspace
  case promptHash = "prompt-hash"
  case session, user, status

  /// Its column in `llm_call`, `selected_call` and `selected_usage`.
  package var column: String {
    switch self {
    case .tenant: "tenant_id"
    case .feature: "feature"
    case .model: "model"
    case .deploySHA: "deploy_sha"
    case .channel: "channel"
    case .workspace: "workspace"
    case .promptHash: "prompt_hash"
    case .session: "session_id"
    case .user: "user_id"
    case .status: "status_code"
    }
  }

  package init?(column: String) {
    guard let dimension = Self.allCases.first(where: { $0.column == column }) else { return nil }
    self = dimension
  }

  /// Also understands the column's name, and `deploy`.
  package init?(argument: String) {
    if let dimension = Dimension(rawValue: argument) ?? Dimension(column: argument) {
      self = dimension
    } else if argument == "deploy" {
      self = .deploySHA
    } else if argument == "prompt" {
      self = .promptHash
    } else {
      return nil
    }
  }

  /// The sums kept for it, if any.
  var sum: SumDimension? {
    switch self {
    case .tenant: .tenant
    case .feature: .feature
    case .model: .model
    case .deploySHA: .deploy
    case .channel: .channel
    case .workspace: .workspace
    case .promptHash, .session, .user, .status: nil
    }
  }
}
