import Foundation
import Testing
import UsageLog

@testable import CallStore

/// The oracle's random calls, imported as the log that they are.
struct RandomCallsImportTests {
  @Test func `imported random calls cost what the oracle says, rounded once`() throws {
    let desk = try Desk()
    let log = Sample.top.appendingPathComponent("Tests/Oracle/random-calls.tsv.gz").path
    try desk.load([log])

    let costs = try desk.rows("SELECT request_id, cost_usd_nanos FROM llm_call")
    let stored = Dictionary(uniqueKeysWithValues: costs.map { ($0[0] ?? "", $0[1]) })
    let expected = try expectations(log)
    #expect(expected.count >= 4_000)
    #expect(stored.count == expected.count)
    let wrong = expected.filter { id, amount in stored[id] != amount }
    #expect(wrong.isEmpty, "\(wrong.count) differ, among them \(wrong.keys.sorted().prefix(5))")
  }
}

/// By request id, in nano-dollars; nil where there is no price.
private func expectations(_ log: String) throws -> [String: String?] {
  let text = try decompressedText(log)
  var expected: [String: String?] = [:]
  for line in text.split(separator: "\n").dropFirst() {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard let id = fields.first, let verdict = fields.last else { continue }
    expected[String(id)] = .some(verdict == "free" ? "0" : Int128(verdict).map(roundedNanos))
  }
  return expected
}

/// Half to even, spelled out.
private func roundedNanos(_ picodollars: Int128) -> String {
  let (whole, rest) = picodollars.quotientAndRemainder(dividingBy: 1_000)
  let isUp = rest > 500 || rest == 500 && whole % 2 == 1
  return String(isUp ? whole + 1 : whole)
}

private func decompressedText(_ path: String) throws -> String {
  let input = try decompressed(FileInput(path: path)).input
  let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 16)
  defer { room.deallocate() }
  var bytes: [UInt8] = []
  while case let count = try input.read(into: room, capacity: 1 << 16), count > 0 {
    bytes += UnsafeBufferPointer(start: room, count: count)
  }
  return String(decoding: bytes, as: UTF8.self)
}
