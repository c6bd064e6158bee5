import CallStore
import UsageLog

/// Model routing: features whose answers are short, made with Haiku instead of a dear model.
enum RoutingLevers {
  /// Tokens that 95 of 100 answers stay within: a label, a number, a yes.
  static let shortAnswer: Int64 = 100

  static func find(_ facts: AuditFacts) throws -> [Lever] {
    let short = try shortFeatures(facts)
    let uses = try facts.uses().filter {
      $0.isDear && short.contains($0.feature) && ModelFacts.isClaude($0.model ?? "")
    }
    guard !uses.isEmpty else { return [] }
    let targets = try targets(facts)
    return try uses.compactMap { use in
      let question = ["route", "--from", use.model ?? "", "--to", targets[0]]
      if try facts.walkable([use.feature], question: question).isEmpty { return nil }
      for target in targets {
        if let lever = try lever(use, to: target, facts) { return lever }
      }
      return nil
    }
  }

  /// Features whose answers are short at every ceiling, and that do not feed themselves.
  private static func shortFeatures(_ facts: AuditFacts) throws -> Set<String?> {
    let answers = Dictionary(
      grouping: try facts.rows(MaxTokens.recipe, ["limit": "10000"])
    ) { $0.text("feature") }
    let short = answers.filter { _, rows in
      rows.allSatisfy { ($0.known("p95_tokens") ?? .max) <= shortAnswer }
    }
    let loops = try facts.rows(ToolRecursion.recipe, ["limit": "10000"])
      .filter { $0.isSet("trap") }.map { $0.text("feature") }
    return Set(short.keys).subtracting(loops)
  }

  /// The Haiku that answers most already, else the newest.
  private static func targets(_ facts: AuditFacts) throws -> [String] {
    let used = Dictionary(grouping: try facts.uses().filter { $0.model?.contains("haiku") == true })
    { $0.model ?? "" }
    let most = used.mapValues { $0.reduce(0) { $0 + $1.calls } }
      .sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map(\.key)
    return most.isEmpty ? ["claude-haiku-5-5", "claude-haiku-4-5"] : most
  }

  private static func lever(
    _ use: AuditFacts.Use, to target: String, _ facts: AuditFacts
  ) throws -> Lever? {
    guard let model = use.model, let old = try? facts.book.requireModel(model),
      let new = try? facts.book.requireModel(target), old.id != new.id
    else { return nil }
    let name = use.feature ?? Selection.none
    func answer(_ tokenizer: Ratio) throws -> WhatIfAnswer {
      try facts.whatIf(
        Route(
          from: old.id, ids: facts.book.catalogue.ids(of: old.id), to: new.id,
          tokenizer: tokenizer), [.feature: [name]])
    }
    let factor = ModelFacts.tokenizerFactor(from: old.id, to: new.id)
    let found = try answer(factor)
    let (before, saved) = (found.total.asItWas.nanos, -found.total.change(0))
    guard saved > 0 else { return nil }
    var alternatives: [Lever.Alternative] = []
    if factor != .one {
      let same = -(try answer(.one)).total.change(0)
      alternatives = [
        Lever.Alternative(
          assumption: "as many tokens there as here (--tokenizer 1)", nanos: same,
          monthNanos: try facts.monthly(same))
      ]
    }
    let cold = found.effects.filter { $0.effect == .coldCache }.reduce(0) { $0 + $1.nanos }
    return Lever(
      kind: .routing, subject: "\(name)/\(model)",
      title: "Answer \(name) with \(new.listed) instead of \(old.listed)",
      parts: [try facts.part(use.feature, saved)],
      arithmetic:
        "\(counted(found.movedCalls, "call")) as they were \(money(before)), there \(money(before - saved)): "
        + "\(money(saved)) in \(facts.days())",
      assumption: found.assumption, confidence: .low,
      reason:
        "95 of 100 answers have at most \(shortAnswer) tokens, which looks simple; what they are for only you know",
      evidence: [
        facts.command(
          "what-if", "route", "--from", model, "--to", target, "--feature", name),
        facts.command("max-tokens", "--feature", name),
      ],
      sideEffects: [
        "quality: try it on an evaluation set first",
        cold > 0 ? "cold caches are in the figure: \(money(cold))" : nil,
      ].compactMap(\.self), alternatives: alternatives)
  }
}
