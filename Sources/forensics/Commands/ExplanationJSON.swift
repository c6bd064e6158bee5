import CallStore
import Tables
import UsageLog

/// Explained calls as JSON, one object a call; every amount is an exact number.
///
/// ```json
/// {"schema_version":1,"explain":[{"key":…,"facts":{…},"outcome":"priced","lines":[…],"sum_usd":…,"cost_usd":…,…}]}
/// ```
enum ExplanationJSON {
  static func document(_ calls: [Explanation]) -> String {
    let lines = calls.map { "    " + call($0) }.joined(separator: ",\n")
    return "{\n  \"schema_version\":1,\n  \"explain\":["
      + (calls.isEmpty ? "" : "\n\(lines)\n  ") + "]\n}\n"
  }

  static func call(_ call: Explanation) -> String {
    let facts = call.facts.map { (key: $0.name, json: value($0.value)) }
    return JSONText.object(
      [
        ("key", JSONText.string(call.key)),
        ("occurred_at", JSONText.instant(call.occurredAt)),
        ("time_is_approximate", "\(call.timeIsApproximate)"),
        ("kind", JSONText.string(call.kind)),
        ("inside_of", string(call.insideOf)),
        ("facts", JSONText.object(facts)),
      ] + reckoning(call.reckoning) + [
        ("stored", stored(call.stored)),
        ("tellings", array(call.tellings.map(telling))),
        ("iterations", array(call.iterations.map(Self.call))),
        ("total_usd", nanos(call.totalNanos)),
      ])
  }

  // MARK: - The reckoning

  private static func reckoning(_ reckoning: Reckoning) -> [(key: String, json: String)] {
    [
      ("outcome", JSONText.string(reckoning.outcome.rawValue)),
      ("reason", string(reckoning.reason)),
      ("way_out", string(reckoning.wayOut)),
      ("lines", array(reckoning.lines.map(line))),
      ("modifiers", array(reckoning.modifiers.map(modifier))),
      ("remarks", array(reckoning.remarks.map(JSONText.string))),
      ("sum_usd", picodollars(reckoning.picodollars)),
      ("payable", ratio(reckoning.payable)),
      ("cost_usd", nanos(reckoning.costNanos)),
      ("list_sum_usd", picodollars(reckoning.listPicodollars)),
      ("list_cost_usd", nanos(reckoning.listNanos)),
      ("rounding", JSONText.string("half-even, once, to 9 decimals")),
      ("price_row", reckoning.row.map(row) ?? "null"),
      ("agreement", reckoning.agreement.map(agreement) ?? "null"),
      ("passed_over", array(reckoning.passedOver.map(agreement))),
      ("stand_in", reckoning.standIn.map(agreement) ?? "null"),
    ]
  }

  static func line(_ line: Reckoning.Line) -> String {
    // A search is charged each, a token by the million.
    let isSearch = line.tokenClass == .webSearch
    let unit = isSearch ? "usd_each" : "usd_per_mtok"
    func rate(_ rate: Int64?) -> String {
      rate.map {
        isSearch
          ? DecimalFraction(picodollars: Int128($0)).exact : DecimalFraction(rate: $0).exact
      } ?? "null"
    }
    return JSONText.object([
      ("class", JSONText.string(line.tokenClass.rawValue)), ("count", "\(line.count)"),
      ("listed_\(unit)", rate(line.listedRate)), (unit, rate(line.rate)),
      ("amount_usd", picodollars(line.picodollars)),
    ])
  }

  private static func modifier(_ modifier: Reckoning.Modifier) -> String {
    JSONText.object([
      ("name", JSONText.string(modifier.name)),
      ("factor", modifier.factor.map(ratio) ?? "null"),
      ("reason", JSONText.string(modifier.reason)),
    ])
  }

  static func row(_ row: PriceRow) -> String {
    JSONText.object([
      ("provider", JSONText.string(row.provider)), ("model", JSONText.string(row.model)),
      ("alias_of", string(row.aliasOf)),
      (
        "valid_from", row.validFrom == .min ? "null" : JSONText.string(PriceText.day(row.validFrom))
      ),
      ("valid_to", row.validTo == .max ? "null" : JSONText.string(PriceText.day(row.validTo))),
      ("list", JSONText.string(row.list)), ("source", JSONText.string(row.source)),
      ("verified", "\(!row.unverified)"),
    ])
  }

  private static func agreement(_ agreement: Reckoning.Agreement) -> String {
    JSONText.object([
      ("name", JSONText.string(agreement.name)), ("calls", JSONText.string(agreement.calls)),
      ("effect", JSONText.string(agreement.effect)),
      ("passed_over", string(agreement.passedOver)),
    ])
  }

  // MARK: - What is stored, and by whom it was told

  private static func stored(_ stored: StoredCost) -> String {
    let difference = stored.costNanos.flatMap { cost in stored.loggedNanos.map { cost - $0 } }
    return JSONText.object([
      ("cost_usd", nanos(stored.costNanos)), ("list_cost_usd", nanos(stored.listNanos)),
      ("logged_cost_usd", nanos(stored.loggedNanos)), ("logged_difference_usd", nanos(difference)),
      ("price_book", string(stored.book?.hash)),
      ("price_book_first_used_at", JSONText.instant(stored.book?.firstUsedAt)),
      ("agrees", "\(stored.agrees)"),
      (
        "today",
        stored.today.map {
          JSONText.object([
            ("outcome", JSONText.string($0.outcome.rawValue)), ("cost_usd", nanos($0.costNanos)),
          ])
        } ?? "null"
      ),
    ])
  }

  private static func telling(_ telling: ExplainedTelling) -> String {
    JSONText.object([
      ("file", JSONText.string(telling.file)), ("line", "\(telling.line)"),
      ("source", JSONText.string(telling.label)), ("format", JSONText.string(telling.format)),
      ("import", "\(telling.importID)"), ("imported_at", JSONText.instant(telling.importedAt)),
      ("replaced_by", telling.replacedBy.map { "\($0)" } ?? "null"),
      ("decides_usage", "\(telling.decidesUsage)"),
    ])
  }
}

extension ExplanationJSON {
  static func array(_ elements: [String]) -> String { "[\(elements.joined(separator: ","))]" }

  static func string(_ text: String?) -> String { text.map(JSONText.string) ?? "null" }

  static func nanos(_ amount: Int64?) -> String {
    amount.map { DecimalFraction(nanos: $0).exact } ?? "null"
  }

  static func picodollars(_ amount: Int128?) -> String {
    amount.map { DecimalFraction(picodollars: $0).exact } ?? "null"
  }

  static func ratio(_ ratio: Ratio) -> String { text(ratio) }

  private static func value(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .text(let text): JSONText.string(text)
    case .integer(let number): "\(number)"
    case .real(let number): number.isFinite ? "\(number)" : "null"
    }
  }
}
