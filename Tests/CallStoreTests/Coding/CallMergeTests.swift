import Testing

@testable import CallStore

/// Two records of one call, field by field.
@Suite struct CallMergeTests {
  private let names: [Int64: String] = [1: "claude-haiku-4-5", 2: "claude-sonnet-4-6", 3: "batch"]

  private func merged(
    _ old: [CallColumn: Int64], _ new: [CallColumn: Int64]
  ) throws -> (row: [CallColumn: Int64], result: CallMerge.Result) {
    var rows = CodedCalls()
    for record in [old, new] {
      let row = rows.append()
      rows[row, .rowVersion] = 0
      for (column, value) in record { rows[row, column] = value }
    }
    let result = try CallMerge { names[$0] }.merge(&rows)
    var row: [CallColumn: Int64] = [:]
    for column in CallColumn.allCases where rows[0, column] != CodedCalls.null {
      row[column] = rows[0, column]
    }
    return (row, result)
  }

  @Test func `the same record again changes nothing`() throws {
    let record: [CallColumn: Int64] = [
      .rowVersion: 5, .inputTokens: 1, .outputTokens: 2, .tenant: 3, .model: 1, .modelRaw: 2,
    ]
    let (row, result) = try merged(record, record)
    #expect(row == record)
    #expect(!result.isChanged && !result.isConflict)
  }

  @Test func `the fuller record decides what was used, the other fills`() throws {
    let (row, result) = try merged(
      [.rowVersion: 1, .outputTokens: 2, .serviceTier: 3, .tenant: 7],
      [.rowVersion: 9, .outputTokens: 200, .tenant: 8, .agent: 4])
    #expect(
      row == [.rowVersion: 9, .outputTokens: 200, .serviceTier: 3, .tenant: 7, .agent: 4])
    #expect(result.isChanged && !result.isConflict)
  }

  @Test func `a record that tells less only fills`() throws {
    let (row, result) = try merged(
      [.rowVersion: 9, .outputTokens: 200, .tenant: 8],
      [.rowVersion: 1, .outputTokens: 2, .tenant: 7, .statusCode: 200])
    #expect(row == [.rowVersion: 9, .outputTokens: 200, .tenant: 8, .statusCode: 200])
    #expect(result.isChanged)
  }

  @Test func `equally full records of other tokens are a conflict, decided the same both ways`()
    throws
  {
    let one: [CallColumn: Int64] = [.rowVersion: 5, .inputTokens: 10, .outputTokens: 3]
    let other: [CallColumn: Int64] = [.rowVersion: 5, .inputTokens: 12, .outputTokens: 3]
    for (first, second) in [(one, other), (other, one)] {
      let (row, result) = try merged(first, second)
      #expect(row == other)
      #expect(result.isConflict)
    }
  }

  @Test func `the model's spelling goes with the model`() throws {
    let full: [CallColumn: Int64] = [.rowVersion: 9, .model: 1]
    let partial: [CallColumn: Int64] = [.rowVersion: 1, .model: 1, .modelRaw: 2]
    #expect(try merged(full, partial).row == full)
    #expect(try merged(partial, full).row == full)
  }

  @Test func `the one-hour part goes with its count of cache writes`() throws {
    let full: [CallColumn: Int64] = [.rowVersion: 9, .cacheCreateTokens: 100]
    let other: [CallColumn: Int64] = [
      .rowVersion: 1, .cacheCreateTokens: 50, .cacheCreate1hTokens: 40,
    ]
    #expect(try merged(full, other).row == full)
    #expect(try merged(other, full).row == full)
    var same = other
    same[.cacheCreateTokens] = 100
    let known = full.merging([.cacheCreate1hTokens: 40]) { $1 }
    #expect(try merged(full, same).row == known)
    #expect(try merged(same, full).row == known)
  }

  @Test func `codes do not decide, the names behind them do`() throws {
    let haiku: [CallColumn: Int64] = [.rowVersion: 5, .model: 1]
    let sonnet: [CallColumn: Int64] = [.rowVersion: 5, .model: 2]
    #expect(try merged(haiku, sonnet).row == sonnet)
    #expect(try merged(sonnet, haiku).row == sonnet)
  }
}
