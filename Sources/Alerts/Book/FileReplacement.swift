import Foundation

/// Replaces a file as a whole: written under a name of its own, to the disk, then renamed.
package enum FileReplacement {
  /// False where it could not be; the old file is as it was then.
  package static func write(_ bytes: [UInt8], to path: String, mode: UInt32) -> Bool {
    let temporary = "\(path).\(getpid())-\(UInt32.random(in: 0...(.max))).tmp"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
    guard file >= 0 else { return false }
    // Whatever the umask says: a collector runs as somebody else.
    fchmod(file, mode_t(mode))
    let isWritten = bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Foundation.write(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        done += count
      }
      return fsync(file) == 0
    }
    close(file)
    guard isWritten, rename(temporary, path) == 0 else {
      unlink(temporary)
      return false
    }
    return true
  }
}
