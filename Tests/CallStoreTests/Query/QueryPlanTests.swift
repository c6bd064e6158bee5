import Foundation
import Testing

@testable import CallStore

/// No question reads more of the call table than its window: the key starts with the hour, and SQLite has
/// to be told so.
@Suite struct QueryPlanTests {
  private static let window = Selection(
    since: Desk.now - 86_400_000 * 3 - 12_345, until: Desk.now - 77)
  private static let narrow = Selection(
    since: window.since, until: window.until,
    filters: [
      .tenant: ["alder-bank", Selection.none], .promptHash: ["85bce1e35ceab3e9"], .status: ["4xx"],
    ])

  /// Steps that read all of the calls, packed or not.
  private func fullScans(_ sql: String) throws -> [String] {
    let scans = try Sample.desk.get().rows("EXPLAIN QUERY PLAN " + sql).compactMap { $0[3] }
      .filter { step in
        // Tables appear under their aliases; `c` is the calls' one.
        step.range(
          of: #"^SCAN (c|call|llm_call|call_column|call_part)\b"#, options: .regularExpression)
          != nil
      }
    // What follows what is told of the selected calls: going over those again is no scan of the table.
    let again =
      sql.ranges(of: "FROM sequenced_call AS c").count
      + sql.ranges(of: "FROM paced_call AS c").count
    return Array(scans.dropFirst(scans.allSatisfy { $0 == "SCAN c" } ? again : 0))
  }

  @Test func `every recipe reads its window and no more`() throws {
    let names = try FileManager.default
      .contentsOfDirectory(atPath: Sample.top.appendingPathComponent("queries").path)
      .filter {
        $0.hasSuffix(".sql")
          && ![
            "rejects.sql", "imports.sql", "repricings.sql", "unpriced.sql", "check-imports.sql",
            "closing-adjustments.sql",
          ].contains($0)
      }
    #expect(names.count >= 4)
    for name in names {
      let recipe = try Sample.recipe(String(name.dropLast(4)))
      for selection in [Self.window, Self.narrow] {
        let rendered = try RenderedRecipe(recipe, selection, arguments: [:], asOf: Desk.now)
        #expect(try fullScans(rendered.printable) == [], "\(name)")
        if let scanned = rendered.scanned {
          // Stands for the temporary table, which only the recipe's own connection has.
          let columns = (scanned.scan.map(ScannedUsage.columns) ?? []).map { "0 AS \($0)" }
          let sql = SQLText.filledIn(scanned.sql, rendered.parameters)
            .replacing(
              ScannedUsage.table, with: "(SELECT \(columns.joined(separator: ", ")))")
          #expect(try fullScans(sql) == [], "\(name), scanned")
        }
      }
    }
  }

  @Test func `usage by any dimension reads its window and no more`() throws {
    for dimension in Dimension.allCases {
      for selection in [Self.window, Self.narrow] {
        let usage = UsageSQL(
          selection, UsageShape(by: [dimension.column], UsageAmount.summed + [.peakCalls]))
        let sql =
          "WITH \(SelectionSQL(selection).selectedCall),\n\(usage.portable)\nSELECT * FROM selected_usage"
        #expect(try fullScans(sql) == [], "\(dimension)")
      }
    }
  }

  @Test func `without a window the calls are read, and the test sees it`() throws {
    let usage = UsageSQL(Selection(), UsageShape(by: [], [.calls, .firstAt]))
    let sql = "SELECT SUM(c.cost_usd_nanos) FROM llm_call AS c WHERE c.occurred_at > 5"
    #expect(try fullScans(sql) != [])
    #expect(usage.portable.contains("c.hour >="))
  }
}
