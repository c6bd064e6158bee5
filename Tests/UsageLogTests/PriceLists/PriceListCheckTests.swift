import Testing

@testable import UsageLog

/// What a look over a price list finds.
struct PriceListCheckTests {
  private let now = instant("2026-11-20")

  /// Findings as `level check line`, of lines given up to `cache_read`.
  private func check(_ lines: String..., rest: String = ",,,,0.5,1.1,10,0,test") throws -> [String]
  {
    let text = ([PriceColumn.header] + lines.map { $0 + rest }).joined(separator: "\n")
    let file = try PriceFile(csv: Array(text.utf8), name: "ours.csv")
    return PriceListCheck(file.rows, passedOver: file.passedOver, now: now).findings
      .map { "\($0.level.rawValue) \($0.check) \($0.line)" }
  }

  @Test func `the shipped catalogue has notes only`() throws {
    let check = PriceListCheck(try PriceCatalogue.shipped().rows, now: now)
    #expect(check.findings.allSatisfy { $0.level == .note })
    #expect(!check.needsLook)
    let notes = Dictionary(grouping: check.findings, by: \.check)
    #expect(notes["unverified"]?.count == 40)
    #expect(notes["scheduled"]?.map(\.model) == ["gemini-3.8-flash"])
    #expect(notes["ends"]?.map(\.provider) == ["anthropic-fast"])
    let deviating = Set((notes["cache ratio"] ?? []).map { canonicalModel($0.model).canonical })
    #expect(
      deviating == [
        "claude-3-haiku-20240307", "claude-opus-5-5", "claude-sonnet-5-5", "claude-fable-5-1",
        "claude-mythos-5-1", "claude-fable-5-2", "claude-mythos-5-2",
      ])
  }

  @Test func `periods that overlap, leave a gap, jump or are planned`() throws {
    #expect(
      try check("p,m,,2026-01-01,2026-03-01,1,5,,,", "p,m,,2026-02-28,,1,5,,,") == [
        "error overlap 3"
      ])
    #expect(
      try check("p,m,,2026-01-01,2026-03-01,1,5,,,", "p,m,,2026-03-02,,1,5,,,") == ["warning gap 3"]
    )
    #expect(try check("p,m,,,2026-03-01,1,5,,,", "p,m,,2026-03-01,,5,25,,,").isEmpty)
    #expect(
      try check("p,m,,,2026-03-01,1,5,,,", "p,m,,2026-03-01,,5.1,25,,,") == ["warning jump 3"])
    #expect(
      try check("p,m,,,2027-01-01,1,5,,,", "p,m,,2027-01-01,,2,10,,,") == ["note scheduled 3"])
    #expect(try check("p,m,,,2027-01-01,1,5,,,") == ["note ends 2"])
    #expect(try check("p,m,,,2026-11-01,1,5,,,").isEmpty)
  }

  @Test func `two spellings of one model are one model`() throws {
    #expect(
      try check("bedrock,anthropic.claude-x-v1:0,,,,1,5,,,", "bedrock,claude-x,,,,1,5,,,")
        == ["error overlap 3"])
  }

  @Test func `rates out of order`() throws {
    #expect(try check("p,m,,,,1,5,,,1.1") == ["warning read above input 2"])
    #expect(try check("p,m,,,,5,1,,,") == ["warning output below input 2"])
    #expect(try check("p,embedding,,,,5,0,,,").isEmpty)
    #expect(try check("p,m,,,,0.05,2.5,,,") == ["warning outlier 2"])
    #expect(try check("p,m,,,,0.05,2.49,,,").isEmpty)
    #expect(
      try check("p,m,,,,2,10,,,", rest: ",1000,1,10,0.5,,,0,test") == ["warning long below base 2"])
    #expect(try check("p,m,,,,2,10,,,", rest: ",,,,0.25,,,0,test") == ["warning batch 2"])
    #expect(try check("p,m,,,,2,10,,,", rest: ",,,,0.5,1.2,,0,test") == ["warning residency 2"])
  }

  @Test func `cache ratios are Anthropic's rule, and a note`() throws {
    #expect(try check("anthropic,claude-x,,,,1,5,1.25,2,0.1").isEmpty)
    #expect(
      try check("anthropic,claude-x,,,,1,5,1.2,1.9,0.05")
        == ["note cache ratio 2", "note cache ratio 2", "note cache ratio 2"])
    #expect(try check("openai,gpt-x,,,,1,5,,,0.5").isEmpty)
  }

  @Test func `an alias costs what it stands for while both hold`() throws {
    let target = "anthropic,claude-x-20260101,,2026-01-01,2026-03-01,1,5,1.25,2,0.1"
    let later = "anthropic,claude-x-20260101,,2026-03-01,,2,10,2.5,4,0.2"
    #expect(
      try check(target, later, "anthropic,claude-x,claude-x-20260101,2026-03-01,,2,10,2.5,4,0.2")
        .isEmpty)
    #expect(
      try check(target, later, "anthropic,claude-x,claude-x-20260101,2026-03-01,,2,11,2.5,4,0.2")
        == ["warning alias 4"])
  }

  @Test func `a regional endpoint costs a tenth more in every class`() throws {
    let global = "bedrock-global,global.anthropic.claude-x,,,,1,5,1.25,2,0.1"
    #expect(
      try check(global, "bedrock-regional,anthropic.claude-x,,,,1.1,5.5,1.375,2.2,0.11").isEmpty)
    #expect(
      try check(global, "bedrock-regional,anthropic.claude-x,,,,1.1,5,1.375,2.2,0.11")
        == ["warning region 3"])
  }

  @Test func `a channel that mistook a unit stands out beside the maker`() throws {
    #expect(
      try check("openai,gpt-x,,,,1,5,,,", "azure,gpt-x,,,,100,500,,,") == ["warning outlier 3"])
    #expect(try check("openai,gpt-x,,,,1,5,,,", "azure,gpt-x,,,,1.1,5.5,,,").isEmpty)
  }

  @Test func `lines that cannot be read are errors, contradictions warnings`() throws {
    #expect(try check("p,m,,,,x,5,,,").first == "error unreadable 2")
    let file = try LiteLLMFixture.read()
    let findings = PriceListCheck(file.rows, passedOver: file.passedOver, now: now).findings
    let counts = Dictionary(grouping: findings, by: \.check).mapValues(\.count)
    #expect(counts["contradiction"] == 3)
    #expect(counts["unreadable"] == 3)
  }
}
