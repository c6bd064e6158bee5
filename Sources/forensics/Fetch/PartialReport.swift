import Foundation

/// The file of a report that is being fetched: pages are added at its end, and it gets its name when all are there.
///
/// A page counts once the state beside it says so. Killed in between, a page half-written is cut off by the next run.
final class PartialReport {
  /// What it will be called.
  let path: String
  private(set) var state: FetchState
  private let file: Int32

  private var partial: String { path + ".partial" }
  private static func stateFile(_ path: String) -> String { path + ".partial.state" }

  /// Whether a fetch of this report was begun and not finished.
  static func isBegun(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: stateFile(path))
  }

  /// Takes up what an earlier run left, if it is fit to go on with.
  ///
  /// - Parameter isFit: whether these pages belong to what is asked now.
  /// - Throws: `FetchError.busy` while another program writes it, `.cannotWrite`.
  init(
    path: String, new: FetchState, isFit: (FetchState) -> Bool
  ) throws(FetchError) {
    self.path = path
    file = try Self.locked(path + ".partial")
    var status = stat()
    fstat(file, &status)
    if let old = FetchState(file: Self.stateFile(path)), old.bytes <= Int64(status.st_size),
      isFit(old)
    {
      state = old
    } else {
      state = new
    }
  }

  deinit { close(file) }

  /// Opens the file for this program alone.
  private static func locked(_ partial: String) throws(FetchError) -> Int32 {
    while true {
      let file = open(partial, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw .cannotWrite(partial, why: String(cString: strerror(errno))) }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        close(file)
        throw .busy(partial)
      }
      // Whoever held it may have finished, and what was opened has its last name by now.
      var (opened, named) = (stat(), stat())
      fstat(file, &opened)
      if stat(partial, &named) == 0, opened.st_ino == named.st_ino { return file }
      close(file)
    }
  }

  /// Adds a page behind those that count, and makes it count.
  func append(_ page: FetchedPage, _ next: FetchState) throws(FetchError) {
    guard ftruncate(file, off_t(state.bytes)) == 0,
      lseek(file, off_t(state.bytes), SEEK_SET) == off_t(state.bytes),
      Self.write(page.lines, to: file)
    else { throw .cannotWrite(partial, why: String(cString: strerror(errno))) }
    try keep(next)
    state = next
  }

  /// Forgets the pages; they stay on the disk until the first new one is there.
  func beginAnew(_ new: FetchState) { state = new }

  /// Gives the file its name, and the time of its first page: since then its figures may have moved.
  func finish() throws(FetchError) {
    let (seconds, rest) = state.begunAt.quotientAndRemainder(dividingBy: 1000)
    let time = timespec(tv_sec: Int(seconds), tv_nsec: Int(rest) * 1_000_000)
    guard ftruncate(file, off_t(state.bytes)) == 0, futimens(file, [time, time]) == 0,
      fsync(file) == 0, rename(partial, path) == 0
    else { throw .cannotWrite(path, why: String(cString: strerror(errno))) }
    unlink(Self.stateFile(path))
  }

  /// Leaves what is there to the next run, and nothing where nothing is.
  func leave() {
    if FetchState(file: Self.stateFile(path)) == nil { unlink(partial) }
  }

  /// Replaces the state as a whole; the lock on the pages is one on this too.
  private func keep(_ next: FetchState) throws(FetchError) {
    let stateFile = Self.stateFile(path)
    let new = open(stateFile + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard new >= 0 else { throw .cannotWrite(stateFile, why: String(cString: strerror(errno))) }
    defer { close(new) }
    guard Self.write(next.json, to: new), rename(stateFile + ".new", stateFile) == 0 else {
      throw .cannotWrite(stateFile, why: String(cString: strerror(errno)))
    }
  }

  /// To the disk; false where not all of it could be, and `errno` says why.
  private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Foundation.write(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        done += count
      }
      return fsync(file) == 0
    }
  }
}
