/// Tab-separated values for `cut`, `awk` and `sort`: a header, then one row a line, always.
///
/// ```
/// tenant_id	total_usd	last_seen
/// acme	412.5	2026-11-15T21:04:05.000Z
/// ```
///
/// A tab, line break or backslash inside text is written `\t`, `\n`, `\r`, `\\`, so splitting at
/// tabs is all the parsing there is. NULL is an empty field. Nothing is protected against being run
/// as a formula: open a spreadsheet with CSV.
struct TSVTable {
  let table: Table

  var text: String { table.delimited(by: "\t", text: field) }

  private func field(_ text: String) -> String {
    guard text.utf8.contains(where: Self.needEscapes.contains) else { return text }
    return text.unicodeScalars.reduce(into: "") { field, scalar in
      switch scalar {
      case "\t": field += "\\t"
      case "\n": field += "\\n"
      case "\r": field += "\\r"
      case "\\": field += "\\\\"
      default: field.unicodeScalars.append(scalar)
      }
    }
  }

  private static let needEscapes = Array("\t\n\r\\".utf8)
}
