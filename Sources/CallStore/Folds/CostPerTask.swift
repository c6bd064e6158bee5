import Tables

extension Fold {
  /// One row a task of its models' rows: what a call costs, and whether a cheap task pays for a dear model.
  static let costPerTask = Fold("cost-per-task") { input in
    let by = input.names[0]
    let rows = input.namedRows
    let dear = try DearModels(
      at: input.number("until").map { $0 - 1 } ?? input.number("as_of") ?? 0,
      from: input.number("dear") ?? 0)
    let allCalls = rows.reduce(0) { $0 + $1["n_calls"] }
    let allNanos = rows.reduce(0) { $0 + $1["spent"] }
    let tasks = Dictionary(grouping: zip(input.rows, rows)) { "\($0.0[0])" }.values.map { rows in
      Task(name: rows[0].0[0], rows: rows.map(\.1), dear)
    }.sorted {
      ($0.nanos, $0.calls) == ($1.nanos, $1.calls)
        ? precedes([$0.name], [$1.name]) : ($0.nanos, $0.calls) > ($1.nanos, $1.calls)
    }
    let names = [
      by, "spend_usd_nanos", "spend_pct", "per_call_usd_nanos", "n_calls", "calls_pct",
      "in_per_call", "out_per_call", "models", "dear_model", "dear_usd_nanos",
    ]
    return FoldedRows(
      names: names,
      rows: tasks.map { task in
        let isShort = task.told > 0 && task.output <= (input.number("short") ?? 0) * task.told
        let isFrequent = task.calls * 100 >= (input.number("calls-pct") ?? 0) * allCalls
        let isDear = task.calls > 0 && task.dearCalls * 2 > task.calls
        let isMarked = isShort && isFrequent && isDear
        return [
          task.name, task.priced == 0 && task.calls > 0 ? .null : .integer(task.nanos),
          Value(percent(task.nanos, of: allNanos)), Value(each(task.nanos, among: task.priced)),
          .integer(task.calls), Value(percent(task.calls, of: allCalls)),
          Value(each(task.input, among: task.told)), Value(each(task.output, among: task.told)),
          .text(task.models), .integer(isMarked ? 1 : 0),
          isMarked ? .integer(task.dearNanos) : .null,
        ]
      })
  }
}

/// What a task's calls come to.
private struct Task {
  let name: Value
  var nanos: Int64 = 0
  var calls: Int64 = 0
  /// Calls with a price, and with usage.
  var priced: Int64 = 0
  var told: Int64 = 0
  var input: Int64 = 0
  var output: Int64 = 0
  var dearCalls: Int64 = 0
  var dearNanos: Int64 = 0
  private(set) var models = ""

  init(name: Value, rows: [FoldRow], _ dear: DearModels) {
    self.name = name
    for row in rows {
      nanos += row["spent"]
      calls += row["n_calls"]
      priced += row["n_priced"]
      told += row["n_told"]
      input += row["n_in"]
      output += row["n_out"]
      if dear.isDear(row.text("used_model")) == true {
        dearCalls += row["n_calls"]
        dearNanos += row["spent"]
      }
    }
    let most = rows.sorted { ($0["n_calls"], $0["spent"]) > ($1["n_calls"], $1["spent"]) }
    let named = most.prefix(2).map { row in
      let share = each(row["n_calls"] * 100, among: calls) ?? 0
      return "\(row.text("used_model") ?? Selection.none) \(share) %"
    }
    let rest = most.count - named.count
    models = named.joined(separator: ", ") + (rest > 0 ? ", \(rest) more" : "")
  }
}
