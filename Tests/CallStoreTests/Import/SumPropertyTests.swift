import Foundation
import Testing

@testable import CallStore

/// `usage_sum` always says what the calls say.
@Suite struct SumPropertyTests {
  @Test(arguments: runs(6)) func `sums follow the calls through any mess of records`(
    seed: UInt64
  ) throws {
    var random = RandomLines(seed: seed)
    let desk = try Desk()
    for round in 0..<3 {
      let sizes = (0..<Int.random(in: 1...3, using: &random.dice)).map { _ in
        Int.random(in: 1...60, using: &random.dice)
      }
      let logs = try sizes.enumerated().map { number, size in
        let name = "\(round)-\(number).jsonl"
        try desk.write(
          name, random.lines(size),
          touched: RandomLines.start + Int64.random(in: 0..<RandomLines.span, using: &random.dice))
        return desk.path(name)
      }
      let callsPerCommit = Int.random(in: 1...40, using: &random.dice)
      let summary = try desk.load(logs) { $0.callsPerCommit = callsPerCommit }
      #expect(summary.addsUp)
      #expect(try desk.wrongSums() == [])
      #expect(try desk.wrongColumns() == [])
    }
    let before = try desk.contents()
    let logs = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path)
      .filter { $0.hasSuffix(".jsonl") }.shuffled(using: &random.dice)
    try desk.load(logs.map { desk.path($0) }) { $0.rereads = true }
    let after = try desk.contents()
    #expect(difference(before, after) == [], "\(difference(before, after))")
  }
}
