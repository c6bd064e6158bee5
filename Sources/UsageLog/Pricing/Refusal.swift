/// When a refused request costs nothing, although its response reports tokens.
///
/// Before 2026-06-02 every refusal is billed. From then on one without output is free; since
/// 2026-09-24 only if its category is none of `bio`, `frontier_llm` and `reasoning_extraction`.
/// A refusal in the middle of the output is always billed. The dates are UTC midnights: the hour
/// of the change is not published. The rule holds on all platforms.
package enum Refusal {
  private static let freeFrom: Int64 = 1_780_358_400_000  // 2026-06-02
  private static let billedByCategoryFrom: Int64 = 1_790_208_000_000  // 2026-09-24
  private static let billedCategories: Set = ["bio", "frontier_llm", "reasoning_extraction"]

  /// Whether a response is a refusal that is not billed.
  ///
  /// `stopCategory` is `stop_details.category`. `producedOutput` is whether `content` has anything
  /// in it, not whether `output_tokens` is above 0: a free refusal may report one output token.
  /// The instant is in milliseconds since 1970.
  package static func isFree(
    stopReason: String?, stopCategory: String?, producedOutput: Bool, at occurredAtMs: Int64
  ) -> Bool {
    guard stopReason == "refusal", !producedOutput, occurredAtMs >= freeFrom else { return false }
    guard occurredAtMs >= billedByCategoryFrom, let stopCategory else { return true }
    return !billedCategories.contains(stopCategory)
  }

  /// Whether an attempt that a server-side fallback replaced is not billed.
  ///
  /// Each attempt in `usage.iterations` is charged at the rates of the model that ran it, except
  /// one that was declined before any output, which follows the rule of refusals by its own
  /// category and the request's instant.
  package static func isFreeAttempt(
    declinedBeforeOutput: Bool, stopCategory: String?, at occurredAtMs: Int64
  ) -> Bool {
    declinedBeforeOutput
      && isFree(
        stopReason: "refusal", stopCategory: stopCategory, producedOutput: false, at: occurredAtMs)
  }
}
