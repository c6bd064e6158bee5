import Foundation

/// A secret out of a file that not everybody may read.
enum SecretFile {
  /// - Parameter option: how the file was named, for messages.
  /// - Throws: `SecretFileError`, which never says what is in the file.
  static func text(at path: String, option: String) throws(SecretFileError) -> String {
    // A pipe is a file as well: --key-file <(pass show key).
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(option: option, path)
    }
    var status = stat()
    guard fstat(file.fileDescriptor, &status) == 0 else { throw .unreadable(option: option, path) }
    if status.st_mode & 0o004 != 0 { throw .readableByOthers(option: option, path) }
    guard let data = try? file.readToEnd() ?? Data() else {
      throw .unreadable(option: option, path)
    }
    return String(decoding: data, as: UTF8.self)
  }
}

enum SecretFileError: Error, Equatable, CustomStringConvertible {
  case unreadable(option: String, String)
  case readableByOthers(option: String, String)

  var description: String {
    switch self {
    case .unreadable(let option, let path): "\(option) \(path): cannot be read"
    case .readableByOthers(let option, let path):
      "\(option) \(path): everybody may read it; make it private with: chmod 600 \(path.shellWord)"
    }
  }
}
