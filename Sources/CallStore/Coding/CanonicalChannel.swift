/// The channel as the price catalogue spells it, for what logs call their provider.
package func canonicalChannel(_ logged: String) -> String {
  let name = logged.lowercased()
  switch name {
  case "api", "direct", "claude", "claude-api", "anthropic-api", "anthropic_api", "anthropic_text",
    "1p":
    return "anthropic"
  case "aws.bedrock", "aws", "aws_bedrock", "aws-bedrock", "amazon-bedrock", "amazon_bedrock",
    "bedrock_converse", "bedrock_mantle":
    return "bedrock"
  case "vertex_ai", "vertex-ai", "google-vertex", "google_vertex", "vertexai", "gcp",
    "gcp.vertex_ai", "vertex_ai_beta", "vertex_ai-anthropic_models":
    return "vertex"
  case "azure", "azure_ai", "azure-ai", "azure.ai.inference", "az.ai.inference", "azure_text":
    return "foundry"
  case "text-completion-openai": return "openai"
  case "google", "google-ai", "google_ai", "gcp.gemini", "gcp.gen_ai", "google_genai":
    return "gemini"
  case "azure.ai.openai", "az.ai.openai": return "azure-openai"
  default: return clientChannel(name) ?? name
  }
}

/// The AI SDK names a provider's client: `anthropic.messages`, `openai.chat`, `google.vertex.chat`.
private func clientChannel(_ name: String) -> String? {
  guard name.contains(".") else { return nil }
  for (prefix, channel) in [
    ("anthropic.", "anthropic"), ("openai.", "openai"), ("google.vertex", "vertex"),
    ("vertex.", "vertex"), ("google.generative", "gemini"), ("amazon-bedrock.", "bedrock"),
  ] where name.hasPrefix(prefix) { return channel }
  return nil
}
