/// Unpacks an OTLP export: `resourceSpans`, `resourceLogs` and `resourceMetrics`, each with records by scope.
struct TelemetryPack {
  private var envelopes: [TelemetryRecord.Envelope] = []
  /// Which envelope a record came in, by its place in the value.
  private var places: [Int: Int] = [:]

  static func isPack(_ value: JSONValue) -> Bool {
    guard value.isObject else { return false }
    return value.children.contains { member in
      member.isArray
        && (member.key == "resourceSpans" || member.key == "resourceLogs"
          || member.key == "resourceMetrics")
    }
  }

  /// Whether anything in it comes from Claude Code.
  static func isClaudeCode(_ value: JSONValue) -> Bool {
    var pack = TelemetryPack()
    _ = pack.records(in: value)
    return pack.envelopes.contains { envelope in
      envelope.scope?.hasPrefix("com.anthropic.claude_code") ?? false
        || envelope.resource.text("service.name")?.hasPrefix("claude-code") ?? false
    }
  }

  /// The records in order; nil where the value is no export.
  mutating func records(in value: JSONValue) -> [JSONValue]? {
    envelopes.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    guard Self.isPack(value) else { return nil }
    var records: [JSONValue] = []
    for (key, kind, scopes, items) in Self.kinds {
      for resource in value[key].map({ Array($0.children) }) ?? [] {
        let attributes = TelemetryAttributes(resource["resource"]?["attributes"])
        for scope in scopes.compactMap({ resource[$0] }).flatMap({ Array($0.children) }) {
          let name = (scope["scope"] ?? scope["instrumentationLibrary"])?["name"]?.text
          envelopes.append(.init(kind: kind, resource: attributes, scope: name))
          for record in scope[items].map({ Array($0.children) }) ?? [] {
            places[record.index] = envelopes.count - 1
            records.append(record)
          }
        }
      }
    }
    return records
  }

  /// Old exporters say `instrumentationLibrary…` for a scope.
  private static let kinds: [(StaticString, TelemetryRecord.Kind, [StaticString], StaticString)] = [
    ("resourceSpans", .span, ["scopeSpans", "instrumentationLibrarySpans"], "spans"),
    ("resourceLogs", .log, ["scopeLogs", "instrumentationLibraryLogs"], "logRecords"),
    ("resourceMetrics", .metric, ["scopeMetrics", "instrumentationLibraryMetrics"], "metrics"),
  ]

  func record(_ value: JSONValue) -> TelemetryRecord {
    TelemetryRecord(value, in: places[value.index].map { envelopes[$0] })
  }
}
