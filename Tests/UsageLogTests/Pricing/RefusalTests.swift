import Testing

@testable import UsageLog

struct RefusalTests {
  static let rule: [(String, String?, Bool)] = [
    ("2026-06-01", nil, false), ("2026-06-01", "bio", false),
    ("2026-06-02", nil, true), ("2026-06-02", "bio", true), ("2026-09-23", "frontier_llm", true),
    ("2026-09-24", nil, true), ("2026-09-24", "cyber", true), ("2026-09-24", "", true),
    ("2026-09-24", "bio", false), ("2026-09-24", "frontier_llm", false),
    ("2026-09-24", "reasoning_extraction", false),
  ]

  @Test(arguments: rule)
  func `a refusal without output is free by date and category`(
    day: String, category: String?, isFree: Bool
  ) {
    let time = instant(day)
    #expect(
      Refusal.isFree(
        stopReason: "refusal", stopCategory: category, producedOutput: false, at: time) == isFree)
    #expect(
      Refusal.isFreeAttempt(declinedBeforeOutput: true, stopCategory: category, at: time)
        == isFree)
  }

  @Test(arguments: rule)
  func `output is always billed`(day: String, category: String?, isFree: Bool) {
    let time = instant(day)
    #expect(
      !Refusal.isFree(
        stopReason: "refusal", stopCategory: category, producedOutput: true, at: time))
    #expect(
      !Refusal.isFreeAttempt(declinedBeforeOutput: false, stopCategory: category, at: time))
  }

  @Test(arguments: ["end_turn", "max_tokens", nil])
  func `an empty answer that is no refusal is billed`(stopReason: String?) {
    #expect(
      !Refusal.isFree(
        stopReason: stopReason, stopCategory: nil, producedOutput: false,
        at: instant("2026-10-01")))
  }

  @Test func `the rule changes at the last millisecond of the day before`() {
    let change = instant("2026-09-24")
    #expect(Refusal.isFreeAttempt(declinedBeforeOutput: true, stopCategory: "bio", at: change - 1))
    #expect(!Refusal.isFreeAttempt(declinedBeforeOutput: true, stopCategory: "bio", at: change))
  }
}
