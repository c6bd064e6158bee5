/// HTTP statuses of Bedrock's errors.
///
/// Source: the API reference's errors of the runtime's operations.
enum BedrockErrors {
  /// - Parameter code: `ThrottlingException`, also behind a namespace or in another case, or a status itself.
  static func status(_ code: Text) -> Int64? {
    if let number = plainInteger(code) { return (100...599).contains(number) ? number : nil }
    let name = code.string.split { "#.:/".contains($0) }.last?.lowercased() ?? ""
    switch name.hasSuffix("exception") ? String(name.dropLast("exception".count)) : name {
    case "validation", "servicequotaexceeded": return 400
    case "accessdenied": return 403
    case "resourcenotfound": return 404
    case "modeltimeout": return 408
    case "conflict": return 409
    case "modelerror", "modelstreamerror": return 424
    case "throttling", "modelnotready": return 429
    case "internalserver": return 500
    case "serviceunavailable": return 503
    default: return nil
    }
  }
}
