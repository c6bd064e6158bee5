/// The usage map of a Langfuse observation.
///
/// Langfuse keeps the parts of a count apart: `input` is without the cached tokens, `output` without the reasoning
/// ones. What a client sent itself may count them in; a `total` that only adds up that way tells.
struct LangfuseUsage {
  private var input: JSONValue?
  private var output: JSONValue?
  private var prompt: JSONValue?
  private var reads: JSONValue?
  private var writes: JSONValue?
  private var shortWrites: JSONValue?
  private var longWrites: JSONValue?
  private var total: JSONValue?
  /// Parts of the input and the output that have no field of their own.
  private var otherInput: [JSONValue] = []
  private var otherOutput: [JSONValue] = []
  private var unknown: [String] = []
  /// The cached tokens are told as details of the input, in OpenInference's names.
  private var tellsDetails = false

  /// Whether there is a usage count.
  var isTold: Bool {
    [input, output, prompt, reads, writes, shortWrites, longWrites, otherOutput.first]
      .contains { $0 != nil }
  }

  init(_ record: JSONValue, _ embedded: EmbeddedJSON) {
    for map in [
      record.first("usageDetails", "usage_details"),
      record.first("providedUsageDetails", "provided_usage_details"), record.first("usage"),
    ] where !isTold {
      guard let map = embedded.value(map) else { continue }
      for member in map.children { take(member) }
    }
    guard !isTold else { return }
    // Sums of all parts, cached tokens too.
    prompt = record.first("inputUsage", "input_usage", "promptTokens")
    output = record.first("outputUsage", "output_usage", "completionTokens")
  }

  private mutating func take(_ member: JSONValue) {
    guard member.text != nil else { return }
    let key = member.key.string
    switch key {
    case "input", "input_tokens": input = member
    case "prompt_tokens", "promptTokens": prompt = member
    case "output", "output_tokens", "completion_tokens", "completionTokens": output = member
    case "total", "total_tokens", "totalTokens": total = member
    case "input_cached_tokens", "input_cache_read", "cache_read_input_tokens", "input_cached",
      "cache_read_tokens",
      "input_cache_read_tokens", "input_cache_read_input_tokens", "cached_tokens", "cache_read":
      reads = reads ?? member
    case "input_cache_creation", "cache_creation_input_tokens", "input_cache_creation_tokens",
      "input_cache_creation_input_tokens", "input_cache_write", "input_cache_write_tokens",
      "cache_creation":
      writes = writes ?? member
    case "input_cache_creation_5m", "cache_creation_5m", "ephemeral_5m_input_tokens":
      shortWrites = shortWrites ?? member
    case "input_cache_creation_1h", "cache_creation_1h", "ephemeral_1h_input_tokens":
      longWrites = longWrites ?? member
    case "output_reasoning_tokens", "output_reasoning": otherOutput.append(member)
    case "prompt_details.cache_read", "details.cache_read_tokens",
      "details.cache_read_input_tokens",
      "cache_read.input_tokens":
      tellsDetails = true
      reads = reads ?? member
    case "prompt_details.cache_write", "details.cache_write_tokens",
      "details.cache_creation_input_tokens", "cache_creation.input_tokens":
      tellsDetails = true
      writes = writes ?? member
    // Parts of the counts beside them.
    case "prompt_details.audio", "prompt_details.cache_input", "completion_details.reasoning",
      "completion_details.audio", "unit":
      break
    default: takeUnknown(member, key)
    }
  }

  /// Langfuse counts every part as input or output by its name.
  private mutating func takeUnknown(_ member: JSONValue, _ key: String) {
    guard member.wholeCount != 0 else { return }
    if key.hasPrefix("input") {
      otherInput.append(member)
    } else if key.hasPrefix("output") {
      otherOutput.append(member)
    }
    unknown.append(key)
  }

  /// Sets the input side; the output's parts are added by `settle`.
  func setInput(_ fields: CallFields, _ notes: inout [String]) {
    fields.set(.cacheReadTokens, reads)
    fields.set(.cacheCreateTokens, writes)
    fields.set(.cacheCreate5mTokens, shortWrites)
    fields.set(.cacheCreate1hTokens, longWrites)
    fields.set(.outputTokens, output)
    if prompt == nil, countsCached {
      fields.set(.promptTokens, input)
      notes.append("Langfuse usage whose total shows that input counts cached tokens: taken out")
    } else {
      fields.set(.inputTokens, input)
      fields.set(.promptTokens, prompt)
    }
    for key in unknown {
      notes.append("a usage field that is not known: \(noteName(key))")
    }
  }

  /// Adds what is not inside the input and the output yet.
  func settle(_ call: inout Call, _ notes: inout [String]) throws(RejectionReason) {
    for part in otherInput {
      guard let count = try tokenCount(part.text, .inputTokens) else { continue }
      call.usage.input = (call.usage.input ?? 0) + count
    }
    if countsReasoning {
      notes.append("Langfuse usage whose total shows that output counts reasoning tokens: kept")
      return
    }
    for part in otherOutput {
      guard let count = try tokenCount(part.text, .outputTokens) else { continue }
      call.usage.output = (call.usage.output ?? 0) + count
    }
  }

  private var cached: Int64 {
    let split = sum([[shortWrites, longWrites].compactMap { $0 }])
    return (reads?.wholeCount ?? 0) + max(writes?.wholeCount ?? 0, split)
  }

  /// The total is the input and the output, without the cached tokens that fit inside the input.
  private var countsCached: Bool {
    guard let input = input?.wholeCount, cached > 0, cached <= input else { return false }
    guard let total = total?.wholeCount else { return tellsDetails }
    let output = output?.wholeCount ?? 0
    return total == input + output || total == input + output + sum([otherOutput])
  }

  private var countsReasoning: Bool {
    guard let total = total?.wholeCount, let output = output?.wholeCount else { return false }
    let parts = sum([otherOutput])
    guard parts > 0, parts <= output else { return false }
    let prompt = prompt?.wholeCount ?? (input?.wholeCount ?? 0) + sum([otherInput])
    return total == prompt + output || total == prompt + cached + output
  }

  private func sum(_ parts: [[JSONValue]]) -> Int64 {
    parts.joined().reduce(0) { $0 + min(max($1.wholeCount ?? 0, 0), tokensOfOneCall) }
  }
}

/// A key as it may stand in a note.
func noteName(_ key: String) -> String {
  String(
    key.unicodeScalars.prefix(40).map { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789_.-".unicodeScalars.contains(scalar))
        ? Character(scalar) : "?"
    })
}
