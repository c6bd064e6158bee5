/// A percentile of what single calls show: `p95_latency_ms` in `selected_usage`.
///
/// Exact, by nearest rank: the smallest value that at least so many per cent of the calls do not exceed. Read with
/// MAX, within one group and bucket; nothing can be added up from percentiles.
struct UsagePercentile: Hashable {
  /// 1…99.
  var percent: Int
  var measure: Measure

  /// What is told of a call; calls that do not tell it are left out.
  enum Measure: String, CaseIterable {
    case promptTokens = "prompt_tokens"
    case outputTokens = "output_tokens"
    case cost = "cost_usd_nanos"
    case latency = "latency_ms"
    case firstToken = "ttft_ms"

    /// As SQL over `llm_call AS c`; NULL for calls that do not tell it, and for hidden iterations.
    var value: String {
      switch self {
      case .promptTokens:
        "CASE WHEN c.kind = 'call' AND c.input_tokens IS NOT NULL THEN \(UsageAmount.prompt) END"
      default: "CASE WHEN c.kind = 'call' THEN c.\(rawValue) END"
      }
    }
  }

  /// From its column's name.
  init?(column: String) {
    guard column.first == "p", let bar = column.firstIndex(of: "_"),
      let percent = Int(column[column.index(after: column.startIndex)..<bar]),
      1...99 ~= percent,
      let measure = Measure(rawValue: String(column[column.index(after: bar)...]))
    else { return nil }
    self.percent = percent
    self.measure = measure
  }

  var column: String { "p\(percent)_\(measure.rawValue)" }

  /// The rank of the value among so many, from 0.
  func rank(among count: Int) -> Int { (count * percent + 99) / 100 - 1 }

  /// One call's share, as SQL over `llm_call AS c`: the value where it is the one at that rank, else NULL.
  func share(ofCallBy columns: [String], bucket: UsageBucketing?) -> String {
    let partition = UsageAmount.partition(columns, bucket)
    let value = measure.value
    return """
      CASE WHEN ROW_NUMBER() OVER (\(partition)ORDER BY \(value) NULLS LAST) \
      = (COUNT(\(value)) OVER (\(Self.whole(partition))) * \(percent) + 99) / 100 THEN \(value) END
      """
  }

  private static func whole(_ partition: String) -> String {
    partition.isEmpty ? "" : String(partition.dropLast())
  }

  static func mentioned(in sql: String) -> [UsagePercentile] {
    var met: Set<UsagePercentile> = []
    return SQLText.words(sql).compactMap(UsagePercentile.init(column:)).filter {
      met.insert($0).inserted
    }
  }
}
