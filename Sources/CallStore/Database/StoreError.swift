import GRDBSQLite

/// What keeps a database from being used; wording names the way out.
package enum StoreError: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case foreign(String)
  case newer(String, found: Int, known: Int)
  case older(String)
  case locked(String)
  case busy(String)
  case full(String)
  case unwritable(String)
  case failing(String)
  case damagedColumns
  case noImport(Int64)
  case undone(Int64)
  case sameDatabase(String)
  case nothingToMerge(String)
  case noBookThen
  case noPriceList(String, known: [String])
  case priceListNameTaken(String)
  case sqlite(String)

  package var description: String {
    switch self {
    case .missing(let path):
      "there is no database at '\(path)' yet; make one with: forensics import PATH… "
        + "(another place: --db PATH or $FORENSICS_DB)"
    case .foreign(let path):
      "'\(path)' is not a forensics database; choose another place with --db PATH or $FORENSICS_DB"
    case .newer(let path, let found, let known):
      "'\(path)' was written by a newer forensics (schema \(found), this one knows \(known)); "
        + "upgrade forensics, or use another database with --db PATH"
    case .older(let path):
      "'\(path)' was written by an older forensics and you may not change it; "
        + "any command run by its owner brings it up to date"
    case .locked(let path):
      "another import is writing to '\(path)'; try again later, or wait for it with --wait"
    case .busy(let path):
      "another program keeps '\(path)' locked; try again when it is done"
    case .full(let what):
      "the disk is full (\(what)); make room and run the same import again: "
        + "everything committed so far is kept, nothing is counted twice"
    case .failing(let what):
      "the system refused to read or write (\(what)); check the disk and the limit on file sizes "
        + "(ulimit -f), and run the same import again: everything committed so far is kept"
    case .unwritable(let path): "cannot write to '\(path)'; check its owner and mode"
    case .damagedColumns:
      "the packed columns are damaged; make them anew from the calls with: forensics doctor --rebuild"
    case .noImport(let id): "there is no import \(id); see them with: forensics imports"
    case .undone(let id): "import \(id) was undone already; see them with: forensics imports"
    case .sameDatabase(let path):
      "'\(path)' is this database or a copy of it; merge the database of another machine"
    case .nothingToMerge(let path):
      "there is no forensics database at '\(path)'; name the one of another machine"
    case .noBookThen:
      "nothing was priced before that day; 'forensics imports' shows when what was imported"
    case .noPriceList(let name, let known):
      known.isEmpty
        ? "there is no taken price list '\(name)', nor any other"
        : "there is no taken price list '\(name)'; taken are \(known.joined(separator: ", "))"
    case .priceListNameTaken(let name):
      "a price list '\(name)' is taken already; give this one another --name, or take that one back: "
        + "forensics prices drop \"\(name)\""
    case .sqlite(let message): "the database reports: \(message)"
    }
  }

  /// What the file or the machine has to answer for; nil where the statement itself is at fault.
  init?(reading connection: OpaquePointer) {
    switch sqlite3_errcode(connection) & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      self = .busy(sqlite3_db_filename(connection, "main").map { String(cString: $0) } ?? "")
    case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_PROTOCOL,
      SQLITE_FULL, SQLITE_PERM:
      self.init(sqlite: connection)
    default: return nil
    }
  }

  init(sqlite connection: OpaquePointer) {
    let message = String(cString: sqlite3_errmsg(connection))
    switch sqlite3_errcode(connection) & 0xFF {
    case SQLITE_FULL: self = .full(message)
    case SQLITE_IOERR where sqlite3_system_errno(connection) == 28: self = .full(message)
    case SQLITE_IOERR where sqlite3_system_errno(connection) == 27:
      self = .full("the file size limit is reached")
    case SQLITE_IOERR: self = .failing(message)
    case SQLITE_READONLY: self = .unwritable(message)
    case SQLITE_BUSY: self = .locked(message)
    default: self = .sqlite(message)
    }
  }
}
