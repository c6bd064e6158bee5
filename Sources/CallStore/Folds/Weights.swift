import Tables

/// What calls have in common, by how many of them: the names of their features, say.
struct Weights {
  private(set) var calls: [String: Int64] = [:]
  private(set) var unnamed: Int64 = 0

  mutating func add(_ name: String?, _ count: Int64) {
    guard count > 0 else { return }
    if let name { calls[name, default: 0] += count } else { unnamed += count }
  }

  var named: Int64 { calls.values.reduce(0, +) }
  var largest: Int64 { calls.values.max() ?? 0 }

  /// The largest first; of many, the first two and how many more.
  var listed: Value {
    let names = calls.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    if names.isEmpty { return .null }
    let more = names.count > 2 ? " +\(names.count - 2)" : ""
    return .text(names.prefix(2).joined(separator: ", ") + more)
  }
}
