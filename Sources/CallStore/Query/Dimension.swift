/// What calls can be filtered and grouped by; the raw value is the option's name.
package enum Dimension: String, CaseIterable, Sendable {
  case tenant, feature, model
  case deploySHA = "deploy-sha"
  case channel, workspace
  case promptHash = "prompt-hash"
  case session, user, status
  case agent
  case apiKey = "api-key"
  case region
  case inferenceGeo = "inference-geo"
  case serviceTier = "service-tier"
  case speed
  case stopReason = "stop-reason"
  case outcome, kind
  case operation
  case prefixHash = "prefix-hash"
  case toolHash = "tool-hash"
  case attempt
  case maxTokens = "max-tokens"
  /// The log file, what it was labelled with at import, and its format.
  case source
  case sourceLabel = "source-label"
  case sourceFormat = "source-format"

  /// Its column in `llm_call`, `selected_call` and `selected_usage`.
  package var column: String {
    switch self {
    case .tenant: "tenant_id"
    case .promptHash: "prompt_hash"
    case .session: "session_id"
    case .user: "user_id"
    case .status: "status_code"
    case .operation: "operation_id"
    case .source: "source_file"
    default: rawValue.replacing("-", with: "_")
    }
  }

  package init?(column: String) {
    guard let dimension = Self.allCases.first(where: { $0.column == column }) else { return nil }
    self = dimension
  }

  /// Also understands the column's name, and a few short ones.
  package init?(argument: String) {
    if let dimension = Dimension(rawValue: argument) ?? Dimension(column: argument) {
      self = dimension
    } else if let dimension = Self.shortNames[argument] {
      self = dimension
    } else {
      return nil
    }
  }

  private static let shortNames: [String: Dimension] = [
    "deploy": .deploySHA, "prompt": .promptHash, "geo": .inferenceGeo, "tier": .serviceTier,
    "tool": .toolHash,
  ]

  /// The sums kept for it, if any.
  var sum: SumDimension? {
    switch self {
    case .tenant: .tenant
    case .feature: .feature
    case .model: .model
    case .deploySHA: .deploy
    case .channel: .channel
    case .workspace: .workspace
    default: nil
    }
  }

  /// A number in `llm_call`, not a text.
  var isNumber: Bool { self == .status || self == .attempt || self == .maxTokens }

  /// Coded by the hash of its text, not by a number in `name`.
  var isLongName: Bool {
    switch self {
    case .promptHash, .session, .user, .operation, .prefixHash, .toolHash: true
    default: false
    }
  }

  /// Its column in `log_file`, where it tells of the log and not of the call.
  var logColumn: String? {
    switch self {
    case .source: "path"
    case .sourceLabel: "label"
    case .sourceFormat: "format"
    default: nil
    }
  }

  /// Where its codes are kept packed.
  var scanColumn: ScanColumn {
    switch self {
    case .tenant: .tenant
    case .feature: .feature
    case .model: .model
    case .deploySHA: .deploy
    case .channel: .channel
    case .workspace: .workspace
    case .promptHash: .prompt
    case .session: .session
    case .user: .user
    case .status: .statusCode
    case .agent: .agent
    case .apiKey: .apiKey
    case .region: .region
    case .inferenceGeo: .inferenceGeo
    case .serviceTier: .serviceTier
    case .speed: .speed
    case .stopReason: .stopReason
    case .outcome: .outcome
    case .kind: .kind
    case .operation: .operation
    case .prefixHash: .prefixHash
    case .toolHash: .toolHash
    case .attempt: .attempt
    case .maxTokens: .maxTokens
    case .source, .sourceLabel, .sourceFormat: .source
    }
  }
}
