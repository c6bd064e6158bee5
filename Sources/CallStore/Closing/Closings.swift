import GRDB

/// What was closed, read again: the list, the files that went out, and whether the figures still come out equal.
package struct Closings {
  private let file: DatabaseFile

  package init(_ file: DatabaseFile) { self.file = file }

  /// By the periods' beginnings, those that were opened again included.
  package func all() throws -> [ClosingRecord] {
    try read { try StoredClosings($0).withAdjustments() }
  }

  /// - Parameter name: of a period, or a closing's number.
  /// - Throws: `ClosingError.notClosed`.
  package func named(_ name: String) throws -> ClosingRecord {
    try read { try StoredClosings($0).named(name) }
  }

  /// The files as they went out, byte for byte, by their names.
  ///
  /// - Throws: `ClosingError.file` where they are not what they were.
  package func files(of closing: Int64) throws -> IssuedFiles {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT name, content, sha256 FROM issued_file WHERE closing = ? ORDER BY name",
        arguments: [closing])
      return try IssuedFiles(
        rows.map { row in
          let file = IssuedFiles.File(name: row[0], content: row[1])
          guard file.sha256 == row[2] else {
            throw ClosingError.file("'\(file.name)' is not what was kept; restore a backup")
          }
          return file
        })
    }
  }

  /// Reckons closed periods again.
  ///
  /// - Parameter name: of one, or all of them.
  package func verify(_ name: String? = nil) throws -> [ClosingCheck] {
    try read { db in
      let stored = StoredClosings(db)
      let wanted = try name.map { [try stored.named($0)] } ?? stored.records()
      return try wanted.map { try ClosingCheck($0, db) }
    }
  }

  private func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try file.openForReading().read(body)
  }
}
