import Tables
import Testing

@testable import CallStore

/// What the program scans and what it prints are the same rows, for every recipe that looks for faults.
@Suite struct FaultRecipeAgreementTests {
  private static let recipes: [(String, [String: String])] = [
    ("retry-storms", ["calls": "2", "within": "30m"]),
    ("retry-storms", ["calls": "1", "within": "9h", "fingerprint": "tool"]),
    ("rate-limits", [:]), ("rate-limits", ["by": "feature,model", "per": "hour"]),
    ("rate-headroom", ["by": "model,workspace"]), ("hidden-costs", ["by": "feature"]),
    ("tool-recursion", [:]), ("tool-recursion", ["by": "session"]), ("input-creep", [:]),
    ("deploy-regressions", [:]), ("deploy-bisect", ["feature": "triage"]),
  ]

  @Test func `scanned and printed, the rows are the same`() throws {
    let told = try ToldUsage()
    let database = try CallDatabase(told.desk.file)
    for seed in runs(6) {
      var dice = Dice(seed)
      let selection = told.randomSelection(&dice)
      for (name, arguments) in Self.recipes {
        let statement = try RenderedRecipe(
          Sample.recipe(name), selection, arguments: arguments, asOf: 0)
        let (scanned, printed) = try database.reading {
          (try $0.select(statement), try $0.select(statement.sql, statement.parameters))
        }
        #expect(scanned.rows == printed.rows, "\(name) \(arguments) \(selection)")
      }
    }
  }

  @Test func `folds have their recipe, and bring every one to an end`() throws {
    let told = try ToldUsage()
    let database = try CallDatabase(told.desk.file)
    for (name, arguments) in Self.recipes {
      let answer = try database.answer(
        Sample.recipe(name), over: Selection(since: RandomLines.start), arguments: arguments,
        asOf: 0)
      #expect(answer.table.columns.count > 3, "\(name)")
    }
  }

  @Test func `healthy sample traffic shows no storm but the planted one`() throws {
    let desk = try Sample.desk.get()
    let answer = try CallDatabase(desk.file).answer(
      Sample.recipe("retry-storms"), over: Selection(), asOf: 0)
    #expect(answer.table.rows.count == 1)
  }
}
