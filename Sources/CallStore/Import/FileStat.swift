import Foundation
import UsageLog

/// What the file system says about a file.
struct FileStat: Equatable, Sendable {
  var device: Int64 = 0
  var inode: Int64 = 0
  var size: Int64 = 0
  var modifiedNs: Int64 = 0
  /// Not a pipe, a device or the like; the ledger knows of no others.
  var isRegular = true

  /// Stands for a log that was not read to its end; no file has it.
  static let neverModified: Int64 = -1

  var modifiedMs: Int64 { modifiedNs / 1_000_000 }
}

extension FileStat {
  /// - Throws: `InputError` where there is no such file, or it is a folder.
  init(of path: String) throws(InputError) {
    var info = stat()
    guard stat(path, &info) == 0 else { throw .cannotOpen(path, errno: errno) }
    if info.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(path) }
    #if canImport(Darwin)
      let modified = info.st_mtimespec
    #else
      let modified = info.st_mtim
    #endif
    isRegular = info.st_mode & S_IFMT == S_IFREG
    device = Int64(truncatingIfNeeded: info.st_dev)
    inode = Int64(truncatingIfNeeded: info.st_ino)
    size = Int64(info.st_size)
    modifiedNs = Int64(modified.tv_sec) * 1_000_000_000 + Int64(modified.tv_nsec)
  }
}
