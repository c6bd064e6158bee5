/// RFC 4180 for spreadsheets and scripts: a header, then exact values.
///
/// ```csv
/// tenant_id,total_usd,n_calls,last_seen,retry_storm
/// acme,412.5,9120,2026-11-15T21:04:05.000Z,true
/// "Wayne, Inc.",0.000000012,3,2026-11-15T20:00:00.000Z,false
/// ```
///
/// Lines end in LF, not in RFC 4180's CRLF: spreadsheets read both, while `cut` and `sort` would
/// carry the CR along. NULL is an empty field, the empty text is `""`. Text that a spreadsheet would
/// run as a formula (CWE-1236) gets a leading apostrophe; numbers are left alone, negative ones too.
struct CSVTable {
  let table: Table

  var text: String { table.delimited(by: ",", text: field) }

  private func field(_ text: String) -> String {
    let text = startsFormula(text) ? "'" + text : text
    guard text.isEmpty || text.utf8.contains(where: Self.needQuotes.contains) else { return text }
    // By scalars: as characters, a quote and the accent after it would be one, and no quote.
    return "\"" + text.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) }
      + "\""
  }

  private func startsFormula(_ text: String) -> Bool {
    text.unicodeScalars.first.map(Self.formulaStarts.contains) ?? false
  }

  private static let needQuotes = Array("\",\r\n".utf8)

  // The last four are what some East Asian settings take for the first four.
  private static let formulaStarts = Array("=+-@\t\r\n\0＝＋－＠".unicodeScalars)
}
