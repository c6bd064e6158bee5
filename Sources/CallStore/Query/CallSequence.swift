/// What a call is in a row of calls: the one that follows another of its session, operation or prompt prefix, or
/// one of too many at once.
struct CallSequence: Equatable {
  /// `storm`: 1 in calls that lie, with more than `calls` of the same hash, within so many milliseconds.
  var storm: Storm?
  /// `reuse`: how long before a call of the same prefix was.
  var asksForReuse = false
  /// What follows in a session: `following_calls`, `resent_tokens`, `grown_calls`.
  var asksForSession = false
  /// What follows in an operation: `retry_calls`, `wait_ms` and what retries cost.
  var asksForOperation = false

  struct Storm: Equatable {
    var key: Dimension
    var calls: Int64
    /// Milliseconds.
    var within: Int64
    /// Keys that are always as busy are traffic; nil asks for no such thing.
    var surge: Surge?
    /// The recipe shows nothing of keys that have no storm: they need not be added up.
    var isAlone = false
  }

  /// A storm is more than so many times as fast as the key's own calls are over all of the window.
  struct Surge: Equatable {
    var times: Int64
    /// Of the window.
    var seconds: Int64

    /// Seconds of its own pace that a span of so many milliseconds must hold.
    func least(_ within: Int64) -> Int64 {
      Int64(clamping: Int128(times) * Int128(within / 1000))
    }
  }

  static let sessionAmounts: Set<UsageAmount> = [.followingCalls, .resentTokens, .grownCalls]
  static let operationAmounts: Set<UsageAmount> = [
    .retryCalls, .retryCost, .supersededCost, .waitMs,
  ]

  /// nil if nothing asks for the calls' order.
  init?(columns: [String], amounts: [UsageAmount], storm: Storm?) {
    self.storm = columns.contains("storm") ? storm : nil
    asksForReuse = columns.contains("reuse")
    asksForSession = !Self.sessionAmounts.isDisjoint(with: amounts)
    asksForOperation = !Self.operationAmounts.isDisjoint(with: amounts)
    if self.storm == nil, !asksForReuse, !asksForSession, !asksForOperation { return nil }
  }

  /// How long before the same prefix was read or written, by the two lives a cache entry can have.
  enum Reuse: Int64, CaseIterable {
    case first, fiveMinutes, hour, later

    var name: String {
      switch self {
      case .first: "first"
      case .fiveMinutes: "5m"
      case .hour: "1h"
      case .later: "later"
      }
    }

    init(gap: Int64?) {
      guard let gap else {
        self = .first
        return
      }
      self = gap <= 300_000 ? .fiveMinutes : gap <= 3_600_000 ? .hour : .later
    }
  }

  // MARK: - As SQL

  /// `sequenced_call`: `selected_call` and what its order tells.
  var common: String {
    var columns: [String] = []
    var source = "selected_call"
    var text = ""
    if let storm {
      text = storm.paced
      source = "paced_call"
      columns.append(storm.flag)
    }
    if asksForReuse { columns.append(Self.reuse) }
    if asksForSession {
      columns += [
        "\(Self.previous(UsageAmount.prompt)) AS previous_prompt",
        "\(Self.previous("COALESCE(c.output_tokens, 0)")) AS previous_output",
      ]
    }
    if asksForOperation {
      columns += [
        "\(Self.attempt("lag(c.occurred_at + COALESCE(c.latency_ms, 0))")) AS previous_end",
        "\(Self.attempt("lead(c.occurred_at)")) AS next_start",
      ]
    }
    return text + """
      sequenced_call AS (
        SELECT c.*,
          \(columns.joined(separator: ",\n    "))
        FROM \(source) AS c
      ),

      """
  }

  /// Only calls that were answered write or read a cache, or go on in a session.
  private static let isAnswered = "(c.kind = 'call' AND COALESCE(c.status_code, 200) < 400)"
  private static let isAnsweredOrNot = "CASE WHEN \(isAnswered) THEN 1 ELSE 0 END"

  private static func previous(_ value: String) -> String {
    """
    CASE WHEN c.session_id IS NOT NULL AND \(isAnswered) THEN lag(\(value)) OVER (
          PARTITION BY c.session_id, \(isAnsweredOrNot)
          ORDER BY c.occurred_at, \(UsageAmount.prompt), COALESCE(c.output_tokens, 0)) END
    """
  }

  /// What the attempt before or behind it tells.
  private static func attempt(_ value: String) -> String {
    """
    CASE WHEN c.kind = 'call' AND c.operation_id IS NOT NULL THEN \(value) OVER (
            PARTITION BY c.operation_id, c.kind
            ORDER BY c.occurred_at, COALESCE(c.latency_ms, 0), COALESCE(c.cost_usd_nanos, 0)) END
    """
  }

  /// A cache belongs to a model, where it is sold and the workspace that pays.
  private static let reuse = """
    CASE WHEN \(isAnswered) AND (c.prefix_hash IS NOT NULL OR c.prompt_hash IS NOT NULL) THEN
          CASE WHEN \(gap) IS NULL THEN 'first' WHEN \(gap) <= 300000 THEN '5m'
          WHEN \(gap) <= 3600000 THEN '1h' ELSE 'later' END END AS reuse
    """
  private static let gap = """
    c.occurred_at - lag(c.occurred_at) OVER (
          PARTITION BY \(isAnsweredOrNot), c.model, c.channel, c.workspace, c.prefix_hash,
            CASE WHEN c.prefix_hash IS NULL THEN c.feature END,
            CASE WHEN c.prefix_hash IS NULL THEN c.prompt_hash END
          ORDER BY c.occurred_at, \(UsageAmount.prompt), COALESCE(c.output_tokens, 0))
    """
}

extension CallSequence.Storm {
  private var partition: String { "PARTITION BY c.\(key.column)" }
  private static let call = "SUM(CASE WHEN c.kind = 'call' THEN 1 ELSE 0 END)"

  /// `paced_call`: how many calls of its key came within the span that ends with a call, and how many there are.
  fileprivate var paced: String {
    """
    paced_call AS (
      SELECT c.*, \(Self.call) OVER (
        \(partition) ORDER BY c.occurred_at RANGE BETWEEN \(within - 1) PRECEDING AND CURRENT ROW) AS pace\
    \(surge == nil ? "" : ",\n    \(Self.call) OVER (\(partition)) AS volume")
      FROM selected_call AS c
    ),

    """
  }

  /// `storm`: whether one of the spans that hold a call holds too many.
  fileprivate var flag: String {
    let fastest = """
      MAX(c.pace) OVER (
            \(partition) ORDER BY c.occurred_at RANGE BETWEEN CURRENT ROW AND \(within - 1) FOLLOWING)
      """
    let surging = surge.map {
      "\n      AND \(fastest) * \($0.seconds) > c.volume * \($0.least(within))"
    }
    return """
      CASE WHEN c.kind = 'call' AND c.\(key.column) IS NOT NULL AND \(fastest) > \(calls)\(surging ?? "")
            THEN 1 ELSE 0 END AS storm
      """
  }

  /// Whether so many calls within the span are too many, for a key with so many calls in all.
  func isExceeded(by pace: Int64, volume: Int64) -> Bool {
    guard pace > calls else { return false }
    guard let surge else { return true }
    return Int128(pace) * Int128(surge.seconds) > Int128(volume) * Int128(surge.least(within))
  }
}
