import ArgumentParser
import UsageLog

/// Calls that send earlier ones again: conversations and tool loops.
struct ConversationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A conversation of so many turns.", valueName: "n")) var turns: Int64?
  @Option(
    help: ArgumentHelp(
      "A tool loop instead: the tokens of each tool's result, in order.", valueName: "t,t,…"))
  var toolResult: TokenList?
  @Option(
    help: ArgumentHelp(
      "Tokens in which the model calls each tool; one number holds for all.", valueName: "t,t,…"))
  var toolCallOutput: TokenList?
  @Option(help: ArgumentHelp("System prompt and tool definitions.", valueName: "tokens"))
  var system: Int64?
  @Option(help: ArgumentHelp("One message of the user.", valueName: "tokens")) var user: Int64?
  @Option(help: ArgumentHelp("One answer.", valueName: "tokens")) var reply: Int64?
  @Option(
    help: ArgumentHelp(
      "What a turn sends of earlier ones: full, window:K turns, summary:T tokens, or both with a comma.",
      valueName: "what"))
  var history: HistoryArgument?
  @Option(
    help:
      "What goes through the cache: none, prefix (the system prompt) or history (all sent before).")
  var cache: PromptCaching.Reach = .none

  var isGiven: Bool {
    turns != nil || toolResult != nil || toolCallOutput != nil || system != nil || user != nil
      || reply != nil || history != nil || cache != .none
  }

  func validate() throws {
    guard isGiven else { return }
    try checkTokens(system, "--system")
    try checkTokens(user, "--user")
    try checkTokens(reply, "--reply")
    guard (turns == nil) != (toolResult == nil) else {
      throw ValidationError(
        "--system, --user and --reply describe a conversation (add --turns N) or a tool loop "
          + "(add --tool-result TOKENS,…), one of them")
    }
    guard user != nil, reply != nil else {
      throw ValidationError(
        "add --user TOKENS and --reply TOKENS: the length of a message and an answer")
    }
    if cache == .prefix, (system ?? 0) == 0 {
      throw ValidationError("--cache prefix caches the system prompt: add --system TOKENS")
    }
    if let turns { try checkConversation(turns) } else { try checkToolLoop() }
  }

  private func checkConversation(_ turns: Int64) throws {
    guard (1...1000).contains(turns) else {
      throw ValidationError("--turns takes 1 to 1000, not \(turns)")
    }
    if toolCallOutput != nil { throw ValidationError("--tool-call-output needs --tool-result") }
    if cache == .history, let history, history.value != .full {
      throw ValidationError(
        "--cache history needs --history full: a window or a summary changes what was sent before, "
          + "so the cache does not find it")
    }
  }

  private func checkToolLoop() throws {
    let results = toolResult?.tokens.count ?? 0
    if history != nil {
      throw ValidationError("--history belongs to --turns: a tool loop sends all")
    }
    guard let calls = toolCallOutput?.tokens, calls.count == 1 || calls.count == results else {
      throw ValidationError(
        "--tool-call-output takes the tokens of each tool call, \(results) of them or one for all, "
          + "as in --tool-call-output 80")
    }
  }

  /// - Returns: nil where neither a conversation nor a tool loop is described.
  func workload(_ lifetime: PromptCaching.Lifetime) throws -> Workload? {
    let caching = PromptCaching(cache, for: lifetime)
    let (system, user, reply) = (system ?? 0, user ?? 0, reply ?? 0)
    let workload: Workload
    if let turns {
      var conversation = Conversation(turns: turns, system: system, user: user, reply: reply)
      conversation.history = history?.value ?? .full
      conversation.caching = caching
      workload = conversation.workload
    } else if let results = toolResult?.tokens, let calls = toolCallOutput?.tokens {
      let rounds = results.indices.map { index in
        ToolLoop.Round(call: calls.count == 1 ? calls[0] : calls[index], result: results[index])
      }
      var loop = ToolLoop(system: system, user: user, rounds: rounds, reply: reply)
      loop.caching = caching
      workload = loop.workload
    } else {
      return nil
    }
    guard workload.isWithinLimits else {
      throw ValidationError(
        "a call would have more than 1000000000 tokens; give fewer turns or tokens")
    }
    return workload
  }
}

/// `1500,2200,800`.
struct TokenList: ExpressibleByArgument {
  let tokens: [Int64]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    tokens = parts.compactMap { Int64($0) }.filter { (0...1_000_000_000).contains($0) }
    guard tokens.count == parts.count, tokens.count <= 1000 else { return nil }
  }
}

/// `full`, `window:4`, `summary:300` or `window:4,summary:300`.
struct HistoryArgument: ExpressibleByArgument {
  let value: Conversation.History

  init?(argument: String) {
    if argument == "full" {
      value = .full
      return
    }
    var given: [Substring: Int64] = [:]
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: ":")
      guard pair.count == 2, pair[0] == "window" || pair[0] == "summary",
        let number = Int64(pair[1]), (0...1_000_000_000).contains(number), given[pair[0]] == nil
      else { return nil }
      given[pair[0]] = number
    }
    value = Conversation.History(window: given["window"] ?? 0, summary: given["summary"] ?? 0)
  }
}

extension PromptCaching.Reach: ExpressibleByArgument {}
