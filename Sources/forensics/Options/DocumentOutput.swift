import ArgumentParser
import Foundation
import Tables

/// Explanations are documents, not tables: text for people, JSON for programs.
extension OutputOptions {
  /// - Throws: `ValidationError` for formats that hold nothing but a table.
  func checkDocument() throws {
    for format in try documentFormats() where format != .table && format != .json {
      throw ValidationError(
        "an explanation is a document, not a table: --format table or json (files: .txt or .json), "
          + "not \(format.rawValue)")
    }
  }

  func write(document: Document, json: String) throws {
    try checkDocument()
    let formats = try documentFormats()
    func text(_ format: TableFormat) -> String { format == .json ? json : document.text() }
    if output.isEmpty { return try Console.write(text(formats[0])) }
    for (path, format) in zip(output, formats) { try Console.write(text(format), to: path) }
  }

  /// One for each file, or that of standard output.
  private func documentFormats() throws -> [TableFormat] {
    let standard = try chosenFormat()
    if output.isEmpty { return [standard] }
    return output.map {
      TableFormat(fileSuffix: URL(fileURLWithPath: $0).pathExtension) ?? standard
    }
  }
}

extension Console {
  /// Where the program was started: files below it are shown without it.
  static var folder: String { FileManager.default.currentDirectoryPath }
}
