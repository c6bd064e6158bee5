/// One LLM call as a log told it: the one shape that every log becomes.
///
/// Texts are borrowed from the record and valid until the next one is read. Whatever the log did not say
/// is nil, never zero.
package struct Call {
  /// Milliseconds since 1970, UTC; the request's start if known.
  package var occurredAt: Int64 = 0
  package var timeIsNaive = false
  /// The record held no time; this one is the file's, or the user's.
  package var timeIsApproximate = false

  package var messageID: Text?
  package var requestID: Text?
  /// The API's issuer gave the request its id, so that one id is one call wherever it is told.
  package var requestIDIsIssued = false
  /// Its source copies records and may give the copies other times: one id is one call, whenever it is told.
  package var timesDrift = false
  /// A side conversation's copy of a call that its own record tells better.
  package var isReplay = false
  package var attempt: Int64?

  package var tenantID: Text?
  package var feature: Text?
  package var deploySHA: Text?
  package var model: Text?
  package var prompt: PromptKey?

  package var usage = Usage()
  package var loggedCostNanos: Int64?

  package var statusCode: Int64?
  package var latencyMs: Int64?
  package var ttftMs: Int64?

  package var serviceTier: Text?
  package var speed: Text?
  package var inferenceGeo: Text?
  package var channel: Text?
  package var region: Text?
  package var stopReason: Text?
  package var stopCategory: Text?
  package var outcome: Outcome?
  /// Whether the response held any content; nil if the log does not show it.
  package var hasContent: Bool?

  package var workspace: Text?
  package var apiKey: Text?
  package var agent: Text?
  package var sessionID: Text?
  package var userID: Text?
  package var operationID: Text?
  package var parentCall: Text?
  package var maxTokens: Int64?
  package var prefixHash: Text?
  package var toolHash: Text?

  /// Set on the hidden model calls inside a response (compaction, advisor, fallback attempts).
  package var iteration: Iteration?

  package init() {}

  /// Token counts of one call; the unit of every count is one token.
  package struct Usage: Equatable, Sendable {
    /// Prompt tokens neither written to nor read from the cache.
    package var input: Int64?
    /// All cache writes, those of one hour included.
    package var cacheCreate: Int64?
    package var cacheCreate1h: Int64?
    package var cacheRead: Int64?
    package var output: Int64?
    package var webSearches: Int64?

    package init() {}

    /// Whether the log reported any usage at all.
    package var isLogged: Bool {
      input != nil || cacheCreate != nil || cacheRead != nil || output != nil
    }
  }

  package struct Iteration {
    /// `message`, `compaction`, `advisor_message`, `fallback_message`.
    package var type: Text
    /// Its place in `usage.iterations`.
    package var index: Int
  }

  package enum Outcome: String, Sendable {
    case succeeded, errored, canceled, expired
    /// Declined before any output.
    case refused
    /// Declined after output had begun.
    case refusedMidStream = "refused_mid_stream"
  }
}

/// How a prompt is named: the articles' 16 hexadecimal digits are a number, anything else is a text.
package enum PromptKey {
  case digits(UInt64)
  case text(Text)

  package init(_ text: Text) {
    var value: UInt64 = 0
    guard text.count == 16 else {
      self = .text(text)
      return
    }
    for byte in text.bytes {
      // Upper case is another spelling, and would not print back as it was logged.
      guard byte < 0x41 || byte > 0x46, let digit = JSONEscape.hexDigit(byte) else {
        self = .text(text)
        return
      }
      value = value << 4 | UInt64(digit)
    }
    self = .digits(value)
  }
}
