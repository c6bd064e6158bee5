import ArgumentParser
import CallStore

/// Runs what must be alone with the database.
///
/// - Throws: exit status 75, after saying so, where another import is writing to it.
func alone<Result>(_ body: () throws -> Result) throws -> Result {
  do { return try body() } catch let error as StoreError {
    guard case .locked = error else { throw error }
    Console.complain("Error: \(error)")
    throw ExitCode(75)
  }
}
