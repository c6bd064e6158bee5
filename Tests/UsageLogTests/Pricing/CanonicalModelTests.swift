import Testing

@testable import UsageLog

struct CanonicalModelTests {
  struct Name: Sendable, CustomTestStringConvertible {
    let raw: String
    let id: ModelID

    init(_ raw: String, _ id: String, _ channel: String? = nil, _ scope: EndpointScope = .unknown) {
      self.raw = raw
      self.id = ModelID(canonical: id, channel: channel, scope: scope)
    }

    var testDescription: String { raw }
  }

  static let arn = "arn:aws:bedrock:us-east-1:111122223333:"
  static let vertex = "publishers/anthropic/models/"

  static let names: [Name] = [
    Name("claude-opus-5", "claude-opus-5"),
    Name("claude-haiku-4-5", "claude-haiku-4-5"),
    Name("claude-haiku-4-5-20251001", "claude-haiku-4-5-20251001"),
    Name("claude-opus-5[1m]", "claude-opus-5"),
    Name("gpt-4.1-mini", "gpt-4.1-mini"),
    Name("<synthetic>", "<synthetic>"),

    Name("anthropic.claude-opus-5", "claude-opus-5", "bedrock", .regional),
    Name("us.anthropic.claude-opus-4-6-v1", "claude-opus-4-6", "bedrock", .regional),
    Name("us.anthropic.claude-opus-4-6-v1[1m]", "claude-opus-4-6", "bedrock", .regional),
    Name("apac.anthropic.claude-sonnet-5", "claude-sonnet-5", "bedrock", .regional),
    Name("global.anthropic.claude-opus-5", "claude-opus-5", "bedrock", .global),
    Name("us-gov.anthropic.claude-opus-5", "claude-opus-5", "bedrock", .government),
    Name(
      "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929", "bedrock",
      .regional),
    Name(
      "anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3-5-sonnet-20241022", "bedrock",
      .regional),
    Name(
      "anthropic.claude-3-haiku-20240307-v1:0:200k", "claude-3-haiku-20240307", "bedrock",
      .regional),
    Name(
      arn + "inference-profile/global.anthropic.claude-opus-5", "claude-opus-5", "bedrock", .global),
    Name(
      arn + "foundation-model/anthropic.claude-opus-4-6-v1", "claude-opus-4-6", "bedrock",
      .regional),
    Name(
      arn + "application-inference-profile/abc123",
      arn + "application-inference-profile/abc123", "bedrock"),
    Name(
      "arn:aws-us-gov:bedrock:us-gov-west-1:1:inference-profile/us-gov.anthropic.claude-opus-5",
      "claude-opus-5", "bedrock", .government),
    Name("amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0"),
    Name("xx.anthropic.claude-opus-5", "xx.anthropic.claude-opus-5"),

    Name("claude-sonnet-4-5@20250929", "claude-sonnet-4-5-20250929", "vertex"),
    Name("claude-3-5-sonnet-v2@20241022", "claude-3-5-sonnet-20241022", "vertex"),
    Name("claude-opus-4-6@default", "claude-opus-4-6", "vertex"),
    Name(vertex + "claude-opus-5", "claude-opus-5", "vertex"),
    Name(
      "projects/p/locations/us-east5/" + vertex + "claude-haiku-4-5@20251001",
      "claude-haiku-4-5-20251001", "vertex", .regional),
    Name(
      "projects/p/locations/global/" + vertex + "claude-opus-5", "claude-opus-5", "vertex", .global),

    Name("anthropic/claude-opus-4-7", "claude-opus-4-7", "anthropic"),
    Name("anthropic/claude-opus-4.7", "claude-opus-4-7", "openrouter"),
    Name("anthropic/claude-opus-5:thinking", "claude-opus-5", "openrouter"),
    Name("anthropic/claude-4.5-sonnet-20250929", "claude-sonnet-4-5", "openrouter"),
    Name("anthropic/claude-4-sonnet-20250522", "claude-sonnet-4-0", "openrouter"),
    Name("anthropic/claude-5-sonnet-20260630", "claude-sonnet-5", "openrouter"),
    Name("anthropic/claude-3.7-sonnet", "claude-3-7-sonnet", "openrouter"),
    Name("openrouter/anthropic/claude-opus-5", "claude-opus-5", "openrouter"),
    Name("openrouter/openai/gpt-4.1", "gpt-4.1", "openrouter"),
    Name("google/gemini-2.5-pro", "gemini-2.5-pro", "openrouter"),
    Name("bedrock/us.anthropic.claude-opus-5", "claude-opus-5", "bedrock", .regional),
    Name("bedrock/us-east-1/anthropic.claude-opus-5", "claude-opus-5", "bedrock", .regional),
    Name(
      "bedrock/us-gov-east-1/anthropic.claude-opus-5", "claude-opus-5", "bedrock", .government),
    Name("vertex_ai/claude-opus-5", "claude-opus-5", "vertex"),
    Name("azure_ai/claude-opus-5", "claude-opus-5", "foundry"),
    Name("claude/claude-opus-5", "claude-opus-5"),
    Name("openai/gpt-4o", "gpt-4o", "openai"),
    Name("gemini/gemini-2.5-pro", "gemini-2.5-pro", "gemini"),
    Name("models/gemini-2.5-pro", "gemini-2.5-pro"),
    Name("my-proxy/claude-opus-5", "my-proxy/claude-opus-5"),
    Name("claude-opus-4.7", "claude-opus-4.7"),
    Name("projects/locations", "locations", "vertex"),
    Name("", ""),
  ]

  @Test(arguments: names)
  func `a name is reduced to the published id`(name: Name) {
    #expect(canonicalModel(name.raw) == name.id)
  }

  @Test(arguments: names)
  func `reducing twice changes nothing`(name: Name) {
    #expect(canonicalModel(name.id.canonical).canonical == name.id.canonical)
  }

  @Test func `a cloud's id and its maker's id reduce to the same`() throws {
    for row in try PriceCatalogue.shipped().rows where !row.provider.hasPrefix("anthropic") {
      let expected = row.aliasOf ?? row.model
      #expect(canonicalModel(row.model).canonical == expected, "line \(row.line)")
    }
  }
}
