import ArgumentParser
import CallStore
import Foundation
import Tables

/// Closed periods as tables: short for people, whole for machines.
enum ClosingTables {
  static func list(_ closings: Closings, _ output: OutputOptions) throws {
    let all = try closings.all()
    let isForPeople = try output.isForPeople()
    var notes = all.filter(\.isClosed).compactMap(later)
    for closing in all {
      guard let reopened = closing.reopened else { continue }
      notes.append(
        "closing \(closing.id) of \(closing.period) was opened again by \(reopened.by): \(reopened.why)"
      )
    }
    try output.write(
      plain: table(all, columns.filter { !isForPeople || $0.isForPeople }), named: "close --list",
      notes: notes)
  }

  /// What a reader of the list would ask next.
  private static func later(_ closing: ClosingRecord) -> String? {
    guard closing.since.rows > 0, let first = closing.since.firstAt, let last = closing.since.lastAt
    else { return nil }
    let dates = first == last ? date(first) : "\(date(first)) to \(date(last))"
    return
      "\(closing.period): what became known since is dated \(dates): forensics close --adjustments "
      + closing.period
  }

  private static func date(_ instant: Int64) -> String { ClockTime(instant).asFineAsNeeded }

  static func verify(_ closings: Closings, _ period: String?, _ output: OutputOptions) throws {
    let checks = try closings.verify(period)
    let columns = [
      Column(name: "period"), Column(name: "closing"), Column(name: "result"),
      Column(name: "calls", unit: .count), Column(name: "cost_usd", unit: .usd),
      Column(name: "files", unit: .count), Column(name: "detail"),
    ]
    let rows: [[Value]] = checks.map { check in
      let closing = check.closing
      let result =
        check.differences.isEmpty ? (closing.isClosed ? "equal" : "opened again") : "differs"
      return [
        .text(closing.period), .text("\(closing.id)"), .text(result),
        .integer(check.figures?.calls ?? closing.calls),
        .integer(check.figures?.costNanos ?? closing.costNanos), .integer(closing.files),
        check.differences.isEmpty ? .null : .text(check.differences.joined(separator: "; ")),
      ]
    }
    try output.write(plain: Tables.Table(columns: columns, rows: rows), named: "close --verify")
    if checks.contains(where: { !$0.differences.isEmpty }) { throw ExitCode(3) }
  }

  static func files(_ files: IssuedFiles, of closing: ClosingRecord, _ output: OutputOptions) throws
  {
    let columns = [
      Column(name: "name"), Column(name: "bytes", unit: .count), Column(name: "sha256"),
    ]
    try output.write(
      plain: Tables.Table(
        columns: columns,
        rows: files.files.map {
          [.text($0.name), .integer(Int64($0.content.count)), .text($0.sha256)]
        }), named: "close --files-of",
      notes: ["closing \(closing.id) of \(closing.period); --output-dir DIR writes them"])
  }

  /// The columns that say what moved and where it stands.
  static func adjustments(_ table: Tables.Table) -> Tables.Table {
    let shown = [
      "dated_at", "sign", "call_id", "tenant_id", "feature", "model", "output_tokens", "calls",
      "cost_usd",
    ]
    let (file, line) = (place(of: "file", table), place(of: "line", table))
    let kept = table.columns.indices.filter { shown.contains(table.columns[$0].name) }
    return Tables.Table(
      columns: kept.map { table.columns[$0] } + [Column(name: "log")],
      rows: table.rows.map { row in
        var log = Value.null
        if case .text(let path) = row[file], case .integer(let line) = row[line] {
          log = .text(forensics.place(path, line, below: Console.folder))
        }
        return kept.map { row[$0] } + [log]
      })
  }

  private static func place(of name: String, _ table: Tables.Table) -> Int {
    table.columns.firstIndex { $0.name == name } ?? 0
  }

  // MARK: - The list's columns

  private struct Field {
    var column: Column
    var isForPeople = false
    var value: (ClosingRecord) -> Value
  }

  private static func table(_ closings: [ClosingRecord], _ fields: [Field]) -> Tables.Table {
    Tables.Table(
      columns: fields.map(\.column),
      rows: closings.map { closing in fields.map { $0.value(closing) } })
  }

  private static func field(
    _ name: String, _ unit: Tables.Unit = .text, people: Bool = false,
    _ value: @escaping (ClosingRecord) -> Value
  ) -> Field {
    Field(column: Column(name: name, unit: unit), isForPeople: people, value: value)
  }

  private static func instant(_ value: Int64?) -> Value { value.map { .integer($0) } ?? .null }

  private static func text(_ value: String?) -> Value { value.map { .text($0) } ?? .null }

  private static var columns: [Field] {
    [
      field("period", people: true) { .text($0.period) },
      field("closing", people: true) { .text("\($0.id)") },
      field("state", people: true) { .text($0.isClosed ? "closed" : "opened again") },
      field("timezone") { .text($0.timezone) },
      field("starting_at", .instant) { .integer($0.window.lowerBound) },
      field("ending_at", .instant) { .integer($0.window.upperBound) },
      field("closed_by", people: true) { .text($0.closedBy) },
      field("closed_at", .instant, people: true) { .integer($0.closedAt) },
      field("program_version") { .text($0.version) },
      field("catalogue") { .text($0.catalogue) },
      field("calls", .count, people: true) { .integer($0.calls) },
      field("cost_usd", .usd, people: true) { .integer($0.costNanos) },
      field("earlier_calls", .count) { .integer($0.datedIn.calls) },
      field("earlier_usd", .usd, people: true) { .integer($0.datedIn.costNanos) },
      field("since_calls", .count, people: true) { .integer($0.since.calls) },
      field("since_usd", .usd, people: true) { .integer($0.since.costNanos) },
      field("since_first_dated_at", .instant) { instant($0.since.firstAt) },
      field("since_last_dated_at", .instant) { instant($0.since.lastAt) },
      field("files", .count, people: true) { .integer($0.files) },
      field("data_hash") { .text($0.hash) },
      field("reopened_by") { text($0.reopened?.by) },
      field("reopened_at", .instant) { instant($0.reopened?.at) },
      field("reopened_why") { text($0.reopened?.why) },
    ]
  }
}
