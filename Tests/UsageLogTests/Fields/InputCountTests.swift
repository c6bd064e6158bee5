import Testing

@testable import UsageLog

/// Whether the input count holds cached tokens: never counted twice, never lost.
///
/// A usage is told as input/writes/reads/output.
struct InputCountTests {
  @Test(arguments: [
    // Anthropic's names exclude cached tokens.
    (#""input_tokens":412,"cache_read_input_tokens":18240,"output_tokens":633"#, "412/0/18240/633"),
    (
      #""input_tokens":1000,"cache_read_input_tokens":200,"cache_creation_input_tokens":300"#,
      "1000/300/200/0"
    ),
    (#""uncached_input_tokens":86,"cache_read_tokens":1920"#, "86/0/1920/0"),
    // Tracker rows say nothing about it: as they are.
    (
      #""input_tokens":88,"output_tokens":240,"cache_read":51200,"cache_write":0"#, "88/0/51200/240"
    ),
    // OpenAI's names include them (golden case G18).
    (
      #""usage":{"prompt_tokens":2006,"completion_tokens":300,"prompt_tokens_details":{"cached_tokens":1920}}"#,
      "86/0/1920/300"
    ),
    (
      #""usage":{"input_tokens":2006,"output_tokens":300,"input_tokens_details":{"cached_tokens":1920}}"#,
      "86/0/1920/300"
    ),
    (#""tokens_prompt":2006,"tokens_cached":1920,"tokens_completion":300"#, "86/0/1920/300"),
    (#""prompt_tokens":2006,"completion_tokens":300"#, "2006/0/0/300"),
    // A router that passes Anthropic's cache names beside an inclusive prompt.
    (
      #""prompt_tokens":2006,"cache_read_input_tokens":1900,"cache_creation_input_tokens":20"#,
      "86/20/1900/0"
    ),
    // The guard: what is larger than the count cannot be inside it.
    (#""prompt_tokens":86,"cached_tokens":1920"#, "86/0/1920/0"),
    (
      #""prompt_tokens":86,"cache_read_input_tokens":80,"cache_creation_input_tokens":7"#,
      "86/7/80/0"
    ),
    (#""input_tokens":86,"cached_tokens":1920"#, "86/0/1920/0"),
    (#""prompt_tokens":1920,"cached_tokens":1920"#, "0/0/1920/0"),
    // Both countings side by side: the exclusive one needs no arithmetic.
    (#""input_tokens":86,"prompt_tokens":2006,"cached_tokens":1920"#, "86/0/1920/0"),
    // Anthropic's own name for the reads says that the input excludes them.
    (#""input_tokens":1000,"cache_read_input_tokens":200,"cached_tokens":200"#, "1000/0/200/0"),
  ])
  func `cached tokens are taken out of the input where it counts them`(
    members: String, usage: String
  ) throws {
    #expect(try call(row(members)).usage == usage)
  }

  @Test(
    arguments: [
      (#""cache_creation_input_tokens":500"#, "500", String?.none),
      (
        #""cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":200}"#,
        "500", "200"
      ),
      (
        #""cache_creation_input_tokens":500,"cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":200}"#,
        "500", "200"
      ),
      // A remainder that the split does not name was still written.
      (
        #""cache_creation_input_tokens":700,"cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":200}"#,
        "700", "200"
      ),
      (
        #""cache_creation_input_tokens":400,"cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":200}"#,
        "500", "200"
      ),
      (#""cache_create_tokens":500,"cache_create_1h_tokens":500"#, "500", "500"),
      (#""cache_create_1h_tokens":500"#, "500", "500"), (#""cache_write_5m":500"#, "500", nil),
      (#""cache_creation_input_tokens":500,"cache_creation":null"#, "500", nil),
      (#""cache_creation":500"#, "500", nil),
    ] as [(String, String, String?)])
  func `the split of cache writes is believed, a remainder is kept`(
    members: String, all: String, oneHour: String?
  ) throws {
    let told = try call(row("\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\(members)}"))
    #expect(told[.cacheCreateTokens] == all)
    #expect(told[.cacheCreate1hTokens] == oneHour)
  }

  @Test func `a flat row with the response's usage inside is read once`() throws {
    let told = try call(
      row(#""input_tokens":412,"usage":{"input_tokens":412,"output_tokens":633}"#))
    #expect(told.usage == "412/0/0/633")
  }

  @Test(arguments: [
    #""input_tokens":2006,"usage":{"input_tokens":86,"output_tokens":300}"#,
    #""usage":{"input_tokens":86,"output_tokens":300},"input_tokens":2006"#,
  ])
  func `the response's own usage beats a row's counts`(members: String) throws {
    #expect(try call(row(members)).usage == "86/0/0/300")
  }

  @Test func `without any count the usage is unknown, not zero`() throws {
    #expect(try call(row(#""status":529"#)).usage == "-/-/-/-")
  }

  @Test func `one count makes the others zero`() throws {
    #expect(try call(row(#""output_tokens":87"#)).usage == "0/0/0/87")
  }
}
