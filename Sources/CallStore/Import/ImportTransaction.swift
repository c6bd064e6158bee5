import GRDB

/// The transactions of an import: each spans several batches, and what is in none of them never happened.
struct ImportTransaction {
  private let db: Database
  private let isDryRun: Bool
  private let callsPerCommit: Int
  private(set) var isOpen = false
  private var calls = 0

  init(_ db: Database, options: ImportOptions) {
    self.db = db
    isDryRun = options.isDryRun
    callsPerCommit = options.callsPerCommit
  }

  mutating func begin() throws {
    guard !isOpen else { return }
    try db.execute(sql: "BEGIN IMMEDIATE")
    isOpen = true
  }

  /// Whether so many more calls make a commit worth while.
  mutating func isDue(after newCalls: Int) -> Bool {
    calls += newCalls
    return calls >= callsPerCommit
  }

  /// A dry run commits nothing, ever.
  mutating func commit() throws {
    calls = 0
    guard !isDryRun else { return }
    try db.execute(sql: "COMMIT")
    isOpen = false
  }

  /// Gives up whatever was not committed.
  mutating func abandon() {
    if isOpen { try? db.execute(sql: "ROLLBACK") }
    isOpen = false
  }
}
