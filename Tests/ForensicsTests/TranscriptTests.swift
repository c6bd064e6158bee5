import Foundation
import Testing

/// What the documents show is what the program prints: each ```console block is run, top to bottom, in one
/// fresh database a document. Blocks that name a file (```yaml forensics.yml) are written into a folder of the
/// document's own first, and its commands run there.
///
/// After an intended change: `UPDATE_TRANSCRIPTS=1 swift test --filter Transcript`, then read the diff.
@Suite struct TranscriptTests {
  @Test(arguments: try documents())
  func `a transcript is what the program prints`(_ document: String) throws {
    let file = ForensicsBinary.checkout.appendingPathComponent(document)
    let text = try String(contentsOf: file, encoding: .utf8)
    let replayed = try replay(text)
    #expect(
      !replayed.contains(ForensicsBinary.checkout.path), "\(document) names a folder of one machine"
    )
    if ProcessInfo.processInfo.environment["UPDATE_TRANSCRIPTS"] == "1" {
      try replayed.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(replayed == text, "\(document) shows something else than the program prints")
    }
  }

  @Test func `the documents hold transcripts`() throws {
    #expect(try Self.documents().contains("README.md"))
  }

  private static func documents() throws -> [String] {
    let docs = try FileManager.default.subpathsOfDirectory(
      atPath: ForensicsBinary.checkout.appendingPathComponent("docs").path)
    return try (["README.md", "CONTRIBUTING.md"] + docs.map { "docs/" + $0 }.sorted())
      .filter { $0.hasSuffix(".md") }
      .filter {
        try String(
          contentsOf: ForensicsBinary.checkout.appendingPathComponent($0), encoding: .utf8
        ).contains("```console")
      }
  }

  /// The document with every shown output replaced by what its command prints now.
  private func replay(_ text: String) throws -> String {
    let forensics = try ForensicsBinary()
    var lines: [String] = []
    var isTranscript = false
    var folder = ForensicsBinary.checkout
    var file: (name: String, text: String)?
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isTranscript = line == "```console"
        if let file { _ = try forensics.write(file.text, to: file.name) }
        let words = line.split(separator: " ")
        file = words.count == 2 ? (String(words[1]), "") : nil
        if file != nil { folder = forensics.folder }
      } else {
        file?.text += line + "\n"
      }
      if isTranscript, line.hasPrefix("$ forensics ") {
        lines.append(line)
        let result = try forensics.run(words(line.dropFirst("$ forensics ".count)), in: folder)
        let shown = result.output.replacing(/in \d+\.\d+ s/, with: "in 0.1 s")
          // When the test ran: as wide, and always the same.
          .replacing(/(imported|first used|closed|ana +) \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/) {
            "\($0.1) 2026-11-16 06:00:00"
          }
        var printed = shown.components(separatedBy: "\n")
        while printed.last?.isEmpty == true { printed.removeLast() }
        lines += printed
      } else if !isTranscript || line.hasPrefix("```") {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Splits at spaces outside double quotes.
  private func words(_ line: Substring) -> [String] {
    var words: [String] = []
    for (index, part) in line.components(separatedBy: "\"").enumerated() {
      if index % 2 == 1 {
        words.append(part)
      } else {
        words += part.split(separator: " ").map(String.init)
      }
    }
    return words
  }
}
