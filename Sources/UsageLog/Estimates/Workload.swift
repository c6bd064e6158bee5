/// What one unit of work uses: a call, a conversation, or a task with its tool loop.
package struct Workload: Hashable, Sendable {
  /// What one of it is called: `call`, `conversation`, `task`.
  package let unit: String
  /// The calls that it takes, in their order.
  package let steps: [Step]
  /// The same work reckoned otherwise, to stand beside; the first is the naive figure.
  package let references: [Reference]

  package init(unit: String, steps: [Step], references: [Reference] = []) {
    self.unit = unit
    self.steps = steps
    self.references = references
  }

  /// One call.
  package init(call usage: TokenUsage) {
    self.init(unit: "call", steps: [Step(name: "call", usage: usage)])
  }

  package struct Step: Hashable, Sendable {
    package let name: String
    package let usage: TokenUsage

    package init(name: String, usage: TokenUsage) {
      self.name = name
      self.usage = usage
    }
  }

  package struct Reference: Hashable, Sendable {
    package let name: String
    package let calls: [TokenUsage]
  }

  /// Whether every call keeps to the counts that prices are multiplied with (`TokenUsage`).
  package var isWithinLimits: Bool {
    (steps.map(\.usage) + references.flatMap(\.calls)).allSatisfy {
      (0...1_000_000_000).contains($0.promptTokens) && (0...1_000_000_000).contains($0.output)
    }
  }
}
