@testable import UsageLog

/// A few lines of Lumen Desk's log, told apart by their output tokens.
enum Story {
  /// A call of Brisk Parcel's with so many output tokens.
  static func line(_ output: Int) -> String {
    #"{"occurred_at":"2026-11-09T08:00:00Z","request_id":"msg_\#(output)","tenant_id":"brisk-parcel","model":"claude-opus-5-5","input_tokens":412,"output_tokens":\#(output)}"#
  }

  /// The same call printed over several lines.
  static func pretty(_ output: Int) -> String {
    """
    {
      "occurred_at": "2026-11-09T08:00:00Z",
      "request_id": "msg_\(output)",
      "model": "claude-opus-5-5",
      "usage": {
        "input_tokens": 412,
        "output_tokens": \(output)
      }
    }
    """
  }

  static let header = "occurred_at,request_id,tenant_id,model,input_tokens,output_tokens"

  static func row(_ output: Int) -> String {
    "2026-11-09T08:00:00Z,msg_\(output),brisk-parcel,claude-opus-5-5,412,\(output)"
  }

  /// A row of the articles' table without its id, as MySQL dumps it.
  static func dumped(_ output: Int, feature: String = "support-chat") -> String {
    [
      "2026-11-09 08:00:00.417", "msg_\(output)", "brisk-parcel", feature, "3f9a1c7e",
      "claude-opus-5-5", "85bce1e35ceab3e9", "412", "0", "0", "\(output)", "5268", "200", "4180",
    ].joined(separator: "\t")
  }
}

extension [ReadRecord] {
  /// Output tokens of every call, in order.
  var outputs: [String?] { flatMap { $0.calls.map { $0[.outputTokens] } } }

  var reasons: [RejectionReason] { compactMap(\.reason) }
}
