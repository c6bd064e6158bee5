import GRDB

/// The transactions of an import: each spans several batches, and what is in none of them never happened.
struct ImportTransaction {
  /// Fewer commits cost less per call; more of them lose less when the import is killed.
  private static let callsPerCommit = 98_304

  private let db: Database
  private let isDryRun: Bool
  private var isOpen = false
  private var calls = 0

  init(_ db: Database, isDryRun: Bool) {
    self.db = db
    self.isDryRun = isDryRun
  }

  mutating func begin() throws {
    guard !isOpen else { return }
    try db.execute(sql: "BEGIN IMMEDIATE")
    isOpen = true
  }

  /// Whether so many more calls make a commit worth while.
  mutating func isDue(after newCalls: Int) -> Bool {
    calls += newCalls
    return calls >= Self.callsPerCommit
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
