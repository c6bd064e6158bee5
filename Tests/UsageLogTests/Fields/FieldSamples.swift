import Testing

@testable import UsageLog

extension Field {
  /// A value that a log may hold for the field, and where and how a call tells it.
  var sample: (written: String, lands: Field, told: String) {
    switch self {
    case .occurredAt: ("\"2026-11-09T08:00:00Z\"", self, "1794211200000")
    case .inputTokens, .cacheReadTokens, .outputTokens, .cacheCreateTokens, .webSearchRequests,
      .cacheCreate1hTokens:
      ("417", self, "417")
    case .promptTokens: ("417", .inputTokens, "417")
    case .cachedTokens: ("417", .cacheReadTokens, "417")
    case .cacheCreate5mTokens: ("417", .cacheCreateTokens, "417")
    case .costNanos: ("1250", self, "1250")
    case .costMicros: ("1250", .costNanos, "1250000")
    case .costCents: ("0.125", .costNanos, "1250000")
    case .costDollars: ("0.00125", .costNanos, "1250000")
    case .statusCode: ("529", self, "529")
    case .latencyMs, .ttftMs: ("4180", self, "4180")
    case .latency: ("4.18", .latencyMs, "4180")
    case .retryCount: ("3", .attempt, "4")
    case .attempt, .maxTokens: ("3", self, "3")
    case .outcome: ("\"expired\"", self, "expired")
    case .promptHash: ("\"85bce1e35ceab3e9\"", self, "#85bce1e35ceab3e9")
    default: ("\"brisk-parcel\"", self, "brisk-parcel")
    }
  }
}

/// One spelling of a field.
struct Spelling: CustomTestStringConvertible, Sendable {
  var field: Field
  var name: String

  var testDescription: String { "\(name) is \(field.rawValue)" }

  /// Every alias.
  static let all = FieldNames.aliases.flatMap { field, names in
    names.split(separator: " ").map { Spelling(field: field, name: String($0)) }
  }

  /// The name as other languages write it: `cacheReadTokens`, `cache-read-tokens`, `Cache Read Tokens`.
  var variants: [String] {
    let words = name.split(separator: "_").map(String.init)
    let capitalised = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return [
      name, (words.prefix(1) + capitalised.dropFirst()).joined(), words.joined(separator: "-"),
      capitalised.joined(separator: " "), words.joined(separator: "."), name.uppercased(),
      "_" + name,
    ]
  }

  /// What a row needs beside this field to be a call.
  var companions: [(name: String, value: String)] {
    let needed: [(Field, String, String)] = [
      (.occurredAt, "occurred_at", "\"2026-11-09T08:00:00Z\""),
      (.model, "model", "\"claude-opus-5-5\""),
      (.outputTokens, "output_tokens", "87"),
    ]
    return needed.filter { $0.0 != field }.map { ($0.1, $0.2) }
  }
}
