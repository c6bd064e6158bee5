import Testing

@testable import UsageLog

/// Models by the names that people are shown.
struct DisplayNameTests {
  @Test(arguments: [
    ("Claude Haiku 4.5", "claude-haiku-4-5-20251001"), ("Claude Sonnet 5", "claude-sonnet-5"),
    ("Claude 3.5 Sonnet 2024-10-22", "claude-3-5-sonnet-20241022"),
    ("Claude Sonnet 3.5 2024-06-20", "claude-3-5-sonnet-20240620"),
    ("Claude Haiku 3", "claude-3-haiku-20240307"), ("Claude 3 Opus", "claude-3-opus-20240229"),
    ("Claude Sonnet 4", "claude-sonnet-4-20250514"), ("Claude Opus 4.6", "claude-opus-4-6"),
    ("claude opus 5.5", "claude-opus-5-5"), ("Claude Sonnet 3.7", "claude-3-7-sonnet-20250219"),
    ("Claude Haiku 4.5 20251001", "claude-haiku-4-5-20251001"),
  ])
  func `a display name is a model's whatever the order of its words`(name: String, id: String) {
    #expect(modelID(displayed: name) == id)
  }

  @Test(arguments: [
    "Claude Quartet 9", "Claude Haiku 5.4", "Claude", "", " ", "4.5", "Claude Haiku 4.5 2025-10-02",
    "Claude Haiku 4.5 Turbo",
  ])
  func `what is no model's is none's`(name: String) {
    #expect(modelID(displayed: name) == nil)
  }

  @Test func `a name of two snapshots is neither's`() {
    #expect(modelID(displayed: "Claude 3.5 Sonnet") == nil)
  }

  @Test func `an id is no display name`() {
    #expect(modelID(displayed: "claude-haiku-4-5") == nil)
  }
}
