/// One span, log record or metric, with what its envelope says of it.
struct TelemetryRecord {
  enum Kind { case span, log, metric }

  /// What the records of one scope share.
  struct Envelope {
    var kind: Kind
    var resource = TelemetryAttributes()
    var scope: Text?
  }

  let value: JSONValue
  let kind: Kind
  let attributes: TelemetryAttributes
  let resource: TelemetryAttributes
  let scope: Text?

  init(_ value: JSONValue, in envelope: Envelope?) {
    self.value = value
    let attributes = TelemetryAttributes(value["attributes"])
    self.attributes = attributes
    kind = envelope?.kind ?? Self.kind(of: value, attributes)
    resource =
      envelope?.resource
      ?? TelemetryAttributes(value["resource"]?["attributes"] ?? value["resource"])
    scope =
      envelope?.scope
      ?? (value["scope"] ?? value["instrumentationScope"] ?? value["instrumentation_scope"])?[
        "name"]?.text
  }

  private static func kind(of value: JSONValue, _ attributes: TelemetryAttributes) -> Kind {
    attributes["event.name"] != nil || value["timeUnixNano"] != nil
      || value["observedTimeUnixNano"] != nil ? .log : .span
  }

  /// An attribute of the record itself, else of its resource; what a user's mapping names.
  func attribute(named name: String) -> JSONValue? {
    attributes.attribute(named: name) ?? resource.attribute(named: name)
  }

  /// The first of the names that the record or else its resource has.
  func text(_ names: [StaticString]) -> Text? {
    for name in names {
      if let text = attributes.text(name) ?? resource.text(name) { return text }
    }
    return nil
  }

  var isClaudeCode: Bool {
    scope?.hasPrefix("com.anthropic.claude_code") ?? false
      || resource.text("service.name")?.hasPrefix("claude-code") ?? false
      || name?.hasPrefix("claude_code.") ?? false || isFlattenedEvent
  }

  /// Exporters that flatten may drop everything around the event but its own attributes.
  private var isFlattenedEvent: Bool {
    guard value["attributes"]?.isObject == true, resource.text("service.name") == nil,
      let event = attributes.text("event.name")
    else { return false }
    return [
      "api_request", "api_error", "api_retries_exhausted", "api_refusal", "api_request_body",
      "api_response_body",
    ].contains { event == $0 }
  }

  /// What a span, an event or a metric is called.
  var name: Text? {
    for name in [
      value["name"]?.text, value["eventName"]?.text, body, attributes.text("event.name"),
    ] {
      if let name, name.hasPrefix("claude_code.") { return name }
    }
    return value["name"]?.text ?? attributes.text("event.name") ?? value["eventName"]?.text
  }

  private var body: Text? { value["body"].map(TelemetryAttributes.content)?.text }
}

// MARK: - Times and state

extension TelemetryRecord {
  /// The first of the places that holds a time; a nought is none.
  private func time(_ places: [StaticString]) -> Text? {
    for place in places {
      if let text = value[place]?.text, !(text == "0") { return text }
    }
    return nil
  }

  var start: Text? {
    time(["startTimeUnixNano", "start_time_unix_nano", "startTime", "start_time"])
  }

  var end: Text? { time(["endTimeUnixNano", "end_time_unix_nano", "endTime", "end_time"]) }

  var logged: Text? {
    attributes.text("event.timestamp")
      ?? time(["timeUnixNano", "time_unix_nano", "observedTimeUnixNano", "timestamp", "time"])
  }

  /// From start to end, in milliseconds.
  var duration: Int64? {
    guard let start, let end else { return nil }
    let duration: Int64
    if let first = wholeUnits(start, scale: 0), let last = wholeUnits(end, scale: 0),
      first > 100_000_000_000_000_000
    {
      duration = (last - first) / 1_000_000
    } else if let first = Instant(start), let last = Instant(end) {
      duration = last.milliseconds - first.milliseconds
    } else {
      return nil
    }
    return (0...86_400_000).contains(duration) ? duration : nil
  }

  var hasFailed: Bool {
    guard let code = (value["status"]?["code"] ?? value["status"]?["status_code"])?.text else {
      return attributes.text("error.type") != nil
    }
    return code == "2" || code == "ERROR" || code == "STATUS_CODE_ERROR"
      || attributes.text("error.type") != nil
  }

  /// `trace:span`, in lower case: some exporters write upper case, or `0x` in front.
  var place: String? {
    let context = value["context"]
    guard
      let trace = (value["traceId"] ?? value["trace_id"] ?? context?["trace_id"])?.text?.named(),
      let span = (value["spanId"] ?? value["span_id"] ?? context?["span_id"])?.text?.named(),
      !trace.isEmpty, !span.isEmpty
    else { return nil }
    func plain(_ id: Text) -> String {
      (id.hasPrefix("0x") ? id.dropFirst(2) : id).string.lowercased()
    }
    return plain(trace) + ":" + plain(span)
  }
}
