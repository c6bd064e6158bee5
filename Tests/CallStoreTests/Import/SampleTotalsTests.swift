import Foundation
import Testing

@testable import CallStore

/// Each page of docs/formats states, reckoned by hand, what its samples hold; each sample comes to just that.
///
/// `` Sample: `FILE`: N calls, X input / Y cache write / Z cache read / W output tokens; M buckets, …, C cents ``
@Suite struct SampleTotalsTests {
  /// What a page states of one file.
  struct Statement: CustomTestStringConvertible, Sendable {
    var page: String
    var file: String
    var clauses: [String]

    var testDescription: String { file }
  }

  @Test(arguments: try statements())
  func `a sample comes to what its page states`(_ statement: Statement) throws {
    let desk = try Desk()
    let summary = try desk.load([Sample.top.appendingPathComponent(statement.file).path])
    #expect(summary.addsUp)
    #expect(summary.rejected == 0)
    let calls = Totals(stated: statement.clauses, of: "call")
    let buckets = Totals(stated: statement.clauses, of: "bucket")
    #expect(calls != Totals() || buckets != Totals(), "\(statement.page) states no totals")
    #expect(try Totals.ofCalls(in: desk) == calls)
    #expect(try Totals.ofBuckets(in: desk, like: buckets) == buckets)
  }

  @Test func `every sample has its totals on a page`() throws {
    let folder = Sample.top.appendingPathComponent("sample-data")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { !$0.contains("__") && !["md", "py"].contains(($0 as NSString).pathExtension) }
      .filter { $0 != "formats" && !$0.hasPrefix("faults") && !$0.hasPrefix("reconcile") }
    #expect(Set(try Self.statements().map(\.file)) == Set(files.map { "sample-data/" + $0 }))
  }

  private static func statements() throws -> [Statement] {
    let folder = Sample.top.appendingPathComponent("docs/formats")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().flatMap {
      page in
      let text = try String(contentsOf: folder.appendingPathComponent(page), encoding: .utf8)
      return text.matches(of: /(?m)^Sample: `(sample-data\/[^`]+)`: (.+)$/).map { match in
        Statement(
          page: page, file: String(match.1),
          clauses: match.2.components(separatedBy: "; "))
      }
    }
  }
}

/// How many there are, and what they sum up to.
private struct Totals: Equatable {
  var count: Int64 = 0
  /// Input, cache writes, cache reads, output.
  var tokens: [Int64] = [0, 0, 0, 0]
  var requests: Int64?
  var searches: Int64?
  var costNanos: Int64?
  var listNanos: Int64?

  init() {}

  init(stated clauses: [String], of kind: String) {
    for clause in clauses {
      guard let head = clause.wholeMatch(of: /([\d,]+) (call|bucket)s?, (.*)/), head.2 == kind
      else { continue }
      count = number(head.1)
      let rest = String(head.3)
      let counts = rest.firstMatch(
        of:
          /([\d,]+) input \/ ([\d,]+) cache write \/ ([\d,]+) cache read \/ ([\d,]+) output tokens/)
      if let counts { tokens = [counts.1, counts.2, counts.3, counts.4].map(number) }
      requests = rest.firstMatch(of: /([\d,]+) requests/).map { number($0.1) }
      searches = rest.firstMatch(of: /([\d,]+) searches/).map { number($0.1) }
      costNanos = rest.firstMatch(of: /([\d.]+) cents/).map { nanos($0.1) }
      listNanos = rest.firstMatch(of: /cents of ([\d.]+) listed/).map { nanos($0.1) }
    }
  }

  static func ofCalls(in desk: Desk) throws -> Totals {
    var totals = Totals()
    totals.count = try desk.number("SELECT COUNT(*) FROM llm_call WHERE kind = 'call'") ?? 0
    totals.tokens = try tokens(in: "llm_call", desk)
    return totals
  }

  /// - Parameter stated: sums of what a page does not state are left out.
  static func ofBuckets(in desk: Desk, like stated: Totals) throws -> Totals {
    func sum(_ column: String) throws -> Int64? {
      try desk.number("SELECT SUM(\(column)) FROM usage_bucket")
    }
    var totals = Totals()
    totals.count = try desk.number("SELECT COUNT(*) FROM usage_bucket") ?? 0
    totals.tokens = try tokens(in: "usage_bucket", desk)
    totals.costNanos = try sum("amount_usd_nanos")
    if stated.listNanos != nil { totals.listNanos = try sum("list_amount_usd_nanos") }
    if stated.requests != nil { totals.requests = try sum("requests") }
    if stated.searches != nil { totals.searches = try sum("web_search_requests") }
    return totals
  }

  private static func tokens(in table: String, _ desk: Desk) throws -> [Int64] {
    let columns = ["input_tokens", "cache_create_tokens", "cache_read_tokens", "output_tokens"]
    return try columns.map { try desk.number("SELECT SUM(\($0)) FROM \(table)") ?? 0 }
  }

  private func number(_ text: Substring) -> Int64 {
    Int64(text.filter { $0 != "," }) ?? -1
  }

  private func nanos(_ cents: Substring) -> Int64 {
    let decimal = (Decimal(string: String(cents)) ?? -1) * 10_000_000
    return NSDecimalNumber(decimal: decimal).int64Value
  }
}
