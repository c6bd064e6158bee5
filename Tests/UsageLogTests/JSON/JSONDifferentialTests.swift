import Foundation
import Testing

@testable import UsageLog

/// Our reader against Foundation's, on documents nobody thought of.
///
/// Left out are only the documented differences: of equal keys Foundation keeps the last (we keep all),
/// numbers beyond Double and lone surrogates it refuses (we keep the text; a lone one is U+FFFD), and a
/// comma before a closing brace it lets pass.
struct JSONDifferentialTests {
  @Test func `whole documents are read as Foundation reads them`() throws {
    var documents = RandomDocument(seed: 1)
    for _ in 0..<3_000 {
      let document = documents.next()
      var oddities: JSONOddities = []
      let ours = try withJSON(document) { JSONTree($0, oddities: &oddities) }
      let theirs = try foundation(document)
      #expect(oddities.isEmpty)
      #expect(ours == theirs, "\(String(decoding: document, as: UTF8.self))")
    }
  }

  @Test func `documents with one byte changed are accepted and refused alike`() throws {
    var documents = RandomDocument(seed: 2)
    var random = SeededRandom(3)
    var accepted = 0
    var refused = 0
    for _ in 0..<1_500 {
      let document = documents.next()
      for _ in 0..<8 {
        let mutant = mutate(document, &random)
        var oddities: JSONOddities = []
        let ours = try? withJSON(mutant) { JSONTree($0, oddities: &oddities) }
        if !oddities.isEmpty || isOdd(mutant) { continue }
        let theirs = try? foundation(mutant)
        #expect(ours == theirs, "\(mutant) \(String(decoding: mutant, as: UTF8.self))")
        if ours == nil { refused += 1 } else { accepted += 1 }
      }
    }
    #expect(accepted > 1_000 && refused > 4_000, "\(accepted) \(refused)")
  }

  private func foundation(_ bytes: [UInt8]) throws -> JSONTree {
    JSONTree(
      foundation: try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
  }

  private func mutate(_ document: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = document
    guard !bytes.isEmpty else { return bytes }
    let at = random.below(bytes.count)
    let structural = Array("{}[]\",:\\0129.-+eEtfnu/ \n".utf8)
    let byte = random.below(2) == 0 ? random.pick(structural) : UInt8(random.below(256))
    switch random.below(3) {
    case 0: bytes[at] = byte
    case 1: bytes.insert(byte, at: at)
    default: bytes.remove(at: at)
    }
    return bytes
  }

  /// Holds an escape of a surrogate, which a change may have torn from its partner, or a trailing comma.
  private func isOdd(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).contains(/\\u[dD][89a-fA-F]|,\s*}/)
  }
}
