import CallStore
import Tables

/// The five questions to ask before an integration is scaled, answered from the data.
///
/// Source: the checklist of the article on cost forensics (docs/articles.md).
struct AuditChecklist: Equatable {
  enum Verdict: String { case yes, no, unknown = "not known" }

  struct Line: Equatable {
    let question: String
    let verdict: Verdict
    let figure: String
    let evidence: String
  }

  let lines: [Line]

  init(lines: [Line]) { self.lines = lines }

  init(_ facts: AuditFacts, _ levers: [Lever]) throws {
    lines = try [
      Self.caching(facts), Self.ceilings(facts), Self.models(facts, levers), Self.logging(facts),
      Self.sessions(facts),
    ]
  }

  /// Per cent of prompt tokens that should come out of the cache at least, and of the spend that makes a feature count.
  private static let (hitGoal, worthwhile) = (20.0, Int64(100))

  private static func caching(_ facts: AuditFacts) throws -> Line {
    let rows = try facts.rows(CacheHitRatio.recipe)
    let (reads, writes) = (sum(rows, "reads"), sum(rows, "writes"))
    let all = reads + writes + sum(rows, "fresh")
    let spend = Dictionary(grouping: try facts.uses(), by: \.feature).mapValues {
      $0.reduce(0) { $0 + $1.nanos }
    }
    let total = try facts.nanos()
    // What costs next to nothing, or never sends anything twice, is no stable prompt worth the trouble.
    let cold = rows.filter {
      ($0.percent("cache_hit_pct") ?? 100) < hitGoal
        && (spend[$0.text("feature")] ?? 0) * worthwhile >= total
    }.map { $0.text("feature") ?? Selection.none }
    let isLogged = reads + writes > 0
    return Line(
      question: "Is every stable prompt cached?",
      verdict: !isLogged ? .unknown : cold.isEmpty ? .yes : .no,
      figure: isLogged
        ? "\(shareText(reads, of: all)) of input came out of the cache; "
          + (cold.isEmpty
            ? "no feature of 1 % of the spend is below 20 %"
            : "below 20 %: \(cold.sorted().joined(separator: ", "))")
        : "no call read or wrote a cache, or logs do not tell it",
      evidence: facts.command("cache-hit-ratio"))
  }

  private static func ceilings(_ facts: AuditFacts) throws -> Line {
    let rows = try facts.rows(MaxTokens.recipe, ["limit": "10000"])
    let told = rows.filter { $0.known("max_tokens") != nil }
    let odd = told.filter { ["raise", "lower"].contains($0.text("advice") ?? "") }
      .map { "\($0.text("feature") ?? Selection.none) (\($0.text("advice") ?? ""))" }
    let share = shareText(sum(told, "n_calls"), of: sum(rows, "n_calls"))
    return Line(
      question: "Is max_tokens realistic everywhere?",
      verdict: told.isEmpty ? .unknown : odd.isEmpty ? .yes : .no,
      figure: told.isEmpty
        ? "no call logged its max_tokens"
        : "told of \(share) of calls; "
          + (odd.isEmpty ? "none to change" : "to change: \(odd.joined(separator: ", "))"),
      evidence: facts.command("max-tokens"))
  }

  private static func models(_ facts: AuditFacts, _ levers: [Lever]) throws -> Line {
    let uses = try facts.uses()
    let calls = uses.reduce(0) { $0 + $1.calls }
    let dear = uses.filter(\.isDear)
    let short = Set(levers.filter { $0.kind == .routing }.flatMap { $0.parts.map(\.feature) })
    let names = short.map { $0 ?? Selection.none }.sorted()
    let figure =
      "\(shareText(dear.reduce(0) { $0 + $1.calls }, of: calls)) of calls go to dear models "
      + "(\(shareText(dear.reduce(0) { $0 + $1.nanos }, of: try facts.nanos())) of the spend); "
      + (names.isEmpty
        ? "none of them for answers of \(RoutingLevers.shortAnswer) tokens or less"
        : "for answers of \(RoutingLevers.shortAnswer) tokens or less: \(names.joined(separator: ", "))")
    return Line(
      question: "Is it known which calls need a dear model?",
      verdict: calls == 0 ? .unknown : names.isEmpty ? .yes : .no, figure: figure,
      evidence: facts.command("model-mix", "--by", "feature"))
  }

  private static func logging(_ facts: AuditFacts) throws -> Line {
    let coverage = try facts.answer(ModelMix.recipe, ["by": "feature"]).coverage
    let (calls, missing) = (coverage?.calls ?? 0, coverage?.callsWithoutUsage ?? 0)
    return Line(
      question: "Are tokens logged for every request?",
      verdict: calls == 0 ? .unknown : missing * 100 <= calls ? .yes : .no,
      figure: "\(shareText(calls - missing, of: calls)) of \(counted(calls, "call"))",
      evidence: facts.command("data-quality"))
  }

  private static func sessions(_ facts: AuditFacts) throws -> Line {
    let hasBudget = facts.settings.check.budgets.budgets.contains { $0.scope == .session }
    let limit = Billionths(try SessionLevers.threshold(facts)).exact
    let over = try facts.rows(SessionsOver.recipe, ["usd": limit])
    let isLogged = try facts.rows(ToolRecursion.recipe, ["limit": "10000"])
      .contains { $0.number("n_following") > 0 }
    let dearest = over.first.map { ", the dearest \(money($0.number("spend_usd")))" } ?? ""
    return Line(
      question: "Does somebody hear of a session that costs too much?",
      verdict: !isLogged ? .unknown : hasBudget ? .yes : .no,
      figure: (hasBudget
        ? "forensics.yml has a session budget for 'forensics check'"
        : "no session budget in forensics.yml: check: {budgets: {session: 5}}")
        + (isLogged
          ? "; \(counted(Int64(over.count), "session")) above $\(limit)\(dearest)"
          : "; no conversation was logged with a session id"),
      evidence: facts.command("sessions-over", "--usd", limit))
  }

  private static func sum(_ rows: [AuditRows.Row], _ column: String) -> Int64 {
    rows.reduce(0) { $0 + $1.number(column) }
  }
}
