import Tables

/// Why nothing can be explained; wording names the way out.
package enum ExplainError: Error, Equatable, CustomStringConvertible {
  case unknownID(String)
  case noCallOnLine(file: String, line: Int64)
  case noRows(recipe: String)
  case noSuchRow(String, recipe: String, rows: Int, first: [String])
  /// The instant is one that the row shows.
  case noDimension(recipe: String, at: Int64? = nil)
  case isOthers(recipe: String)

  /// The command line is wrong, whatever the database holds.
  package var isWrongUsage: Bool {
    switch self {
    case .noDimension, .isOthers: true
    default: false
    }
  }

  package var description: String {
    switch self {
    case .unknownID(let id):
      "no call is known by '\(id)'; an id is a request id (req_…), a message id (msg_…), a log's FILE:LINE, or "
        + "a key that explain printed; see calls with: forensics calls --as-of latest"
    case .noCallOnLine(let file, let line):
      "'\(file)' was imported, but its line \(line) told no call; see what could not be read with: "
        + "forensics rejects"
    case .noRows(let recipe):
      "\(recipe) has no rows to explain here; try another window (--since 7d, --as-of latest) or fewer filters"
    case .noSuchRow(let row, let recipe, let rows, let first):
      "\(recipe) has no row '\(row)' here; give a number from 1 to \(rows), or the text of its first column"
        + (first.isEmpty ? "" : ", such as \(first.joined(separator: ", "))")
    case .isOthers(let recipe):
      "this row of \(recipe) stands for all the groups beyond --limit; show them with a higher one, then explain one"
    case .noDimension(let recipe, nil):
      "the rows of \(recipe) do not say which calls they stand for: --explain needs a column such as "
        + "tenant_id, feature, model or prompt_hash"
    case .noDimension(let recipe, let time?):
      "the rows of \(recipe) do not say which calls they stand for; see those of this one's minute with: "
        + "forensics calls --since \(ClockTime(time / 60_000 * 60_000).rfc3339) --until "
        + "\(ClockTime(time / 60_000 * 60_000 + 60_000).rfc3339)"
    }
  }
}
