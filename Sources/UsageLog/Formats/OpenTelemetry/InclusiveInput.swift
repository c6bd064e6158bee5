/// Whether the input counts of OpenTelemetry spans include cached tokens.
package enum OTelInput: String, Sendable, CaseIterable { case includes, excludes }

/// Takes cached tokens out of input counts that include them, and says which rule it went by.
///
/// The conventions have said since 2026 that input includes them; older instrumentations of Anthropic's API
/// pass its count on, which excludes them, under the same name.
enum InclusiveInput {
  /// - Returns: the rule, for the user to know; nil where nothing was cached, so that none mattered.
  static func apply(
    to usage: inout Call.Usage, of record: TelemetryRecord, asked: OTelInput?
  ) -> String? {
    let cached = (usage.cacheRead ?? 0) + (usage.cacheCreate ?? 0)
    guard cached > 0, let input = usage.input else { return nil }
    if cached > input {
      return "input_tokens is less than the cached tokens, so it excludes them"
    }
    switch asked {
    case .excludes: return "input_tokens excludes cached tokens, as --otel-input says"
    case .includes:
      usage.input = input - cached
      return "input_tokens includes cached tokens, as --otel-input says"
    case nil: break
    }
    if isOlder(record) {
      return "input_tokens taken to exclude cached tokens, by its older names "
        + "(--otel-input=includes if not)"
    }
    usage.input = input - cached
    return "input_tokens taken to include cached tokens (--otel-input=excludes if not)"
  }

  /// An instrumentation of Anthropic's API from before the conventions' change.
  private static func isOlder(_ record: TelemetryRecord) -> Bool {
    let own = record.attributes
    guard own["gen_ai.provider.name"] == nil, own.text(InferenceNames.currentCache) == nil,
      own.text(InferenceNames.details) == nil, let provider = own.text(InferenceNames.provider)
    else { return false }
    // OpenLLMetry has added the cached tokens to Anthropic's count from the start.
    if record.scope?.hasPrefix("opentelemetry.instrumentation.anthropic") ?? false { return false }
    return provider.string.lowercased().hasPrefix("anthropic")
  }
}
