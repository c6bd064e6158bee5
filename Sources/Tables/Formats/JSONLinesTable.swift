/// One JSON object a row and a line, nothing else; the objects are those of ``JSONTable``'s `rows`.
///
/// ```json
/// {"tenant_id":"acme","total_usd":412.5,"last_seen":"2026-11-15T21:04:05.000Z"}
/// {"tenant_id":null,"total_usd":0.000000012,"last_seen":null}
/// ```
struct JSONLinesTable {
  let table: Table

  var text: String {
    table.jsonRows.map { $0 + "\n" }.joined()
  }
}

extension Table {
  /// Each row as an object, in the order of the columns.
  var jsonRows: [String] {
    let keys = columns.map { JSONText.string($0.name) + ":" }
    return rows.map { row in
      let members = columns.indices.map { index in
        keys[index] + ExactCell(row[index], columns[index].unit).json
      }
      return "{" + members.joined(separator: ",") + "}"
    }
  }
}
