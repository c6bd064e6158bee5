import CallStore
import Tables
import UsageLog

/// Explained calls as a document for people.
struct ExplanationText {
  let calls: [Explanation]
  /// Files below it are shown without it.
  let folder: String

  init(_ calls: [Explanation], folder: String) {
    self.calls = calls
    self.folder = folder
  }

  var document: Document {
    var blocks = calls.flatMap(blocks)
    if calls.count > 1 {
      let total = calls.compactMap(\.totalNanos).reduce(0, +)
      blocks += [
        .title("Together"),
        .pairs([.init("calls", "\(calls.count)"), .init("cost", "$\(dollarText(nanos: total))")]),
      ]
    }
    return Document(blocks)
  }

  private func blocks(of call: Explanation) -> [Document.Block] {
    var blocks: [Document.Block] = [
      .title("\(call.kind == "call" ? "Call" : "Hidden iteration") \(call.name)"),
      .pairs(what(call)),
    ]
    blocks += cost(call)
    for (number, hidden) in call.iterations.enumerated() {
      blocks.append(
        .heading(
          "Hidden inside it, \(number + 1) of \(call.iterations.count): \(hidden.kind), "
            + "by \(hidden.model ?? "no model"), key \(hidden.key)"))
      blocks += cost(hidden, isHidden: true)
    }
    if !call.iterations.isEmpty, let total = call.totalNanos {
      blocks += [
        .heading("The call with what is hidden inside it"),
        .pairs([.init("cost", "$\(dollarText(nanos: total))")]),
      ]
    }
    return blocks + [.heading("Where it comes from")] + origin(call)
  }

  // MARK: - The call

  private func what(_ call: Explanation) -> [Document.Pair] {
    var pairs = [Document.Pair("key", call.key)]
    let time = ClockTime(call.occurredAt).rfc3339
    pairs.append(
      .init(
        "occurred_at", time + (call.timeIsApproximate ? " (approximate: the log has no time)" : ""))
    )
    if let around = call.insideOf { pairs.append(.init("inside of", around)) }
    for fact in call.facts {
      switch fact.value {
      case .null: continue
      case .text(let text): pairs.append(.init(fact.name, text))
      case .integer(let number): pairs.append(.init(fact.name, "\(number)"))
      case .real(let number): pairs.append(.init(fact.name, "\(number)"))
      }
    }
    return pairs
  }

  // MARK: - The cost

  private func cost(_ call: Explanation, isHidden: Bool = false) -> [Document.Block] {
    let reckoning = call.reckoning
    var blocks: [Document.Block] = isHidden ? [] : [.heading("What it costs")]
    if let reason = reckoning.reason {
      blocks.append(
        .sentences([
          "\(reckoning.outcome.phrase): \(reason)" + (reckoning.wayOut.map { "; \($0)" } ?? "")
        ]))
    }
    if !reckoning.lines.isEmpty { blocks.append(.grid(CostGrid(reckoning).grid)) }
    blocks.append(.heading(isHidden ? "Why it costs that" : "Why"))
    blocks.append(.pairs(why(reckoning) + PriceText.pairs(reckoning) + book(call.stored)))
    let remarks = reckoning.remarks + StoredCostText(call.stored, reckoning).remarks
    if !remarks.isEmpty { blocks.append(.sentences(remarks)) }
    return blocks
  }

  private func why(_ reckoning: Reckoning) -> [Document.Pair] {
    reckoning.modifiers.map { modifier in
      Document.Pair(
        modifier.name, (modifier.factor.map { "x \(text($0)): " } ?? "") + modifier.reason)
    }
  }

  private func book(_ stored: StoredCost) -> [Document.Pair] {
    guard let book = stored.book else {
      return [
        .init("price book", "none kept: priced by a version before books were; shown by today's")
      ]
    }
    let used = ClockTime(book.firstUsedAt).toTheSecond
    return [.init("price book", "\(book.hash), first used \(used)")]
  }

  // MARK: - Its logs

  private func origin(_ call: Explanation) -> [Document.Block] {
    call.tellings.flatMap { telling -> [Document.Block] in
      var phrases = [telling.format, "import \(telling.importID)"]
      if let time = telling.importedAt { phrases.append("imported \(ClockTime(time).toTheSecond)") }
      if !telling.label.isEmpty { phrases.append("source \(telling.label)") }
      if let other = telling.replacedBy {
        phrases.append("counts no more: import \(other) read the log again")
      } else if call.tellings.count > 1 {
        phrases.append(telling.decidesUsage ? "decides what was used" : "tells of the same call")
      }
      return [
        .lines([
          place(telling.file, telling.line, below: folder), "  " + phrases.joined(separator: ", "),
        ])
      ]
    }
  }
}

extension Explanation {
  /// Its id, or its key where it has none.
  var name: String {
    for wanted in ["request_id", "message_id"] {
      if case .text(let id)? = facts.first(where: { $0.name == wanted })?.value { return id }
    }
    return key
  }

  var model: String? {
    if case .text(let model)? = facts.first(where: { $0.name == "model" })?.value {
      model
    } else {
      nil
    }
  }
}

extension Reckoning.Outcome {
  /// As a sentence begins.
  var phrase: String {
    switch self {
    case .priced: "Priced"
    case .free: "Free"
    case .covered: "Not charged by the token"
    case .unpriced: "No price"
    case .noUsage, .noModel: "No cost"
    }
  }
}

/// `FILE:LINE`, short where the file lies below the folder.
func place(_ file: String, _ line: Int64, below folder: String) -> String {
  let prefix = folder.hasSuffix("/") ? folder : folder + "/"
  return (file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file) + ":\(line)"
}

func text(_ ratio: Ratio) -> String {
  DecimalFraction(Int128(ratio.numerator), over: Int128(ratio.denominator)).exact
}

/// Nine decimals, as it is stored.
func dollarText(nanos: Int64) -> String { DecimalFraction(nanos: nanos).text(decimals: 9) }
