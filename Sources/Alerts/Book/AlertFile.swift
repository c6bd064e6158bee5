import Foundation

/// The file of an `AlertBook`: read, changed and replaced as a whole, by one program at a time.
///
/// JSON beside the database, not a table in it: whoever checks may not be allowed to write the database, and a
/// check must not wait for an import.
package struct AlertFile: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// An empty book where there is no file yet.
  ///
  /// - Throws: `AlertFileError.unreadable`.
  package func read() throws(AlertFileError) -> AlertBook {
    guard FileManager.default.fileExists(atPath: path) else { return AlertBook() }
    guard let data = FileManager.default.contents(atPath: path),
      let book = try? JSONDecoder().decode(AlertBook.self, from: data)
    else { throw .unreadable(path) }
    guard book.version == 1 else { throw .newer(path) }
    return book
  }

  /// Runs alone with the book, and keeps what is changed in it.
  ///
  /// - Parameter seconds: to wait for another program.
  /// - Throws: `AlertFileError`, or what the body throws; the file is as it was then.
  package func update<Result>(
    waiting seconds: Double = 100,
    _ body: (inout AlertBook, _ keep: (AlertBook) throws -> Void)
      throws -> Result
  ) throws -> Result {
    let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw AlertFileError.unwritable(path) }
    defer { close(lock) }
    let deadline = Date(timeIntervalSinceNow: seconds)
    while flock(lock, LOCK_EX | LOCK_NB) != 0 {
      if Date() > deadline { throw AlertFileError.busy(path) }
      Thread.sleep(forTimeInterval: 0.05)
    }
    var book = try read()
    let before = book
    let result = try body(&book, { try write($0) })
    if book != before { try write(book) }
    return result
  }

  /// To a name of its own and then in the old one's place, so that a reader never sees half of it.
  private func write(_ book: AlertBook) throws(AlertFileError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    guard let data = try? encoder.encode(book) else { throw .unwritable(path) }
    // As private as the database, unless its owner decided otherwise.
    var existing = stat()
    let mode = stat(path, &existing) == 0 ? UInt32(existing.st_mode) & 0o777 : 0o600
    guard FileReplacement.write(Array(data), to: path, mode: mode) else { throw .unwritable(path) }
  }
}

/// Why the alerts cannot be kept.
package enum AlertFileError: Error, Equatable, CustomStringConvertible {
  case unreadable(String)
  case newer(String)
  case unwritable(String)
  case busy(String)

  package var description: String {
    switch self {
    case .unreadable(let path):
      "'\(path)' does not hold alerts that this program can read; move it away, and the next check begins anew"
    case .newer(let path):
      "'\(path)' was written by a newer forensics; upgrade, or use another --state FILE"
    case .unwritable(let path):
      "cannot write '\(path)', where alerts are remembered; choose another place with --state FILE"
    case .busy(let path): "another check holds '\(path)'; try again when it is done"
    }
  }
}
