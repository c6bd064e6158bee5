import CallStore

/// `rate_limits:` and `rate_limit:` of the configuration file.
enum RateLimitConfiguration {
  private static let measures: [(key: String, measure: RateLimit.Measure)] = [
    ("requests_per_minute", .requests), ("input_tokens_per_minute", .input),
    ("output_tokens_per_minute", .output),
  ]

  /// Limits by name, or the one limit on all calls.
  ///
  /// - Throws: `SettingsError` naming the line that cannot be understood.
  static func read(_ section: ConfigurationNode) throws -> [RateLimit] {
    if section.name == "rate_limit" { return [try limit("all", section)] }
    return try section.members().map { try limit($0.key, $0.value) }
  }

  private static func limit(_ name: String, _ setting: ConfigurationNode) throws -> RateLimit {
    if name.contains(where: { "=;/~".contains($0) }) {
      throw setting.error("'\(name)' is neither a model nor a class of models, such as sonnet")
    }
    var perMinute: [RateLimit.Measure: Int64] = [:]
    for member in try setting.members() {
      guard let measure = measures.first(where: { $0.key == member.key })?.measure else {
        throw member.value.unknown(known: measures.map(\.key))
      }
      let text = try member.value.text().filter { $0 != "_" }
      guard let number = Int64(text), number > 0 else {
        throw member.value.mustBe("a whole number of 1 or more")
      }
      perMinute[measure] = number
    }
    return RateLimit(name, perMinute)
  }
}

extension RateLimit {
  /// For `config`.
  var described: String {
    let parts: [(Measure, String)] = [
      (.requests, "requests"), (.input, "input tokens"), (.output, "output tokens"),
    ]
    return parts.compactMap { measure, name in perMinute[measure].map { "\($0) \(name)" } }
      .joined(separator: ", ") + " a minute"
  }
}
