/// Less of a conversation's earlier turns sent again: a sliding window, or a summary.
///
/// What a turn added is its prompt less the one before. What the first turn sent (the system prompt and
/// the first question, which the log cannot tell apart) is always sent.
package struct HistoryLimit: Hypothesis {
  package enum Rule: Hashable, Sendable {
    /// Only what so many turns added is sent, the turn itself included.
    case window(turns: Int64)
    /// After every so many turns, all before is replaced by a summary of so many tokens.
    case summary(tokens: Int64, every: Int64)
  }

  package let rule: Rule

  package init(_ rule: Rule) { self.rule = rule }

  package var assumption: String {
    switch rule {
    case .window(let turns):
      "what the first turn and the last \(turns) added is enough to answer from"
    case .summary(let tokens, let every):
      "a summary of \(tokens) tokens, written anew by the same model after every \(every) turns, is enough to answer from"
    }
  }

  package var reach: Reach { Reach(isInOrder: true) }

  package func reviser() -> any CallReviser { HistoryReviser(rule: rule) }
}
