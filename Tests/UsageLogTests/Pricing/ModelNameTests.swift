import Testing

@testable import UsageLog

/// Names as people type them, and those that must not be guessed.
@Suite struct ModelNameTests {
  private func id(_ name: String) throws -> String {
    try ModelName(name, in: shippedBook().catalogue).id
  }

  @Test(arguments: [
    ("claude-sonnet-4-6", "claude-sonnet-4-6"), ("sonnet-4-6", "claude-sonnet-4-6"),
    ("Sonnet 4.6", "claude-sonnet-4-6"), ("Claude Sonnet 4.6", "claude-sonnet-4-6"),
    ("sonnet-4.6", "claude-sonnet-4-6"), ("opus-5-5", "claude-opus-5-5"),
    ("opus-5", "claude-opus-5"), ("OPUS 5", "claude-opus-5"), ("fable-5", "claude-fable-5"),
    ("haiku-4-5", "claude-haiku-4-5-20251001"), ("claude-haiku-4-5", "claude-haiku-4-5-20251001"),
    ("sonnet-4", "claude-sonnet-4-20250514"), ("claude-3-5-haiku", "claude-3-5-haiku-20241022"),
    ("gpt-4o", "gpt-4o"), ("gemini-2.5-pro", "gemini-2.5-pro"),
    ("claude-opus-4-8[1m]", "claude-opus-4-8"),
  ])
  func `a whole name is found however it is written`(_ name: String, _ expected: String) throws {
    #expect(try id(name) == expected)
  }

  @Test func `every id and alias of the catalogue is a name`() throws {
    for row in try shippedBook().catalogue.rows {
      #expect(try !id(row.model).isEmpty, "line \(row.line)")
      if row.provider == "anthropic" { #expect(try id(row.model) == row.aliasOf ?? row.model) }
    }
  }

  @Test(arguments: ["opus", "claude", "sonnet", "opus-5-6", "claude-opus-", "gpt", "haiku-5", ""])
  func `a part of a name is never taken for a model`(_ name: String) throws {
    #expect(throws: UnknownModelName.self) { try id(name) }
  }

  @Test(arguments: [
    ("haiku-4-5", "claude-haiku-4-5"), ("Claude Haiku 4.5", "claude-haiku-4-5-20251001"),
    ("us.anthropic.claude-opus-4-6-v1", "claude-opus-4-6"),
  ])
  func `an alias stays one as it is listed`(_ name: String, _ listed: String) throws {
    #expect(try ModelName(name, in: shippedBook().catalogue).listed == listed)
  }

  @Test(arguments: [
    "acme-7", "ACME-7", "acme 7", "claude-opus-9", "opus-9", "Claude Opus 9", "Ours-Large",
  ])
  func `a model of a taken list or an override is a name too`(_ name: String) throws {
    let taken = try PriceList(
      name: "taken",
      csv: Array(
        "\(PriceColumn.header)\nanthropic,claude-opus-9,,,,5,25,,,,,,,,,,1,x\nacme,acme-7,,,,1,2,,,,,,,,,,1,x"
          .utf8))
    let catalogue = PriceCatalogue([try .shipped(), taken])
    #expect(throws: Never.self) { try ModelName(name, in: catalogue, also: ["Ours-Large"]) }
    #expect(throws: UnknownModelName.self) { try ModelName(name, in: .shipped()) }
  }

  @Test func `near names are offered, the nearest first`() throws {
    let catalogue = try shippedBook().catalogue
    let error = #expect(throws: UnknownModelName.self) { try ModelName("opsu-5-5", in: catalogue) }
    #expect(error?.near.first == "claude-opus-5-5")
    let family = #expect(throws: UnknownModelName.self) { try ModelName("sonnet", in: catalogue) }
    #expect(family?.near.count == 6)
    #expect(family?.near.allSatisfy { $0.contains("sonnet") } == true)
    #expect(family?.isAmbiguous == false)
    for typed in ["claude-opus-5-6", "opus-5-6"] {
      let error = #expect(throws: UnknownModelName.self) { try ModelName(typed, in: catalogue) }
      #expect(error?.near.first == "claude-opus-5-5")
    }
    let strange = #expect(throws: UnknownModelName.self) {
      try ModelName("quartet-9", in: catalogue)
    }
    #expect(strange?.near.isEmpty == true)
  }

  @Test func `an alias and its snapshot know each other`() throws {
    let catalogue = try PriceCatalogue.shipped()
    #expect(catalogue.target(of: "claude-haiku-4-5") == "claude-haiku-4-5-20251001")
    #expect(catalogue.target(of: "claude-opus-4-8") == nil)
    #expect(catalogue.aliases(of: "claude-haiku-4-5-20251001") == ["claude-haiku-4-5"])
  }

  @Test func `a name of two snapshots is ambiguous`() throws {
    let catalogue = try shippedBook().catalogue
    let error = #expect(throws: UnknownModelName.self) {
      try ModelName("3-5-sonnet", in: catalogue)
    }
    #expect(error?.isAmbiguous == true)
    #expect(error?.near == ["claude-3-5-sonnet-20240620", "claude-3-5-sonnet-20241022"])
  }

  @Test func `a cloud's name tells channel and endpoint`() throws {
    let catalogue = try shippedBook().catalogue
    let regional = try ModelName("us.anthropic.claude-opus-5-5", in: catalogue)
    #expect(regional.id == "claude-opus-5-5")
    #expect(regional.channel == "bedrock" && regional.region == "us")
    let global = try ModelName(
      "global.anthropic.claude-haiku-4-5-20251001-v1:0", in: catalogue)
    #expect(global.id == "claude-haiku-4-5-20251001" && global.region == "global")
  }
}
