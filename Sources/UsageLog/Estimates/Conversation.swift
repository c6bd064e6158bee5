/// A conversation whose every turn sends earlier ones again, because the API keeps none of them.
package struct Conversation: Hashable, Sendable {
  /// What of the earlier turns a turn sends.
  package struct History: Hashable, Sendable {
    /// Turns sent as they were; nil is all of them.
    package let window: Int64?
    /// Tokens of the summary that stands for turns before the window; 0 is none.
    package let summary: Int64

    package static let full = History(window: nil, summary: 0)

    package init(window: Int64?, summary: Int64 = 0) {
      self.window = window
      self.summary = summary
    }
  }

  package var turns: Int64
  /// Tokens of the system prompt and the tools' definitions.
  package var system: Int64
  /// Tokens of one message of the user.
  package var user: Int64
  /// Tokens of one answer.
  package var reply: Int64
  package var history = History.full
  /// Caching what changes from turn to turn needs the full history: `.history` asks for `.full`.
  package var caching = PromptCaching()

  package init(turns: Int64, system: Int64, user: Int64, reply: Int64) {
    self.turns = turns
    self.system = system
    self.user = user
    self.reply = reply
  }

  package var workload: Workload {
    var references = [Workload.Reference(name: "naive: no history", calls: naive)]
    if history != .full || caching.reach != .none {
      references.append(Workload.Reference(name: "full history uncached", calls: uncached))
    }
    return Workload(unit: "conversation", steps: steps, references: references)
  }

  /// The turns, and the calls that write the summary between them.
  ///
  /// A summary is written anew from the old one and the turn that leaves the window, by the same
  /// model; not after the last turn.
  private var steps: [Workload.Step] {
    let prompts = (1...turns).map { prompt(of: $0, sent: history) }
    let usages = caching.usages(
      prompts: prompts, outputs: prompts.map { _ in reply }, prefix: system)
    return zip(1...turns, usages).flatMap { turn, usage in
      [summarising(before: turn), Workload.Step(name: "turn \(turn)", usage: usage)]
        .compactMap(\.self)
    }
  }

  private func summarising(before turn: Int64) -> Workload.Step? {
    guard history.summary > 0, let window = history.window, turn - 1 > window else { return nil }
    let old = turn - 2 > window ? history.summary : 0
    return Workload.Step(
      name: "summary before turn \(turn)",
      usage: TokenUsage(input: old + user + reply, output: history.summary))
  }

  private func prompt(of turn: Int64, sent history: History) -> Int64 {
    let earlier = turn - 1
    let sent = min(earlier, history.window ?? earlier)
    return system + (sent < earlier ? history.summary : 0) + sent * (user + reply) + user
  }

  /// What is reckoned where nobody thinks of the history.
  private var naive: [TokenUsage] {
    Array(repeating: TokenUsage(input: system + user, output: reply), count: Int(turns))
  }

  private var uncached: [TokenUsage] {
    (1...turns).map { TokenUsage(input: prompt(of: $0, sent: .full), output: reply) }
  }
}
