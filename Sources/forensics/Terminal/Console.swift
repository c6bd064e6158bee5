import Foundation
import Tables

/// The three streams, and what kind of terminal they are.
enum Console {
  /// Data: to standard output.
  ///
  /// A reader that went away is no error.
  ///
  /// - Throws: where it could not all be written, on a full disk for one.
  static func write(_ text: String) throws {
    guard put(text, on: 1) || errno == EPIPE else { throw OutputError.failed(errno) }
  }

  /// - Throws: with the way out, where the file cannot be written.
  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw OutputError.cannotWrite(path)
    }
  }

  /// Everything that is not data: to standard error.
  static func complain(_ line: String) {
    _ = put(line.visible + "\n", on: 2)
  }

  /// Draws over the current line of the terminal.
  static func redraw(_ line: String) { _ = put("\r\u{1B}[K" + line, on: 2) }

  /// False where not all of it could be written; `errno` says why.
  private static func put(_ text: String, on descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let count = Foundation.write(
          descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        written += count
      }
      return true
    }
  }

  /// Standard input to its end.
  static func readAll() -> String {
    String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
  }

  /// Columns of the terminal on standard output; nil where it is none.
  static var width: Int? {
    guard isatty(1) != 0 else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static var isColored: Bool {
    isatty(1) != 0 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
      && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  static var showsProgress: Bool {
    isatty(2) != 0 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }
}

enum OutputError: Error, CustomStringConvertible {
  case cannotWrite(String)
  case failed(Int32)

  var description: String {
    switch self {
    case .failed(let code):
      "cannot write to standard output: \(String(cString: strerror(code)))"
    case .cannotWrite(let path):
      "cannot write '\(path)'; check that its folder exists and is writable"
    }
  }
}
