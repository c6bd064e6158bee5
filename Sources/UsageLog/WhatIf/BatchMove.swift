/// Calls that nobody waits for, sent as batches.
package struct BatchMove: Hypothesis {
  /// Requests that one batch holds.
  package static let size: Int64 = 100_000

  /// Nobody waits for their calls; nil is all that are selected.
  package let features: [String]?

  package init(features: [String]?) { self.features = features }

  package var assumption: String {
    "nobody waits for "
      + (features.map { $0.isEmpty ? "any feature" : $0.sorted().joined(separator: ", ") }
        ?? "the selected calls") + ": answers may take up to 24 hours"
  }

  /// Cache hits inside a batch are best effort.
  package var scenarios: [String] { ["batch", "batch_no_hits"] }

  package var reach: Reach { Reach(features: features) }

  package func placement(of call: PriceConditions) -> Placement {
    switch call.serviceTier ?? "" {
    case "batch": return .stays("a batch already")
    case "", "standard", "default": break
    case let tier: return .stays("service tier \(tier), which a batch cannot have")
    }
    var batched = call
    batched.serviceTier = "batch"
    // Fast mode is not sold in batches.
    batched.speed = nil
    return .under(batched)
  }

  package func reviser() -> any CallReviser { BatchReviser() }
}

private struct BatchReviser: CallReviser {
  private var requestsByDay: [Int64: Int64] = [:]

  mutating func revise(_ call: ObservedCall) -> Revision {
    if !call.isHidden { requestsByDay[call.occurredAt / 86_400_000, default: 0] += 1 }
    var missed = call.usage
    missed.cacheWrite5m += missed.cacheRead
    missed.cacheRead = 0
    var change = Change(call.usage, isMoved: true)
    change.usages = ScenarioUsages(call.usage, missed)
    return .changed(change)
  }

  var findings: [WhatIfFinding] {
    let requests = requestsByDay.values.reduce(0, +)
    guard requests > 0 else { return [] }
    func batches(_ requests: Int64) -> Int64 { (requests + BatchMove.size - 1) / BatchMove.size }
    let daily = requestsByDay.values.reduce(0) { $0 + batches($1) }
    return [.batches(requests: requests, inAll: batches(requests), daily: daily)]
  }
}
