import Foundation
import Testing

@testable import CallStore

/// One call of a reviewing agent as five sources log it: they join where their ids really do, field by field.
@Suite struct FormatsJoinTests {
  private static let request = "req_011CVyQ7wTnLz3kRb9XsMd5P"
  private static let message = "msg_01VnT4kRzQw8mXb2LcYs6HpD"

  /// 6 fresh, 2,140 written for an hour, 31,870 read, 318 out, as the format reference tells it.
  private static var usage: [String: Any] {
    [
      "input_tokens": 6, "cache_creation_input_tokens": 2140, "cache_read_input_tokens": 31870,
      "cache_creation": ["ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 2140],
      "output_tokens": 318, "service_tier": "standard",
    ]
  }

  private static func line(_ output: Int, _ stop: Any, at time: String) -> String {
    json([
      "type": "assistant", "uuid": "u-\(output)", "sessionId": "b7e1", "cwd": "/home/dev/desk",
      "requestId": request, "timestamp": time, "isSidechain": false,
      "message": response(stop, output: output),
    ])
  }

  private static func response(_ stop: Any, output: Int) -> [String: Any] {
    [
      "id": message, "type": "message", "role": "assistant", "model": "claude-opus-5",
      "content": [], "stop_reason": stop, "usage": usage.merging(["output_tokens": output]) { $1 },
    ]
  }

  private static func attribute(_ key: String, _ value: String) -> [String: Any] {
    ["key": key, "value": [Int(value) == nil ? "stringValue" : "intValue": value]]
  }

  private static let sources: [String: [String]] = [
    "transcript": [
      line(1, NSNull(), at: "2026-11-03T12:05:18.733Z"),
      line(318, "tool_use", at: "2026-11-03T12:05:21.090Z"),
    ],
    "otel": [
      json([
        "resourceLogs": [
          [
            "resource": [
              "attributes": [
                attribute("service.name", "claude-code"), attribute("team.id", "lumen-desk"),
              ]
            ],
            "scopeLogs": [
              [
                "scope": ["name": "com.anthropic.claude_code.events"],
                "logRecords": [
                  [
                    // 2026-11-03T12:05:21.090Z
                    "timeUnixNano": "1793707521090000000",
                    "body": ["stringValue": "claude_code.api_request"],
                    "attributes": [
                      attribute("event.name", "api_request"), attribute("model", "claude-opus-5"),
                      attribute("input_tokens", "6"), attribute("output_tokens", "318"),
                      attribute("cache_read_tokens", "31870"),
                      attribute("cache_creation_tokens", "2140"), attribute("duration_ms", "8357"),
                      attribute("request_id", request), attribute("session.id", "b7e1"),
                    ],
                  ]
                ],
              ]
            ],
          ]
        ]
      ])
    ],
    "response": [json(response("tool_use", output: 318))],
    "proxy": [
      json([
        "request_id": message, "call_type": "anthropic_messages", "spend": 0.045,
        "prompt_tokens": 34016, "completion_tokens": 318, "total_tokens": 34334,
        "startTime": "2026-11-03 12:05:12.733000", "endTime": "2026-11-03 12:05:21.090000",
        "model": "claude-opus-5", "custom_llm_provider": "anthropic", "end_user": "cobalt-air",
        "status": "success", "cache_hit": "None",
        "metadata": json([
          "usage_object": [
            "prompt_tokens": 34016, "completion_tokens": 318, "cache_read_input_tokens": 31870,
            "cache_creation_input_tokens": 2140,
            "prompt_tokens_details": ["cached_tokens": 31870],
          ]
        ]),
      ])
    ],
    "application": [
      json([
        "ts": "2026-11-03T12:05:12.900Z", "feature": "review", "git_sha": "9f1c2ab",
        "response": response("tool_use", output: 318), "headers": ["request-id": request],
      ])
    ],
  ]

  @Test(arguments: 1...20)
  func `five tellings are one call, in any order`(seed: Int) throws {
    var dice = Dice(UInt64(seed))
    let desk = try Desk()
    for name in Self.sources.keys.sorted().shuffled(using: &dice) {
      let summary = try desk.load("\(name).jsonl", try #require(Self.sources[name]))
      #expect(summary.addsUp && summary.rejected == 0)
    }
    #expect(
      try desk.list(
        """
        SELECT input_tokens, cache_create_tokens, cache_create_1h_tokens, cache_read_tokens,
          output_tokens, stop_reason, message_id, session_id, deploy_sha
        FROM llm_call
        """) == "6 2140 2140 31870 318 tool_use \(Self.message) b7e1 9f1c2ab")
    #expect(try desk.number("SELECT latency_ms FROM llm_call") == 8357)
    #expect(try desk.wrongSums() == [])
    #expect(try desk.wrongColumns() == [])
  }
}
