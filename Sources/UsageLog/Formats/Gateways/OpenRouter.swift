/// OpenRouter's rows of calls, from the activity export or the `/generation` API, and its sums by day.
///
/// Described in docs/formats/openrouter.md.
package struct OpenRouter: JSONLogFormat {
  package static let name = "openrouter"
  package static let summary = "OpenRouter generations and activity"

  private let fields: CallFields

  package init(options: ReadingOptions) { fields = CallFields(options: options) }

  package static func recognises(_ record: JSONValue) -> Bool {
    isRow(record) || RowPage.holds(record, isRow)
      || record["data"].map { $0.isObject && isGeneration($0) } == true
  }

  private static func isRow(_ record: JSONValue) -> Bool {
    isGeneration(record) || OpenRouterActivity.isRow(record)
  }

  private static func isGeneration(_ record: JSONValue) -> Bool {
    if record["native_tokens_prompt"] != nil { return true }
    guard record["tokens_prompt"] != nil || record["cost_total"] != nil else { return false }
    return record["generation_id"] != nil || record["id"]?.text.map { $0.hasPrefix("gen-") } == true
  }

  package mutating func records(in value: JSONValue) -> [JSONValue]? {
    RowPage.rows(of: value, Self.isRow)
  }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    let row = record.object("data") ?? record
    do throws(RejectionReason) {
      if Self.isGeneration(row) {
        output.calls.append(try call(row, &output.notes))
        output.outcome = .call
      } else if OpenRouterActivity.isRow(row) {
        output.buckets.append(try OpenRouterActivity.bucket(row, &output.notes))
        output.outcome = .buckets
      } else {
        output.outcome = .skipped("no generation of OpenRouter's")
      }
    } catch {
      output.clear()
      output.outcome = .rejected(error)
    }
  }

  private func call(_ row: JSONValue, _ notes: inout [String]) throws(RejectionReason) -> Call {
    fields.begin()
    fields.set(.occurredAt, row["created_at"])
    fields.set(.requestID, row.first("generation_id", "id"))
    fields.set(.tenantID, row.first("user", "external_user", "api_key_name"))
    fields.set(.userID, row.first("user", "external_user"))
    fields.set(.apiKey, row["api_key_name"])
    fields.set(.feature, row["app_name"])
    fields.set(.sessionID, row["session_id"])
    fields.set(.model, row.first("model_permaslug", "model"))
    fields.set(
      .stopReason,
      row.first(
        "finish_reason_raw", "native_finish_reason", "finish_reason_normalized", "finish_reason"))
    fields.set(.costDollars, row.first("cost_total", "total_cost", "usage"))
    fields.set(.latencyMs, row["generation_time_ms"])
    fields.set(.ttftMs, row["time_to_first_token_ms"])
    setCounts(row)
    var call = try fields.call()
    call.channel = call.channel ?? Text.literal("openrouter")
    call.requestIDIsIssued = call.requestID != nil
    if call.latencyMs == nil { setLatency(row, &call) }
    if row["cancelled"]?.isTrue == true { call.outcome = .canceled }
    if call.outcome == nil, call.stopReason.map({ $0 == "error" }) == true {
      call.outcome = .errored
    }
    call.settleOutcome()
    if call.outcome == nil { call.outcome = .succeeded }
    if row["is_byok"]?.isTrue == true || Self.isMoney(row["byok_usage_inference"]) {
      notes.append("OpenRouter calls on the user's own key: their cost lacks the provider's bill")
    }
    return call
  }

  /// The provider's own counts are what is billed; the others are normalised to one tokeniser.
  private func setCounts(_ row: JSONValue) {
    let isNative = row.first("native_tokens_prompt", "native_tokens_completion") != nil
    fields.set(
      .promptTokens,
      isNative ? row.first("native_tokens_prompt", "tokens_prompt") : row["tokens_prompt"])
    fields.set(
      .cachedTokens,
      isNative ? row.first("native_tokens_cached", "tokens_cached") : row["tokens_cached"])
    fields.set(
      .outputTokens,
      isNative
        ? row.first("native_tokens_completion", "tokens_completion") : row["tokens_completion"])
  }

  /// `latency` is the whole call in some answers, and the wait for the first token in others; the longer of the
  /// two is the whole.
  private func setLatency(_ row: JSONValue, _ call: inout Call) {
    let times = [row["generation_time"], row["latency"]].compactMap { value in
      value?.text.flatMap { wholeUnits($0, scale: 0) }
    }
    call.latencyMs = times.filter { (0...86_400_000).contains($0) }.max()
  }

  static func isMoney(_ value: JSONValue?) -> Bool {
    value?.text.flatMap { wholeUnits($0, scale: 9) }.map { $0 > 0 } ?? false
  }
}

/// OpenRouter's activity summed by day and model.
enum OpenRouterActivity {
  static func isRow(_ record: JSONValue) -> Bool {
    record["requests"] != nil && record["prompt_tokens"] != nil && record["usage"] != nil
      && record["date"] != nil && (record["slug"] != nil || record["model"] != nil)
  }

  /// Prompt tokens count the cached ones, and no column tells how many those are.
  static func bucket(
    _ row: JSONValue, _ notes: inout [String]
  ) throws(RejectionReason) -> UsageBucket {
    var bucket = try UsageBucket(report: .openRouterActivity, day: row["date"])
    for (column, dimension) in [
      ("slug", .model), ("model", .model), ("provider_name", named("provider_name")),
      ("endpoint_id", named("endpoint_id")),
    ] as [(StaticString, UsageBucket.Dimension)] {
      guard let value = row[column], !bucket.groupedBy.contains(dimension) else { continue }
      bucket.groupedBy.append(dimension)
      bucket.dimensions[dimension] = value.text?.named(upTo: Text.longestID)?.string
    }
    bucket.usage.input = try bucketCount(row["prompt_tokens"], .promptTokens)
    bucket.usage.output = try bucketCount(row["completion_tokens"], .outputTokens)
    bucket.requests = try bucketCount(row["requests"], .attempt)
    if let usage = row.first("usage")?.text { try bucket.setAmount(dollars: usage) }
    notes.append("OpenRouter sums whose prompt tokens count cached ones")
    if OpenRouter.isMoney(row.first("byok_usage", "byok_usage_inference")) {
      notes.append("OpenRouter calls on the user's own key: their cost lacks the provider's bill")
    }
    return bucket
  }

  private static func named(_ name: String) -> UsageBucket.Dimension {
    UsageBucket.Dimension(rawValue: name)
  }
}

extension Text {
  /// A word of the program's own.
  static func literal(_ word: StaticString) -> Text {
    Text(start: word.utf8Start, count: word.utf8CodeUnitCount)
  }
}
