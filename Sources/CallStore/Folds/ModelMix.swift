import Tables

extension Fold {
  /// Each model's share of a group's calls, tokens and spend, beside its share before.
  static let modelMix = Fold("model-mix") { input in
    let mix = try ModelMix(input)
    return FoldedRows(names: mix.names, rows: mix.rows, notes: mix.notes)
  }
}

/// What went to each model, by bucket and group.
private struct ModelMix {
  /// A group in a bucket, or in all of a window.
  private struct Frame: Hashable {
    /// nil is the window before.
    var start: Int64?
    var key: [String]
  }

  private struct Totals {
    var nanos: Int64 = 0
    var calls: Int64 = 0
    var tokens: Int64 = 0

    mutating func add(_ row: FoldRow) {
      nanos += row["spent"]
      calls += row["n_calls"]
      tokens += row["n_tokens"]
    }
  }

  let names: [String]
  private(set) var rows: [[Value]] = []
  private(set) var notes: [String] = []

  init(_ input: FoldInput) throws {
    let all = input.namedRows
    let by = input.names[2..<(input.names.count - 5)]
    let isBucketed = input.text("bucket") != "none"
    let shownBy = by == ["scope"] ? [] : by
    names =
      (isBucketed ? ["bucket_at"] : []) + shownBy
      + [
        "model", "dear", "spend_usd_nanos", "spend_pct", "before_pct", "change_points", "n_calls",
        "calls_pct", "tokens_pct",
      ]
    let current = all.filter { $0["earlier"] == 0 }
    let window = input.window(of: current.map { $0["starts"] })
    let bucketing = CalendarBuckets.bucketing(
      input.text("bucket") ?? "none", over: window, timezone: input.timezone)
    let starts = bucketing?.starts(over: window) ?? []
    let whole = bucketing?.wholeBuckets(of: window) ?? []
    let dear = try DearModels(
      at: input.number("until").map { $0 - 1 } ?? input.number("as_of") ?? 0,
      from: input.number("dear") ?? 0)

    func frame(_ row: FoldRow) -> Frame {
      let key = row.values(of: by).map { "\($0)" }
      return Frame(
        start: row["earlier"] == 1 ? nil : isBucketed ? row["starts"] : 0, key: key)
    }
    var totals: [Frame: Totals] = [:]
    var spent: [Frame: [String?: Int64]] = [:]
    for row in all where isBucketed ? row["earlier"] == 0 : true {
      totals[frame(row), default: Totals()].add(row)
      spent[frame(row), default: [:]][row.text("used_model"), default: 0] += row["spent"]
    }

    let ordered = current.sorted { left, right in
      let (one, other) = (isBucketed ? left["starts"] : 0, isBucketed ? right["starts"] : 0)
      if one != other { return one < other }
      let (leftKey, rightKey) = (left.values(of: by), right.values(of: by))
      if leftKey != rightKey { return precedes(leftKey, rightKey) }
      if left["spent"] != right["spent"] { return left["spent"] > right["spent"] }
      if left["n_calls"] != right["n_calls"] { return left["n_calls"] > right["n_calls"] }
      return (left.text("used_model") ?? "") < (right.text("used_model") ?? "")
    }
    for row in ordered where row["n_calls"] > 0 || row["spent"] > 0 {
      let frame = frame(row)
      let total = totals[frame] ?? Totals()
      let model = row.text("used_model")
      let share = percent(row["spent"], of: total.nanos)
      var before = frame
      before.start = nil
      if isBucketed {
        let place = starts.firstIndex(of: row["starts"]) ?? 0
        before.start = place > 0 ? starts[place - 1] : .min
        if !whole.contains(row["starts"]) || !whole.contains(before.start ?? .min) {
          before.start = .min
        }
      }
      let former = totals[before].flatMap { percent(spent[before]?[model] ?? 0, of: $0.nanos) }
      let change = share.flatMap { share in former.map { share - $0 } }
      rows.append(
        (isBucketed ? [.integer(row["starts"])] : []) + row.values(of: shownBy) + [
          Value(model), Value(dear.isDear(model).map { isDear -> Int64 in isDear ? 1 : 0 }),
          row["n_priced"] == 0 && row["n_calls"] > 0 ? .null : .integer(row["spent"]),
          Value(share), Value(former), Value(change), .integer(row["n_calls"]),
          Value(percent(row["n_calls"], of: total.calls)),
          Value(percent(row["n_tokens"], of: total.tokens)),
        ])
    }
    note(all, dear)
  }

  /// The dear models' share of the window and of the one before.
  private mutating func note(_ rows: [FoldRow], _ dear: DearModels) {
    func share(earlier: Int64) -> String? {
      let rows = rows.filter { $0["earlier"] == earlier }
      let dearRows = rows.filter { dear.isDear($0.text("used_model")) == true }
      let sums = (
        dearRows.reduce(0) { $0 + $1["spent"] }, rows.reduce(0) { $0 + $1["spent"] },
        dearRows.reduce(0) { $0 + $1["n_calls"] }, rows.reduce(0) { $0 + $1["n_calls"] }
      )
      guard let spend = percent(sums.0, of: sums.1), let calls = percent(sums.2, of: sums.3)
      else { return nil }
      return "\(tenths(spend)) % of spend and \(tenths(calls)) % of calls"
    }
    guard let now = share(earlier: 0) else { return }
    let before = share(earlier: 1).map { "; in the window before \($0)" } ?? ""
    notes.append("dear models took \(now)\(before)")
  }

  private func tenths(_ number: Double) -> String {
    let tenths = Int64((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
