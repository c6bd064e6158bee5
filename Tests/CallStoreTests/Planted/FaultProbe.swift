import Tables
import Testing
import UsageLog

@testable import CallStore

/// A recipe as somebody who looks for a fault runs it, and what of its answer counts as a finding.
struct FaultProbe: CustomTestStringConvertible {
  var recipe: String
  var arguments: [String: String] = [:]
  var days: ClosedRange<Int> = 1...45
  /// What each finding is called: a hash, a feature, a day.
  var findings: @Sendable (FoundRows) -> [String]
  /// The fault that leads to each finding; some show in several recipes, rightly.
  var planted: [String: [String]]
  /// What is shown though it is no fault, for want of a guard.
  var honest: [String] = []

  var testDescription: String { recipe }

  /// What is to be found where these faults happen.
  func expected(_ choice: PlantedFaults.Choice) -> Set<String> {
    Set(planted.filter { choice.has($0.key) }.flatMap(\.value) + honest)
  }

  func rows(in desk: Desk) throws -> FoundRows {
    let start: Int64 = 1_782_864_000_000  // 1 July 2026
    let day: Int64 = 86_400_000
    let selection = Selection(
      since: start + Int64(days.lowerBound - 1) * day, until: start + Int64(days.upperBound) * day)
    let answer = try CallDatabase(desk.file).answer(
      Sample.recipe(recipe), over: selection, arguments: arguments, asOf: selection.until ?? 0,
      prices: PriceBook(PriceCatalogue.shipped()))
    return FoundRows(answer.table)
  }
}

/// The rows of an answer, by column.
struct FoundRows {
  struct Line {
    var values: [String: Value]

    subscript(column: String) -> Value { values[column] ?? .null }
    func text(_ column: String) -> String {
      if case .text(let text) = self[column] { text } else { "-" }
    }
    func number(_ column: String) -> Int64 {
      if case .integer(let number) = self[column] { number } else { 0 }
    }
    func real(_ column: String) -> Double {
      switch self[column] {
      case .integer(let number): Double(number)
      case .real(let real): real
      default: 0
      }
    }
  }

  var lines: [Line]

  init(_ table: Table) {
    let names = table.columns.map(\.name)
    lines = table.rows.map { Line(values: Dictionary(zip(names, $0)) { first, _ in first }) }
  }

  /// One column of the lines that meet a condition.
  func list(_ column: String, where isFound: (Line) -> Bool = { _ in true }) -> [String] {
    lines.filter(isFound).map { $0.text(column) }
  }
}
