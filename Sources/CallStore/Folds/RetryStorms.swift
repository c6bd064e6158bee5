import Tables

extension Fold {
  /// One row a fingerprint out of those by minute and origin; honest bulk work is told apart.
  static let retryStorms = Fold("retry-storms") { input in
    // The fingerprint's own column, by which rows can be explained.
    let column = input.names[0]
    var order: [String] = []
    var storms: [String: Storm] = [:]
    let since = input.number("since") ?? .min
    for line in input.namedRows {
      let shared = line.text(column) ?? "\(line[column])"
      if storms[shared] == nil {
        storms[shared] = Storm(shared: line.value(column))
        order.append(shared)
      }
      storms[shared]?.add(line, since: since)
    }
    let found = order.compactMap { storms[$0] }.filter { $0.calls > 0 }
      .sorted { $0.costNanos > $1.costNanos }
    let honest = found.filter { $0.honest != nil }
    let isAll = input.text("all") == "yes"
    let shown = isAll ? found : found.filter { $0.honest == nil }
    return FoldedRows(
      names: [column] + Storm.columns + (isAll ? ["honest"] : []),
      rows: shown.map { $0.row + (isAll ? [Value($0.honest)] : []) },
      notes: isAll ? [] : Storm.note(honest))
  }
}

/// Calls of one fingerprint that came too fast.
private struct Storm {
  let shared: Value
  private(set) var calls: Int64 = 0
  private(set) var costNanos: Int64 = 0
  private var priced: Int64 = 0
  private var errors: Int64 = 0
  private var allCalls: Int64 = 0
  private var startedAt = Int64.max
  private var endedAt = Int64.min
  private var minutes: [Int64: Int64] = [:]
  private var tenants = Weights()
  private var features = Weights()
  private var deploys = Weights()
  private var tiers = Weights()
  private var sessions = Weights()
  private var users = Weights()
  private var operations = Weights()
  /// Days with calls, and those of them with storms; the week before the window counts, too.
  private var days: Set<Int64> = []
  private var stormyDays: Set<Int64> = []

  init(shared: Value) { self.shared = shared }

  mutating func add(_ line: FoldRow, since: Int64) {
    let count = line["n_calls"]
    let minute = line["minute_at"]
    let isStorm = line["storm"] == 1
    days.insert(minute / dayLength)
    if isStorm { stormyDays.insert(minute / dayLength) }
    guard minute >= since else { return }
    allCalls += count
    guard isStorm else { return }
    calls += count
    priced += line["n_priced"]
    errors += line["n_errors"]
    costNanos += line["storm_usd_nanos"]
    startedAt = min(startedAt, line["started_at"])
    endedAt = max(endedAt, line["ended_at"])
    minutes[minute, default: 0] += count
    tenants.add(line.text("of_tenant"), count)
    features.add(line.text("of_feature"), count)
    deploys.add(line.text("of_deploy"), count)
    tiers.add(line.text("of_tier"), count)
    sessions.add(line.text("of_session"), count)
    users.add(line.text("of_user"), count)
    operations.add(line.text("of_operation"), count)
  }

  /// Why it may be honest bulk work; nil if it is none.
  var honest: String? {
    if (tiers.calls["batch"] ?? 0) * 2 > calls { return "batch tier" }
    if errors * 10 >= calls { return nil }
    let ids = [(sessions, "sessions"), (users, "users"), (operations, "operations")]
    if let (weights, name) = ids.first(where: { $0.0.named * 10 >= calls * 9 }),
      weights.largest * 10 <= calls
    {
      return "\(weights.calls.count) \(name)"
    }
    if stormyDays.count >= 4, stormyDays.count * 2 >= days.count {
      return "on \(stormyDays.count) of \(days.count) days"
    }
    return nil
  }

  static let columns = [
    "storm_usd_nanos", "storm_calls", "n_errors", "started_at", "ended_at",
    "peak_per_minute", "features", "deploys", "tenants", "n_calls",
  ]

  var row: [Value] {
    [
      shared, priced == 0 ? .null : .integer(costNanos), .integer(calls), .integer(errors),
      .integer(startedAt), .integer(endedAt), .integer(minutes.values.max() ?? 0),
      features.listed, deploys.listed, tenants.listed, .integer(allCalls),
    ]
  }

  static func note(_ honest: [Storm]) -> [String] {
    guard !honest.isEmpty else { return [] }
    let calls = honest.reduce(0) { $0 + $1.calls }
    let reasons = Set(honest.compactMap(\.honest)).sorted().prefix(3).joined(separator: "; ")
    return [
      "\(honest.count) more came as fast, \(calls) calls, but look like honest bulk work "
        + "(\(reasons)): --all shows them"
    ]
  }
}
