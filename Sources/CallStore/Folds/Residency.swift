import Tables

extension Fold {
  /// Each row's place, and whether its tenant allows it; violations first.
  static let residency = Fold("residency") { input in
    let rules = try input.text("rules").map(ResidencyRules.init)
    let rows = input.namedRows.filter { $0["n_calls"] > 0 || $0["spend_usd_nanos"] > 0 }
    let total = rows.reduce(0) { $0 + $1["spend_usd_nanos"] }
    let judged = rows.map { Judged($0, rules) }.sorted { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      if left.nanos != right.nanos { return left.nanos > right.nanos }
      return precedes(left.places, right.places)
    }
    var notes: [String] = []
    if rules == nil {
      let places = Set(
        judged.flatMap { $0.places.dropFirst() }.compactMap { place -> String? in
          if case .text(let text) = place { text } else { nil }
        }
      ).sorted().joined(separator: ", ")
      notes.append(
        "no rules; in forensics.yml, with what you allow of these: residency: {default: [\(places)], "
          + "tenants: {NAME: […]}}")
    }
    let violations = judged.filter { $0.verdict == "violation" }
    if !violations.isEmpty {
      notes.append(
        counted(violations.reduce(0) { $0 + $1.calls }, "call") + " for "
          + dollars(violations.reduce(0) { $0 + $1.nanos })
          + " processed where their tenant does not allow it")
    }
    let untold = judged.filter { $0.geography == nil }
    if !untold.isEmpty {
      notes.append(
        counted(untold.reduce(0) { $0 + $1.calls }, "call")
          + " without a word on where it was processed")
    }
    return FoldedRows(
      names: [
        "tenant_id", "channel", "region", "inference_geo", "geography", "allowed",
        "spend_usd_nanos",
        "share_pct", "n_calls", "verdict", "violation",
      ],
      rows: judged.map { row in
        row.places + [
          Value(row.geography), Value(row.allowed?.joined(separator: ",")), row.spend,
          Value(percent(row.nanos, of: total)), .integer(row.calls), Value(row.verdict),
          .integer(row.verdict == "violation" ? 1 : 0),
        ]
      }, notes: notes)
  }
}

/// A tenant's calls in one place, held against its rule.
private struct Judged {
  let places: [Value]
  let geography: String?
  let allowed: [String]?
  let verdict: String?
  let nanos: Int64
  let calls: Int64
  let spend: Value

  init(_ row: FoldRow, _ rules: ResidencyRules?) {
    places = row.values(of: ["tenant_id", "channel", "region", "inference_geo"])
    let place = Geography(
      inferenceGeo: row.text("inference_geo"), region: row.text("region"))
    geography = place.name
    allowed = rules?.allowed(row.text("tenant_id"))
    verdict = allowed.map { place.isAmong($0).map { $0 ? "ok" : "violation" } ?? "unknown" }
    nanos = row["spend_usd_nanos"]
    calls = row["n_calls"]
    spend = row["n_priced"] == 0 && calls > 0 ? .null : .integer(nanos)
  }

  /// Violations, what is not known, the rest.
  var rank: Int { verdict == "violation" ? 0 : verdict == "unknown" ? 1 : 2 }
}
