import Foundation
import Testing

@testable import UsageLog
@testable import forensics

/// Calls without a price: who they are, why, and what would price them.
@Suite struct UnpricedCommandTests {
  private func call(_ id: String, _ more: String, input: Int? = 1000) -> String {
    let tokens = input.map { #","input_tokens":\#($0),"output_tokens":100"# } ?? ""
    return
      #"{"ts":"2026-11-03T09:00:00Z","request_id":"\#(id)"\#(tokens)\#(more.isEmpty ? "" : ",")\#(more)}"#
      + "\n"
  }

  private func story() throws -> ForensicsBinary {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(
      call("a", #""model":"claude-opus-9","provider":"anthropic","cache_read_tokens":50"#)
        + call("b", #""model":"claude-opus-9","provider":"anthropic""#)
        .replacing("11-03", with: "11-05")
        + call("c", #""model":"gpt-4o-2024-05-13-preview","provider":"azure-openai""#)
        + call("d", #""model":"claude-opus-5-5","provider":"anthropic","service_tier":"flex""#)
        + call("e", #""model":"claude-opus-5-5","provider":"anthropic""#)
        + call("f", #""model":"claude-opus-9","provider":"anthropic""#, input: nil)
        + call("g", "")
        + call("h", #""model":"claude-opus-5-5","provider":"bedrock""#),
      to: "log.jsonl")
    #expect(try forensics("import", log).status == 0)
    return forensics
  }

  @Test func `each has its raw id, calls, tokens and reason; without usage is apart`() throws {
    let forensics = try story()
    let result = try forensics("prices", "unpriced", "--format", "csv")
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      lines[0] == [
        "model", "channel", "region", "service_tier", "speed", "inference_geo", "calls", "tokens",
        "first_seen", "last_seen", "reason", "what", "way_out",
      ])
    #expect(
      lines.dropFirst().map { "\($0[0]) \($0[6]) \($0[7]) \($0[10])" } == [
        "claude-opus-9 2 2250 unknown-model",
        " 1 1100 no-model",
        "claude-opus-5-5 1 1100 unknown-tier",
        "claude-opus-5-5 1 1100 unknown-endpoint",
        "gpt-4o-2024-05-13-preview 1 1100 unknown-channel",
      ])
    #expect(lines[1][8...9] == ["2026-11-03T09:00:00.000Z", "2026-11-05T09:00:00.000Z"])
    #expect(result.errors.contains("1 call without usage besides"))
    let later = try forensics("prices", "unpriced", "--since", "2026-11-04", "--format", "csv")
    #expect(later.output.split(separator: "\n").count == 2)
    let filtered = try forensics(
      "prices", "unpriced", "--model", "claude-opus-5-5", "--format", "csv")
    #expect(filtered.output.split(separator: "\n").count == 3)
  }

  @Test func `what the prices know by now is said to be priced by now`() throws {
    let forensics = try story()
    let file = try forensics.write(
      "prices: {overrides: [{model: claude-opus-9, rates: {input: 5, output: 25, cache_read: 1}}]}\n",
      to: "forensics.yml")
    let result = try forensics("prices", "unpriced", "--config", file)
    #expect(result.output.contains("priced-by-now"))
    #expect(result.output.contains("run 'forensics reprice'"))
    #expect(!result.output.contains("- model: claude-opus-9"))
    #expect(result.output.contains("- model: claude-opus-5-5"))
  }

  @Test func `the overrides stand below, ready to fill in`() throws {
    let forensics = try story()
    let yaml = try forensics("prices", "unpriced", "--yaml").output
    #expect(
      yaml == """
        prices:
          overrides:
            # 2 calls, 2,250 tokens, 2026-11-03 to 2026-11-05: this exact model is not in the price catalogue
            - model: claude-opus-9
              channel: anthropic
              rates: {input: , output: , cache_read: }
            # 1 call, 1,100 tokens, 2026-11-03: no price is published for this service tier
            - model: claude-opus-5-5
              channel: anthropic
              service_tier: flex
              rates: {input: , output: }
            # 1 call, 1,100 tokens, 2026-11-03: the price catalogue has no prices for this channel
            - model: gpt-4o-2024-05-13-preview
              channel: azure-openai
              rates: {input: , output: }
              # same_as: gpt-4o-2024-05-13  # instead of rates, if it is that

        """)
    let table = try forensics("prices", "unpriced").output
    #expect(table.hasSuffix("\n\n" + yaml))
    // Filled in, they price what they were written for.
    let file = try forensics.write(
      yaml.replacing(#/: (,|\})/#) { ": 2\($0.1)" }, to: "forensics.yml")
    let left = try forensics("prices", "unpriced", "--config", file, "--format", "csv").output
    #expect(left.split(separator: "\n").count { $0.contains(",priced-by-now,") } == 3)
    #expect(!left.contains("unknown-model") && !left.contains("unknown-tier"))
    let empty = try forensics.write(yaml, to: "empty.yml")
    #expect(try forensics("prices", "list", "--config", empty).errors.contains("empty.yml:6: "))
  }

  @Test func `nothing without a price is an empty table`() throws {
    let forensics = try ForensicsBinary()
    let log = try forensics.write(call("a", #""model":"claude-opus-5-5""#), to: "log.jsonl")
    _ = try forensics("import", log)
    let result = try forensics("prices", "unpriced")
    #expect(result.status == 0 && result.output.contains("no rows"))
    #expect(try forensics("prices", "unpriced", "--yaml").output.isEmpty)
  }
}

/// Overrides to fill in, for all that can be missing.
@Suite struct OverrideTemplateTests {
  private static let everything = TokenUsage(
    input: 1, cacheWrite5m: 1, cacheWrite1h: 1, cacheRead: 1, output: 1, webSearches: 1)

  private static func conditions(
    _ model: String, _ change: (inout PriceConditions) -> Void = { _ in }
  ) -> PriceConditions {
    var conditions = PriceConditions(model: model, channel: "anthropic")
    change(&conditions)
    return conditions
  }

  /// Every reason that an override can answer.
  private static let unpriced: [(PriceConditions, String, UnpricedReason)] = [
    (conditions("claude-opus-9"), "2026-11-20", .unknownModel),
    (conditions("claude-opus-9") { $0.serviceTier = "batch" }, "2026-11-20", .unknownModel),
    (conditions("claude-opus-9") { $0.speed = "fast" }, "2026-11-20", .unknownModel),
    (conditions("claude-opus-9") { $0.serviceTier = "flex" }, "2026-11-20", .unknownModel),
    (conditions("claude-opus-5-5") { $0.channel = "requesty" }, "2026-11-20", .unknownChannel),
    (conditions("claude-opus-5-5"), "2026-01-01", .noPriceThen),
    (conditions("claude-opus-4-6") { $0.speed = "fast" }, "2026-11-20", .noPriceThen),
    (conditions("claude-haiku-4-5") { $0.speed = "fast" }, "2026-11-20", .noFastPrice),
    (conditions("claude-opus-5-5") { $0.speed = "turbo" }, "2026-11-20", .unknownSpeed),
    (conditions("claude-opus-5-5") { $0.serviceTier = "flex" }, "2026-11-20", .unknownTier),
    (
      conditions("claude-opus-5-5") {
        $0.channel = "bedrock"; $0.region = "us-gov-west-1"
      },
      "2026-11-20", .noGovCloudPrice
    ),
    (
      conditions("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc") {
        $0.channel = "bedrock"
      }, "2026-11-20", .unnamedModel
    ),
    (conditions("gpt-4o") { $0.channel = "openai" }, "2026-11-20", .noTokenRate),
    (
      conditions("claude-opus-5-5") {
        $0.channel = "bedrock"; $0.region = "global"
      },
      "2026-11-20", .noSearchPrice
    ),
  ]

  @Test(arguments: unpriced.indices)
  func `filled in, our own parser takes it and the call has a price`(_ index: Int) throws {
    let (conditions, day, reason) = Self.unpriced[index]
    let instant = try #require(utcDay(day))
    let book = PriceBook(try .shipped())
    #expect(book.plan(for: conditions).cost(Self.everything, at: instant) == .unpriced(reason))
    let template = try #require(
      OverrideTemplate(for: conditions, using: Self.everything, at: instant, in: book))
    let forensics = try ForensicsBinary()
    let lines = ["prices:", "  overrides:"] + template.yaml(remark: "x").map { "    " + $0 }
    let text = lines.joined(separator: "\n").replacing(#/: (,|\})/#) { ": 0.5\($0.1)" }
    let path = try forensics.write(text, to: "forensics.yml")
    let overrides = try ConfigurationFile(path: path).prices.overrides.map(\.override)
    #expect(overrides.map(\.calls) == [template.calls])
    let filled = PriceBook(try .shipped(), overrides: overrides)
    if case .unpriced(let still) = filled.plan(for: conditions).cost(Self.everything, at: instant) {
      Issue.record("still \(still):\n\(text)")
    }
    // Standard calls of a listed model keep their price.
    for row in book.catalogue.rows where canonicalModel(conditions.model).canonical != row.model {
      let plain = PriceConditions(model: row.model, channel: row.provider)
      #expect(
        filled.plan(for: plain).cost(TokenUsage(input: 1), at: instant)
          == book.plan(for: plain).cost(TokenUsage(input: 1), at: instant))
    }
  }

  @Test func `a time without a price is not one that has one`() throws {
    let book = PriceBook(try .shipped())
    let template = try #require(
      OverrideTemplate(
        for: Self.conditions("claude-opus-5-5"), using: TokenUsage(input: 1),
        at: utcDay("2026-01-01") ?? 0, in: book))
    let until = template.calls.until
    #expect(
      book.plan(for: Self.conditions("claude-opus-5-5")).period(at: until)?.validFrom == until)
  }

  @Test(
    arguments: [
      ("gpt-4o-2024-08-06", "gpt-4o"), ("claude-opus-5-5-20260922", "claude-opus-5-5"),
      ("claude-opus-5-6", nil), ("claude-opus-6-preview", nil),
      ("claude-opus-5-5-latest", "claude-opus-5-5"),
    ] as [(String, String?)])
  func `only another release of the same id is suggested, behind a comment`(
    model: String, sameAs: String?
  ) throws {
    let book = PriceBook(try .shipped())
    let conditions = PriceConditions(model: model)
    guard
      let template = OverrideTemplate(
        for: conditions, using: TokenUsage(input: 1), at: utcDay("2026-11-20") ?? 0,
        in: book)
    else {
      Issue.record("\(model) has a price")
      return
    }
    #expect(template.sameAs == sameAs)
    let line = template.yaml(remark: "x").first { $0.contains("same_as") }
    #expect(line == sameAs.map { "  # same_as: \($0)  # instead of rates, if it is that" })
  }

  @Test(arguments: [PriceConditions(model: "<synthetic>"), PriceConditions(model: "x")])
  func `where no override helps there is none`(_ conditions: PriceConditions) throws {
    var conditions = conditions
    if conditions.model == "x" {
      conditions = PriceConditions(model: "claude-opus-5-5", channel: "bedrock")
    }
    #expect(
      OverrideTemplate(
        for: conditions, using: TokenUsage(input: 1), at: utcDay("2026-11-20") ?? 0,
        in: PriceBook(try .shipped())) == nil)
  }
}
