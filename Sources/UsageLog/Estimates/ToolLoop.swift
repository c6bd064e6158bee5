/// A task that a model solves by calling tools one after the other.
///
/// Each result is sent back with everything before it, so that the first result is paid for as often as
/// calls follow: the recursion trap.
package struct ToolLoop: Hashable, Sendable {
  /// A tool called and answered.
  package struct Round: Hashable, Sendable {
    /// Tokens in which the model asks for the tool.
    package let call: Int64
    /// Tokens of the tool's result.
    package let result: Int64

    package init(call: Int64, result: Int64) {
      self.call = call
      self.result = result
    }
  }

  /// Tokens of the system prompt and the tools' definitions.
  package var system: Int64
  /// Tokens of the user's question.
  package var user: Int64
  package var rounds: [Round]
  /// Tokens of the answer at the end.
  package var reply: Int64
  package var caching = PromptCaching()

  package init(system: Int64, user: Int64, rounds: [Round], reply: Int64) {
    self.system = system
    self.user = user
    self.rounds = rounds
    self.reply = reply
  }

  package var workload: Workload {
    let question = TokenUsage(input: system + user, output: reply)
    var references = [Workload.Reference(name: "naive: no tools", calls: [question])]
    if caching.reach != .none {
      references.append(
        Workload.Reference(name: "no cache", calls: usages(cached: PromptCaching())))
    }
    return Workload(unit: "task", steps: steps, references: references)
  }

  private var steps: [Workload.Step] {
    zip(1..., usages(cached: caching)).map { number, usage in
      let isAnswer = number > rounds.count
      return Workload.Step(name: isAnswer ? "answer" : "tool call \(number)", usage: usage)
    }
  }

  private func usages(cached caching: PromptCaching) -> [TokenUsage] {
    let prompts = rounds.reduce(into: [system + user]) { prompts, round in
      prompts.append((prompts.last ?? 0) + round.call + round.result)
    }
    return caching.usages(prompts: prompts, outputs: rounds.map(\.call) + [reply], prefix: system)
  }
}
