import Crypto
package import Foundation

/// The files that go out for a period, as they go out: kept byte for byte with its closing.
///
/// Whoever makes them hands them over here: read from disk, or straight from a report.
package struct IssuedFiles: Sendable {
  package struct File: Equatable, Sendable {
    package var name: String
    package var content: Data

    package init(name: String, content: Data) {
      self.name = name
      self.content = content
    }

    /// 64 hexadecimal digits.
    package var sha256: String { SHA256.hash(data: content).hexadecimal }
  }

  package private(set) var files: [File] = []

  package init() {}

  /// - Throws: `ClosingError.file` for a name that is none, is taken, or has too much in it.
  package init(_ files: [File]) throws {
    for file in files { try add(file) }
  }

  /// What SQLite can hold in one value, with room to spare.
  private static let byteLimit = 512 << 20

  package mutating func add(_ file: File) throws {
    if file.name.isEmpty || file.name.contains("/") {
      throw ClosingError.file("'\(file.name)' is not a file's name")
    }
    if files.contains(where: { $0.name == file.name }) {
      throw ClosingError.file("two files are called '\(file.name)'; give one of them another name")
    }
    if file.content.count > Self.byteLimit {
      throw ClosingError.file("'\(file.name)' is larger than 512 MiB; issue it in parts")
    }
    files.append(file)
  }
}
