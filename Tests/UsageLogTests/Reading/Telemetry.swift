/// A typed value as OTLP writes it.
struct OTLPValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  let json: String

  init(stringLiteral value: String) { json = #"{"stringValue":"\#(value)"}"# }
  init(integerLiteral value: Int) { json = #"{"intValue":"\#(value)"}"# }
  init(floatLiteral value: Double) { json = #"{"doubleValue":\#(value)}"# }
  init(booleanLiteral value: Bool) { json = #"{"boolValue":\#(value)}"# }
  init(arrayLiteral elements: OTLPValue...) {
    json = #"{"arrayValue":{"values":[\#(elements.map(\.json).joined(separator: ","))]}}"#
  }
}

typealias OTLPAttributes = KeyValuePairs<String, OTLPValue>

func json(_ attributes: OTLPAttributes) -> String {
  "[" + attributes.map { #"{"key":"\#($0)","value":\#($1.json)}"# }.joined(separator: ",") + "]"
}

/// A span of 2026-11-09T08:00:00.417Z, 4,180 ms long.
func span(
  _ attributes: OTLPAttributes, name: String = "chat", id: String = "91ab40cd27ef5513",
  rest: String = #""status":{}"#
) -> String {
  #"{"traceId":"6F2D0C9E41B8A7354CD1E09B7A52F310","spanId":"\#(id)","name":"\#(name)","kind":3,"#
    + #""startTimeUnixNano":"1794211200417000000","endTimeUnixNano":"1794211204597000000","#
    + #""attributes":\#(json(attributes)),\#(rest)}"#
}

/// A line of the collector's with these spans.
func export(
  spans: [String], resource: OTLPAttributes = ["service.name": "lumen-answer"],
  scope: String = "demo.instrumentation"
) -> String {
  #"{"resourceSpans":[{"resource":{"attributes":\#(json(resource))},"scopeSpans":[{"scope":{"name":"\#(scope)"},"#
    + #""spans":[\#(spans.joined(separator: ","))]}]}]}"# + "\n"
}

/// A log record of 2026-11-09T08:00:08.357Z.
func event(_ name: String, _ attributes: OTLPAttributes) -> String {
  let own: OTLPAttributes = ["event.name": .init(stringLiteral: name)]
  let all = json(own).dropLast() + (attributes.isEmpty ? "" : ",") + json(attributes).dropFirst()
  return #"{"timeUnixNano":"1794211208357000000","body":{"stringValue":"claude_code.\#(name)"},"#
    + #""attributes":\#(all)}"#
}

/// A line of the collector's with these events of Claude Code.
func export(
  events: [String],
  resource: OTLPAttributes = ["service.name": "claude-code", "team.id": "payments"]
) -> String {
  #"{"resourceLogs":[{"resource":{"attributes":\#(json(resource))},"scopeLogs":["#
    + #"{"scope":{"name":"com.anthropic.claude_code.events"},"logRecords":[\#(events.joined(separator: ","))]}]}]}"#
    + "\n"
}

/// A line of the collector's with this metric of one point for each kind of token.
func export(
  metric name: String, temporality: Int, points: [String],
  resource: OTLPAttributes = ["service.name": "claude-code"]
) -> String {
  #"{"resourceMetrics":[{"resource":{"attributes":\#(json(resource))},"scopeMetrics":[{"scope":{"#
    + #""name":"com.anthropic.claude_code"},"metrics":[{"name":"\#(name)","sum":{"#
    + #""aggregationTemporality":\#(temporality),"dataPoints":[\#(points.joined(separator: ","))]}}]}]}]}"#
    + "\n"
}

/// A point from 2026-11-09T08:00:00Z on, `minutes` long.
func point(_ value: String, minutes: Int = 1, _ attributes: OTLPAttributes) -> String {
  let end = 1_794_211_200 + minutes * 60
  return #"{"startTimeUnixNano":"1794211200000000000","timeUnixNano":"\#(end)000000000",\#(value),"#
    + #""attributes":\#(json(attributes))}"#
}
