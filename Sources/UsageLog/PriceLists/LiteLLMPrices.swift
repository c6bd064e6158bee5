/// LiteLLM's `model_prices_and_context_window.json`: one object, an entry a model, no dates.
///
/// Source: github.com/BerriAI/litellm. It is an observation: what the list said on one day, which may
/// be weeks behind the vendor. Its rows are unverified and hold from that day on.
extension PriceFile {
  init(
    liteLLM bytes: [UInt8], name: String, observed day: String, catalogue: PriceCatalogue
  ) throws(PriceFileError) {
    self.init(name: name, kind: .liteLLM)
    unstated = [.cacheWrite5m, .cacheWrite1h, .cacheRead, .batch, .usResidency, .webSearch]
    var drafts = LiteLLMDrafts(day: day, aliases: catalogue.snapshots)
    let json = EmbeddedJSON()
    let isRead = bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress,
        let list = json.parse(Text(start: start, count: bytes.count)), list.isObject
      else { return false }
      var lines = LineCounter(list.bytes)
      for entry in list.children where entry.isObject && !(entry.key == "sample_spec") {
        let line = lines.line(at: entry.keySource.start)
        let key = entry.key.string
        do throws(LiteLLMEntry.Refusal) {
          try drafts.add(entry, key: key, line: line, catalogue: catalogue)
        } catch {
          passedOver.append(
            PassedOver(kind: error.kind, line: line, name: key, reason: error.reason))
        }
      }
      return true
    }
    guard isRead else { throw PriceFileError(name: name, problem: "is not one whole JSON object") }
    drafts.settle(into: &self)
    guard !rows.isEmpty else {
      throw PriceFileError(name: name, problem: "names no model with a price by the token")
    }
  }
}

extension PriceColumn {
  /// USD per million tokens of each class.
  package static let rates: [PriceColumn] = [
    .input, .output, .cacheWrite5m, .cacheWrite1h, .cacheRead,
  ]
}

/// Counts lines as far as it was asked.
private struct LineCounter {
  private var at: UnsafePointer<UInt8>
  private var line = 1

  init(_ start: UnsafePointer<UInt8>) { at = start }

  mutating func line(at place: UnsafePointer<UInt8>) -> Int {
    while at < place {
      if at.pointee == UInt8(ascii: "\n") { line += 1 }
      at += 1
    }
    return line
  }
}
