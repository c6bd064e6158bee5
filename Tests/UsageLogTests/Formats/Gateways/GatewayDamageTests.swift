import Foundation
import Testing

@testable import UsageLog

/// Bytes of the gateways' samples changed at random: rows may be lost, nothing crashes.
struct GatewayDamageTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../sample-data/formats").standardized

  @Test(arguments: [
    "litellm.jsonl", "litellm-csv.csv", "langfuse.jsonl", "langfuse-csv.csv", "helicone.jsonl",
    "helicone-csv.csv", "openrouter.jsonl", "openrouter-csv.csv", "openrouter-activity-csv.csv",
    "openai-usage.jsonl",
  ])
  func `a damaged sample is read to its end`(file: String) throws {
    let bytes = Array(try Data(contentsOf: Self.folder.appending(path: file)))
    let format = String(file.split(separator: ".")[0])
    #expect(try readLog(bytes, forced: format).allSatisfy { $0.reason == nil })
    var random = SeededRandom(11)
    let telling = Array("{}[]\",:\\\n\r\t\0 -e.9".utf8) + [0xC3, 0xFF]
    for _ in 0..<60 {
      var changed = bytes
      // Behind the first line: a header without its names is no log.
      let start = (bytes.firstIndex(of: 0x0A) ?? 0) + 1
      let at = start + random.below(bytes.count - start)
      changed[at] = random.pick(telling)
      let records = try readLog(changed, forced: format)
      #expect(!records.isEmpty)
      #expect((records.last.map { $0.offset + $0.length } ?? 0) <= Int64(changed.count))
    }
  }
}
