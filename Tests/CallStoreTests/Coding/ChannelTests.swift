import Testing

@testable import CallStore

/// Providers as logs call them, as the price catalogue spells them.
struct ChannelTests {
  @Test(
    arguments: [
      ("anthropic", "anthropic"), ("Anthropic", "anthropic"), ("aws.bedrock", "bedrock"),
      ("gcp.vertex_ai", "vertex"), ("gcp.gemini", "gemini"), ("azure.ai.inference", "foundry"),
      ("openai", "openai"), ("anthropic.messages", "anthropic"), ("openai.chat", "openai"),
      ("google.vertex.anthropic.messages", "vertex"), ("house.model", "house.model"),
    ])
  func `a provider of the GenAI conventions has its channel`(logged: String, channel: String) {
    #expect(canonicalChannel(logged) == channel)
  }
}
