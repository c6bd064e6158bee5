import Testing

@testable import UsageLog

/// What the turns of a support chat send.
@Suite struct ConversationTests {
  private var chat: Conversation { Conversation(turns: 5, system: 1200, user: 80, reply: 350) }

  private func inputs(_ conversation: Conversation) -> [Int64] {
    conversation.workload.steps.map(\.usage.input)
  }

  @Test func `the full history grows by a message and an answer a turn`() {
    #expect(inputs(chat) == [1280, 1710, 2140, 2570, 3000])
    #expect(chat.workload.references.map(\.name) == ["naive: no history"])
    #expect(chat.workload.references[0].calls.map(\.input) == [1280, 1280, 1280, 1280, 1280])
  }

  @Test func `twenty turns send the first one twenty times`() {
    let twenty = Conversation(turns: 20, system: 0, user: 100, reply: 0)
    #expect(inputs(twenty).reduce(0, +) == 100 * 210)
  }

  @Test func `a window sends so many turns and no more`() {
    var windowed = chat
    windowed.history = Conversation.History(window: 2)
    #expect(inputs(windowed) == [1280, 1710, 2140, 2140, 2140])
    #expect(windowed.workload.references.count == 2)
    #expect(windowed.workload.references[1].calls.map(\.input) == inputs(chat))
  }

  @Test func `a summary is paid for when it is written, and sent ever after`() {
    var summarised = chat
    summarised.history = Conversation.History(window: 0, summary: 200)
    let steps = summarised.workload.steps
    #expect(
      steps.map(\.name) == [
        "turn 1", "summary before turn 2", "turn 2", "summary before turn 3", "turn 3",
        "summary before turn 4", "turn 4", "summary before turn 5", "turn 5",
      ])
    #expect(inputs(summarised) == [1280, 430, 1480, 630, 1480, 630, 1480, 630, 1480])
    #expect(steps[1].usage.output == 200)
  }

  @Test func `window and summary go together`() {
    var both = chat
    both.history = Conversation.History(window: 2, summary: 200)
    #expect(
      both.workload.steps.map(\.name) == [
        "turn 1", "turn 2", "turn 3", "summary before turn 4", "turn 4", "summary before turn 5",
        "turn 5",
      ])
    #expect(inputs(both) == [1280, 1710, 2140, 430, 2340, 630, 2340])
  }

  @Test func `a cached prefix is written once and read in every later turn`() {
    var cached = chat
    cached.caching = PromptCaching(.prefix, for: .oneHour)
    let usages = cached.workload.steps.map(\.usage)
    #expect(usages.map(\.cacheWrite1h) == [1200, 0, 0, 0, 0])
    #expect(usages.map(\.cacheRead) == [0, 1200, 1200, 1200, 1200])
    #expect(usages.map(\.input) == [80, 510, 940, 1370, 1800])
  }

  @Test(arguments: PromptCaching.Reach.allCases)
  func `caching moves tokens from class to class and loses none`(_ reach: PromptCaching.Reach) {
    var cached = chat
    cached.caching = PromptCaching(reach)
    #expect(cached.workload.steps.map(\.usage.promptTokens) == inputs(chat))
    var loop = ToolLoop(
      system: 250, user: 200,
      rounds: [ToolLoop.Round(call: 80, result: 1500), ToolLoop.Round(call: 60, result: 2200)],
      reply: 250)
    loop.caching = PromptCaching(reach)
    #expect(loop.workload.steps.map(\.usage.promptTokens) == [450, 2030, 4290])
    #expect(loop.workload.steps.map(\.name) == ["tool call 1", "tool call 2", "answer"])
  }

  @Test func `a cached history writes only what is new`() {
    var cached = chat
    cached.caching = PromptCaching(.history)
    let usages = cached.workload.steps.map(\.usage)
    #expect(usages.map(\.cacheWrite5m) == [1280, 430, 430, 430, 430])
    #expect(usages.map(\.cacheRead) == [0, 1280, 1710, 2140, 2570])
    #expect(usages.allSatisfy { $0.input == 0 && $0.output == 350 })
  }

  @Test func `counts that prices are not multiplied with are seen`() {
    #expect(chat.workload.isWithinLimits)
    let huge = Conversation(turns: 1000, system: 0, user: 1_000_000, reply: 1_000_000)
    #expect(!huge.workload.isWithinLimits)
  }
}
