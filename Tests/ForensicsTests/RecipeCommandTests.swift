import CallStore
import Foundation
import Testing

@testable import forensics

/// Each recipe on the made-up company, against the figures of the second implementation.
@Suite struct RecipeCommandTests {
  @Test(arguments: ["top-prompts", "tenant-trend", "cache-hit-ratio"])
  func `a recipe gives the golden rows to the nano-dollar`(_ recipe: String) throws {
    let forensics = try ForensicsBinary()
    #expect(try forensics.run(["import"] + ForensicsBinary.story).status == 0)
    let result = try forensics(recipe, "--as-of", "latest", "--format", "json")
    #expect(result.status == 0)
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let expected = try Golden.rows(of: recipe)
    let rows = try #require(answer["rows"] as? [[String: Any]])
    #expect(rows.count == expected.count)
    for (row, golden) in zip(rows, expected) {
      for (name, value) in golden where name != "flagged" {
        let printed = row[name.hasSuffix("_usd_nanos") ? String(name.dropLast(6)) : name]
        #expect(
          Golden.agree(printed, value, column: name),
          "\(recipe): \(name) is \(String(describing: printed)), not \(value)")
      }
    }
  }

  @Test func `every recipe's file is a command, and every command's file is there`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: ForensicsBinary.checkout.appendingPathComponent("queries").path)
    // Those of 'check' and 'audit' are their own.
    let names = Set(files.filter { $0.hasSuffix(".sql") }.map { String($0.dropLast(4)) })
      .filter { !$0.hasPrefix("check-") && !$0.hasPrefix("audit-") }
    #expect(
      names.subtracting(["rejects", "imports", "repricings", "closing-adjustments", "unpriced"])
        == Set(Recipes.all.map { $0.recipe.name }))
  }

  @Test func `every recipe has help, a window and a place in the README`() throws {
    let readme = try String(
      contentsOf: ForensicsBinary.checkout.appendingPathComponent("README.md"), encoding: .utf8)
    for command in Recipes.all {
      #expect(!command.recipe.summary.isEmpty && !command.recipe.discussion.isEmpty)
      #expect(command.recipe.window != nil)
      #expect(readme.contains("| `\(command.recipe.name)` |"))
    }
  }

  @Test func `the SQL that a recipe shows gives the answer in plain sqlite`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let shown = try forensics("tenant-trend", "--as-of", "latest", "--show-sql").output
    let again = try forensics("sql", shown, "--format", "csv").output
    let answer = try forensics("tenant-trend", "--as-of", "latest", "--format", "csv").output
    #expect(again == answer)
  }

  @Test func `a filter narrows, and an unknown value finds nothing`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let one = try forensics(
      "tenant-trend", "--as-of", "latest", "--tenant", "brisk-parcel", "--format", "tsv")
    #expect(one.output.split(separator: "\n").count == 2)
    let none = try forensics("calls", "--as-of", "latest", "--tenant", "nobody")
    #expect(none.output.hasPrefix("no rows"))
  }

  @Test func `an empty window says where the calls are`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let result = try forensics("top-prompts", "--as-of", "2030-01-01")
    #expect(result.output.contains("try --as-of latest"))
  }

  @Test func `a recipe of one's own runs with window and filters`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    let file = try forensics.write(
      """
      -- Errors by feature.
      -- @window 30d
      -- @unit errors count
      SELECT feature, SUM(errors) AS errors FROM selected_usage GROUP BY feature ORDER BY feature
      """, to: "errors-by-feature.sql")
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing("-- @unit", with: "-- @usage feature\n-- @unit")
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    let result = try forensics("run", file, "--as-of", "latest", "--format", "csv")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("feature,errors\n"))
  }
}

/// The figures of `Tests/Oracle`, made by an implementation that shares no code with this one.
enum Golden {
  static func rows(of recipe: String) throws -> [[String: Any]] {
    let file = ForensicsBinary.checkout
      .appendingPathComponent("Tests/Oracle/sample-data.expected.json")
    let document = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let recipes = document?["recipes"] as? [String: Any]
    if let rows = recipes?[recipe] as? [[String: Any]] { return rows }
    return (recipes?[recipe] as? [String: Any])?["rows"] as? [[String: Any]] ?? []
  }

  static func agree(_ printed: Any?, _ golden: Any, column: String) -> Bool {
    if golden is NSNull { return printed is NSNull || printed == nil }
    if let text = printed as? String, let milliseconds = golden as? NSNumber {
      return ClockText.milliseconds(text) == milliseconds.int64Value
    }
    if let text = golden as? String { return printed as? String == text }
    guard let printed = printed as? NSNumber, let golden = golden as? NSNumber else { return false }
    if column.hasSuffix("_usd_nanos") {
      let nanos = Decimal(string: "\(printed)").map { $0 * 1_000_000_000 }
      return nanos == Decimal(golden.int64Value)
    }
    return abs(printed.doubleValue - golden.doubleValue) <= 1e-9 * max(1, abs(golden.doubleValue))
  }
}

enum ClockText {
  static func milliseconds(_ text: String) -> Int64? {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return formatter.date(from: text).map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
  }
}
