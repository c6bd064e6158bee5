import CallStore
import Tables

/// An explained row as JSON; every amount is an exact number.
///
/// ```json
/// {"schema_version":1,"recipe":"top-prompts","row_number":1,"row":{…},"filters":{…},
///   "windows":[{"since":…,"groups":[…],"sum_usd":…,"cost_usd":…,"dearest":[…]}],"ties":[…]}
/// ```
enum RowExplanationJSON {
  static func document(_ explained: RowExplanation) -> String {
    let filters = explained.filters.map {
      (key: $0.dimension.column, json: ExplanationJSON.array($0.values.map(JSONText.string)))
    }
    let members: [(key: String, json: String)] = [
      ("schema_version", "1"), ("recipe", JSONText.string(explained.recipe)),
      ("row_number", "\(explained.number)"), ("row", row(explained)),
      ("filters", JSONText.object(filters)),
      ("windows", ExplanationJSON.array(explained.windows.map(window))),
      ("ties", ExplanationJSON.array(explained.ties.map(tie))),
    ]
    return "{\n" + members.map { "  \"\($0.key)\":\($0.json)" }.joined(separator: ",\n") + "\n}\n"
  }

  /// As the recipe's own JSON has it.
  private static func row(_ explained: RowExplanation) -> String {
    let table = Tables.Table(columns: explained.columns, rows: [explained.row])
    let answer = Answer(recipe: explained.recipe, asOf: 0, table: table)
    return TableFormat.jsonl.render(answer).trimmingNewline
  }

  private static func window(_ window: ExplainedWindow) -> String {
    let exact = window.exactCost
    return JSONText.object([
      ("since", JSONText.instant(window.since)), ("until", JSONText.instant(window.until)),
      ("calls", "\(window.calls)"), ("extra_calls", "\(window.extraCalls)"),
      ("groups", ExplanationJSON.array(window.groups.map(group))),
      (
        "sum_usd",
        DecimalFraction(exact.numerator, over: 1_000_000_000_000 * exact.denominator).exact
      ),
      ("cost_usd", ExplanationJSON.nanos(window.costNanos)),
      ("stored_cost_usd", ExplanationJSON.nanos(window.storedNanos)),
      ("disagreeing_calls", "\(window.disagreeing)"),
      ("dearest", ExplanationJSON.array(window.dearest.map(dear))),
    ])
  }

  private static func group(_ group: CallGroup) -> String {
    JSONText.object([
      ("model", ExplanationJSON.string(group.model)),
      ("conditions", ExplanationJSON.array(group.conditions.map(JSONText.string))),
      ("outcome", JSONText.string(group.outcome.rawValue)),
      ("reason", ExplanationJSON.string(group.reason)),
      ("long_prompts", "\(group.isLong)"),
      ("price_row", group.row.map(ExplanationJSON.row) ?? "null"),
      ("agreement", ExplanationJSON.string(group.agreement)),
      ("payable", ExplanationJSON.ratio(group.payable)),
      ("calls", "\(group.calls)"), ("extra_calls", "\(group.extraCalls)"),
      ("lines", ExplanationJSON.array(group.lines.map(ExplanationJSON.line))),
      ("sum_usd", ExplanationJSON.picodollars(group.picodollars)),
      ("cost_usd", ExplanationJSON.nanos(group.costNanos)),
      ("list_cost_usd", ExplanationJSON.nanos(group.listNanos)),
    ])
  }

  private static func dear(_ call: ExplainedWindow.DearCall) -> String {
    JSONText.object([
      ("key", JSONText.string(call.key)), ("request_id", ExplanationJSON.string(call.id)),
      ("occurred_at", JSONText.instant(call.occurredAt)), ("kind", JSONText.string(call.kind)),
      ("cost_usd", ExplanationJSON.nanos(call.costNanos)),
      ("file", JSONText.string(call.file)), ("line", "\(call.line)"),
    ])
  }

  private static func tie(_ tie: RowExplanation.Tie) -> String {
    func amount(_ number: Int64) -> String {
      tie.unit == .usd ? ExplanationJSON.nanos(number) : "\(number)"
    }
    return JSONText.object([
      ("column", JSONText.string(tie.column)), ("value", amount(tie.value)),
      ("sum_of", JSONText.string(tie.sumOf)), ("sum", amount(tie.sum)),
      ("is_equal", "\(tie.isEqual)"),
    ])
  }
}

extension String {
  fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
