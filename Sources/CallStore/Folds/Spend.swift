import Tables

extension Fold {
  /// Groups with their share, their change and their trend, or one row for each bucket and group.
  static let spend = Fold("spend") { input in
    let spend = Spend(input)
    return input.text("bucket") == "none" ? spend.totals : spend.buckets
  }
}

/// What groups spent in each bucket of a window, and in the window before.
private struct Spend {
  private struct Amounts {
    var nanos: Int64 = 0
    var priced: Int64 = 0
    var calls: Int64 = 0
    var tokens: Int64 = 0

    mutating func add(_ other: Amounts) {
      nanos += other.nanos
      priced += other.priced
      calls += other.calls
      tokens += other.tokens
    }

    /// NULL where nothing has a price.
    var spend: Value { priced == 0 && calls > 0 ? .null : .integer(nanos) }
  }

  private struct Group {
    var key: [Value]
    var total = Amounts()
    var before: Int64 = 0
    var byBucket: [Int64: Amounts] = [:]

    mutating func add(_ other: Group) {
      total.add(other.total)
      before += other.before
      for (start, amounts) in other.byBucket { byBucket[start, default: Amounts()].add(amounts) }
    }
  }

  private let by: ArraySlice<String>
  private var shown: [Group] = []
  private let total: Int64
  private let starts: [Int64]
  /// Buckets that the window cuts are compared with nothing.
  private let whole: Set<Int64>
  private var notes: [String] = []

  init(_ input: FoldInput) {
    by = input.names[2..<(input.names.count - 4)]
    let rows = input.namedRows
    var groups: [[String]: Group] = [:]
    for row in rows {
      let key = row.values(of: by)
      let name = key.map { "\($0)" }
      var group = groups[name] ?? Group(key: key)
      if row["earlier"] == 1 {
        group.before += row["spend_usd_nanos"]
      } else {
        let amounts = Amounts(
          nanos: row["spend_usd_nanos"], priced: row["n_priced"], calls: row["n_calls"],
          tokens: row["n_tokens"])
        group.total.add(amounts)
        group.byBucket[row["starts"], default: Amounts()].add(amounts)
      }
      groups[name] = group
    }
    total = groups.values.reduce(0) { $0 + $1.total.nanos }
    let window = input.window(of: rows.filter { $0["earlier"] == 0 }.map { $0["starts"] })
    let named = input.text("bucket") ?? "none"
    let bucket = CalendarBuckets.bucketing(
      named == "none"
        ? CalendarBuckets.trend(
          over: UsageWindow.span(
            of: Selection(since: input.number("since"), until: input.number("until")))) : named,
      over: window, timezone: input.timezone)
    let starts = bucket?.starts(over: window) ?? []
    self.starts = starts
    whole = bucket?.wholeBuckets(of: window) ?? []
    take(Array(groups.values), limit: Int(input.number("limit") ?? 20))
  }

  /// The largest groups, and one for all the others.
  private mutating func take(_ groups: [Group], limit: Int) {
    let groups = groups.filter { $0.total.calls > 0 || $0.total.nanos > 0 || $0.before > 0 }
      .sorted { left, right in
        if left.total.nanos != right.total.nanos { return left.total.nanos > right.total.nanos }
        return precedes(left.key, right.key)
      }
    shown = Array(groups.prefix(limit))
    let rest = groups.dropFirst(limit)
    guard !rest.isEmpty else { return }
    var others = Group(key: by.map { _ in .text(RecipeRow.others) })
    for group in rest { others.add(group) }
    shown.append(others)
    notes.append("\(RecipeRow.others) are \(rest.count) more groups; --limit shows more of them")
  }

  var totals: FoldedRows {
    let rows: [[Value]] = shown.map { group in
      group.key + [
        group.total.spend, Value(percent(group.total.nanos, of: total)),
        .integer(group.total.calls), .integer(group.total.tokens),
        Value(percent(group.total.nanos - group.before, of: group.before)),
        .text(Sparkline.text(starts.map { group.byBucket[$0]?.nanos ?? 0 })),
      ]
    }
    return FoldedRows(names: by + Self.figures + ["trend"], rows: rows, notes: notes)
  }

  var buckets: FoldedRows {
    var rows: [[Value]] = []
    for (place, start) in starts.enumerated() {
      let inBucket = shown.compactMap { group in
        group.byBucket[start].map { (group, $0) }
      }
      let sum = inBucket.reduce(0) { $0 + $1.1.nanos }
      let previous = place > 0 ? starts[place - 1] : nil
      let isComparable =
        whole.contains(start) && previous.map(whole.contains) == true
      for (group, amounts) in inBucket {
        let before = isComparable ? previous.flatMap { group.byBucket[$0]?.nanos } ?? 0 : 0
        let change = percent(amounts.nanos - before, of: before)
        rows.append(
          [.integer(start)] + (by == ["scope"] ? [] : group.key) + [
            amounts.spend, Value(percent(amounts.nanos, of: sum)), .integer(amounts.calls),
            .integer(amounts.tokens), Value(change),
          ])
      }
    }
    let names = ["bucket_at"] + (by == ["scope"] ? [] : by) + Self.figures
    return FoldedRows(names: names, rows: rows, notes: notes)
  }

  private static let figures = [
    "spend_usd_nanos", "share_pct", "n_calls", "n_tokens", "change_pct",
  ]
}
