import Tables

extension Fold {
  /// The dearest sessions; what is not among them is told in remarks.
  static let sessionsOver = Fold("sessions-over") { input in
    let rows = input.namedRows
    let over = rows.filter { $0.text("class") == "over" }
    let shown = over.prefix(Int(input.number("limit") ?? 20))
    var notes: [String] = []
    if over.count > shown.count {
      let rest = over.dropFirst(shown.count).reduce(0) { $0 + $1["spend_usd_nanos"] }
      notes.append(
        "\(over.count - shown.count) more above the threshold cost \(dollars(rest)); see --limit")
    }
    for row in rows {
      let spend =
        (row["priced_in_all"] > 0 || row["unpriced_in_all"] == 0
          ? "cost \(dollars(row["spend_usd_nanos"]))" : "cost an unknown amount")
        + (row["unpriced_in_all"] > 0
          ? " (\(counted(row["unpriced_in_all"], "call")) without a price)" : "")
      switch row.text("class") {
      case "below":
        notes.append(
          "\(counted(row["n_sessions"], "session")) at or below the threshold \(spend)")
      case "unknown":
        notes.append("\(counted(row["calls_in_all"], "call")) without a session id \(spend)")
      default: continue
      }
    }
    return FoldedRows(
      names: [
        "session_id", "main_feature", "tenant", "user", "spend_usd_nanos", "n_calls", "n_unpriced",
        "span_ms", "started_at", "largest_prompt_tokens",
      ],
      rows: shown.map { row in
        [
          Value(row.text("session")), Value(row.text("main_feature")), Value(row.text("tenant")),
          Value(row.text("person")), .integer(row["spend_usd_nanos"]),
          .integer(row["calls_in_all"]), .integer(row["unpriced_in_all"]),
          .integer(row["until_at"] - row["from_at"]),
          .integer(row["from_at"]), Value(row.whole("largest_prompt_tokens")),
        ]
      }, notes: notes)
  }
}
