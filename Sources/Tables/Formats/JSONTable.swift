/// The answer as one JSON document (RFC 8259), the contract with users' scripts.
///
/// ```json
/// {
///   "schema_version":1,
///   "recipe":"top-tenants",
///   "as_of":"2026-11-15T22:00:00.000Z",
///   "since":"2026-11-14T22:00:00.000Z",
///   "until":"2026-11-15T22:00:00.000Z",
///   "timezone":"UTC",
///   "coverage":{"calls":412,"priced_calls":405,"unpriced_models":["gpt-x"],
///     "calls_without_usage":0,"left_out_calls":0,"approximate_times":0,"extra_calls":0,
///     "unpriced_calls":5,"tokens":1843210,"unpriced_tokens":1200,"covered_calls":2,
///     "covered_list_usd":0.12,"price_books":["3f2a9c4e11223344"]},
///   "columns":[
///     {"name":"tenant_id","unit":"text"},
///     {"name":"total_usd","unit":"usd"},
///     {"name":"last_seen","unit":"instant"},
///     {"name":"retry_storm","unit":"flag"}
///   ],
///   "rows":[
///     {"tenant_id":"acme","total_usd":412.5,"last_seen":"2026-11-15T21:04:05.000Z","retry_storm":true},
///     {"tenant_id":null,"total_usd":0.000000012,"last_seen":null,"retry_storm":false}
///   ]
/// }
/// ```
///
/// - `schema_version` rises when something below changes its meaning or goes; new keys may come.
/// - `since` is in the window, `until` no longer; null is "no bound". `coverage` is null where
///   nothing was counted, otherwise on one line. Its `unpriced_calls` and `covered_calls` count
///   hidden iterations (`extra_calls`) too; a null among the `price_books`, the newest of which is first, stands
///   for prices from before books were kept. `catalogue`, the id of the prices used, stands
///   behind it where the answer rests on prices without a window of calls.
/// - `unit` is `text`, `count`, `tokens`, `usd`, `money` (of the currency in the name), `ms`, `pct` (0–100), `instant`, `flag` or `real`.
/// - `usd` is a number in dollars, printed from whole nano-dollars: exact, at most 9 decimals, no
///   exponent. A reader that keeps numbers as binary doubles rounds beyond 15 digits.
/// - `instant` is an RFC 3339 string in UTC with milliseconds, `flag` true or false.
/// - Other reals have the shortest form that reads back the same. NULL and no-numbers are null.
/// - Keys are in this order, the rows' in that of `columns`; a second `id` is called `id_2`.
struct JSONTable {
  let answer: Answer

  var text: String {
    var members = [
      ("schema_version", "1"),
      ("recipe", JSONText.string(answer.recipe)),
      ("as_of", JSONText.instant(answer.asOf)),
      ("since", JSONText.instant(answer.since)),
      ("until", JSONText.instant(answer.until)),
      ("timezone", JSONText.string(answer.timezone)),
      ("coverage", answer.coverage?.json ?? "null"),
    ]
    if let catalogue = answer.catalogue {
      members.append(("catalogue", JSONText.string(catalogue)))
    }
    members += [
      ("columns", lines(answer.table.columns.map(\.json))),
      ("rows", lines(answer.table.jsonRows)),
    ]
    return "{\n" + members.map { "  \"\($0)\":\($1)" }.joined(separator: ",\n") + "\n}\n"
  }

  private func lines(_ elements: [String]) -> String {
    guard !elements.isEmpty else { return "[]" }
    return "[\n" + elements.map { "    " + $0 }.joined(separator: ",\n") + "\n  ]"
  }
}

extension Column {
  fileprivate var json: String {
    JSONText.object([("name", JSONText.string(name)), ("unit", JSONText.string(unit.rawValue))])
  }
}

extension Coverage {
  /// One object, as `JSONTable` documents it.
  package var json: String {
    let models = unpricedModels.map(JSONText.string).joined(separator: ",")
    let books = priceBooks.map { $0.map(JSONText.string) ?? "null" }.joined(separator: ",")
    return JSONText.object([
      ("calls", String(calls)),
      ("priced_calls", String(pricedCalls)),
      ("unpriced_models", "[\(models)]"),
      ("calls_without_usage", String(callsWithoutUsage)),
      ("left_out_calls", String(leftOut)),
      ("approximate_times", String(approximateTimes)),
      ("extra_calls", String(extraCalls)),
      ("unpriced_calls", String(unpricedCalls)),
      ("tokens", String(tokens)),
      ("unpriced_tokens", String(unpricedTokens)),
      ("covered_calls", String(coveredCalls)),
      ("covered_list_usd", Billionths(coveredListNanos).exact),
      ("price_books", "[\(books)]"),
    ])
  }
}
