import Tables
import Testing

@testable import CallStore

/// Questions to a desk's database, and instants of its first weeks.
extension Desk {
  func ask(
    _ name: String, from since: String, to until: String, _ arguments: [String: String] = [:]
  ) throws -> Answer {
    try ask(name, Selection(since: instant(since), until: instant(until)), arguments)
  }

  func ask(
    _ name: String, _ selection: Selection, _ arguments: [String: String] = [:]
  ) throws -> Answer {
    try CallDatabase(file).answer(
      Sample.recipe(name), over: selection, arguments: arguments, asOf: Desk.now)
  }
}

/// UTC milliseconds of `2026-11-03` or `2026-11-03T09:00`.
func instant(_ text: String) -> Int64 {
  let parts = text.split { "-T:".contains($0) }.compactMap { Int64($0) }
  // November has 30 days: October's and December's are counted from it.
  let day = parts[2] - 1 + (parts[1] == 12 ? 30 : parts[1] == 10 ? -31 : 0)
  let minutes = parts.count > 4 ? parts[3] * 60 + parts[4] : 0
  return RandomLines.start + day * 86_400_000 + minutes * 60_000
}

/// The instant as logs write it.
func stamp(_ day: Int, _ hour: Int = 9, _ minute: Int = 0) -> String {
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "2026-11-\(two(day))T\(two(hour)):\(two(minute)):00Z"
}

extension Answer {
  /// As CSV.
  var csv: String { TableFormat.csv.render(self) }

  func column(_ name: String) throws -> [Value] {
    let place = try #require(table.columns.firstIndex { $0.name == name }, "\(name)")
    return table.rows.map { $0[place] }
  }

  func wholes(_ name: String) throws -> [Int64] {
    try column(name).map { if case .integer(let number) = $0 { number } else { -1 } }
  }

  func texts(_ name: String) throws -> [String?] {
    try column(name).map { if case .text(let text) = $0 { text } else { nil } }
  }
}
