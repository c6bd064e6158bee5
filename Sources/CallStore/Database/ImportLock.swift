import Foundation

/// One import at a time, across processes: an advisory lock beside the database, released by the system
/// however the process ends.
package final class ImportLock {
  private let descriptor: Int32

  /// - Parameter waits: until the other import is done, instead of failing.
  /// - Throws: `StoreError.locked` if another import holds it.
  package init(for database: DatabaseFile, waits: Bool) throws {
    let path = database.resolvedPath + "-import.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError.unwritable(path) }
    while flock(descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) != 0 {
      if errno == EINTR { continue }
      // `deinit` runs, and closes: a second close here could hit another thread's file.
      throw StoreError.locked(database.path)
    }
  }

  deinit { close(descriptor) }
}
