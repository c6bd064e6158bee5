import Foundation

/// One line of the help desk's own log: an answer to a ticket of Cobalt Air, unless changed.
///
/// A changed value of `NSNull()` leaves the key out.
func answer(
  _ id: String? = nil, at time: String? = "2026-11-03T09:00:00.000Z", _ changes: [String: Any] = [:]
) -> String {
  var record: [String: Any] = [
    "tenant_id": "cobalt-air", "feature": "triage", "deploy_sha": "3f9a1c7e",
    "model": "claude-sonnet-4-6", "prompt_hash": "85bce1e35ceab3e9", "input_tokens": 1000,
    "cache_create_tokens": 0, "cache_read_tokens": 0, "output_tokens": 200, "status_code": 200,
    "latency_ms": 1500,
  ]
  record["request_id"] = id
  record["occurred_at"] = time
  record.merge(changes) { $1 }
  return json(record.filter { !($0.value is NSNull) })
}

/// The same answer as an SDK prints it: a response without a time.
func response(_ id: String, _ usage: [String: Any] = [:], _ changes: [String: Any] = [:]) -> String
{
  var counts: [String: Any] = [
    "input_tokens": 1000, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
    "output_tokens": 200,
  ]
  counts.merge(usage) { $1 }
  var record: [String: Any] = [
    "id": id, "type": "message", "role": "assistant", "model": "claude-sonnet-4-6",
    "content": [["type": "text", "text": "Done."]], "stop_reason": "end_turn",
    "usage": counts.filter { !($0.value is NSNull) },
  ]
  record.merge(changes) { $1 }
  return json(record.filter { !($0.value is NSNull) })
}

/// The same answer as a gateway logs it.
func wrapped(
  _ id: String, at time: String = "2026-11-03T09:00:00.000Z", _ usage: [String: Any] = [:],
  _ changes: [String: Any] = [:]
) -> String {
  var record: [String: Any] = [
    "ts": time, "tenant": "cobalt-air", "route": "triage", "status": 200,
    "response": (try? JSONSerialization.jsonObject(with: Data(response(id, usage).utf8))) ?? [:],
  ]
  record.merge(changes) { $1 }
  return json(record)
}

func json(_ value: Any) -> String {
  let data = try? JSONSerialization.data(
    withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
  return String(decoding: data ?? Data(), as: UTF8.self)
}
