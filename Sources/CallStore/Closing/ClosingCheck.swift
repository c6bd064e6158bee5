import Crypto
import Foundation
import GRDB
import Tables

/// One closing, reckoned again: its figures, its ledger's hash, its files.
package struct ClosingCheck: Equatable, Sendable {
  package var closing: ClosingRecord
  /// What its calls come to now, without its adjustments; nil where it was opened again.
  package var figures: LedgerFigures?
  /// What is another than it was, a phrase each.
  package var differences: [String] = []

  init(_ closing: ClosingRecord, _ db: Database) throws {
    self.closing = closing
    if closing.isClosed {
      let now = try LedgerText(db).figures(of: closing.window)
      figures = now
      if now.calls != closing.calls {
        differences.append("\(closing.calls.grouped) calls then, \(now.calls.grouped) now")
      }
      if now.costNanos != closing.costNanos {
        differences.append(
          "$\(Billionths(closing.costNanos).exact) then, $\(Billionths(now.costNanos).exact) now")
      }
      if now.hash != closing.hash, differences.isEmpty {
        differences.append("the same totals, but not of the same calls (data hash \(now.hash))")
      }
    }
    let files = try Row.fetchCursor(
      db, sql: "SELECT name, sha256, content FROM issued_file WHERE closing = ? ORDER BY name",
      arguments: [closing.id])
    while let row = try files.next() {
      let file = IssuedFiles.File(name: row[0], content: row[2])
      if file.sha256 != row[1] { differences.append("the file '\(file.name)' is another") }
    }
  }
}
