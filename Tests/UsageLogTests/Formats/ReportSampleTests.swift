import Foundation
import Testing

@testable import UsageLog

/// The samples of reports and exports come to what an independent script counted in them.
struct ReportSampleTests {
  /// `buckets input/writes/reads/output requests cents listed`.
  private func totals(_ file: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../sample-data").standardized
    let bytes = try Data(contentsOf: folder.appending(path: file))
    let buckets = try readLog(Array(bytes)).flatMap(\.buckets)
    func sum(_ count: (UsageBucket) -> Int64?) -> String {
      String(buckets.compactMap(count).reduce(0, +))
    }
    let usage = [
      sum { $0.usage.input }, sum { $0.usage.cacheCreate }, sum { $0.usage.cacheRead },
      sum { $0.usage.output },
    ]
    return [
      String(buckets.count), usage.joined(separator: "/"), sum(\.requests), sum(\.amountNanos),
      sum(\.listAmountNanos),
    ].joined(separator: " ")
  }

  @Test(arguments: [
    ("admin-usage-report.json", "118 2254784/4346124/22681464/964371 0 0 0"),
    ("formats/admin-claude-code-report.json", "6 82674/900600/17749000/123280 0 14405960000 0"),
    ("formats/analytics-report-usage.json", "6 893171/581048/14052500/266478 1881 0 0"),
    ("formats/analytics-report-cost.json", "7 0/0/0/0 1244 3189357000 3543730000"),
    ("formats/console-usage-csv.csv", "10 905574/43008/1185600/100980 0 0 0"),
    ("formats/console-cost-csv.csv", "27 0/0/0/0 0 2960000000 3310000000"),
  ])
  func `a sample comes to what is in it`(file: String, expected: String) throws {
    #expect(try totals(file) == expected)
  }
}
