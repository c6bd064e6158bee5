import UsageLog

/// What decides a call's cost, apart from who made it.
struct BilledFacts {
  var usage = Call.Usage()
  var occurredAt: Int64 = 0
  var statusCode: Int64?
  var outcome: Call.Outcome?
  var isRefusal = false
  var isBatch = false
  var stopCategory: String?
  /// A hidden iteration inside another call.
  var isExtra = false
}

/// What a call costs, or why that cannot be said.
enum CallCost {
  case free(FreeReason)
  case priced(Charge)
  case covered(Charge)
  case unpriced(UnpricedReason)
  /// The log says nothing of what was used.
  case noUsage
  case noModel
}

/// Why a call costs nothing.
enum FreeReason: String {
  case failedInBatch = "of a batch only requests that succeeded are billed"
  case failed = "a request that failed or was canceled without having used anything is not billed"
  case refused = "refused before any output, which is not billed"
}

extension BilledFacts {
  /// What is billed.
  ///
  /// Unknown is never zero. A failed request without usage costs nothing, whatever its model. Where an error carries
  /// usage, the usage is priced: that is what was reported as used. Of a batch's requests only those that succeeded
  /// are billed.
  func cost(_ plan: @autoclosure () throws -> PricePlan?) rethrows -> CallCost {
    if let reason = freeReason { return .free(reason) }
    guard usage.isLogged else { return .noUsage }
    guard let plan = try plan() else { return .noModel }
    switch plan.cost(tokens, at: occurredAt) {
    case .priced(let charge): return .priced(charge)
    case .covered(let charge): return .covered(charge)
    case .unpriced(let reason): return .unpriced(reason)
    }
  }

  /// The usage in the classes that have rates; what was not logged is none.
  var tokens: TokenUsage {
    let create = usage.cacheCreate ?? 0
    let create1h = usage.cacheCreate1h ?? 0
    return TokenUsage(
      input: usage.input ?? 0, cacheWrite5m: create - create1h, cacheWrite1h: create1h,
      cacheRead: usage.cacheRead ?? 0, output: usage.output ?? 0,
      webSearches: usage.webSearches ?? 0)
  }

  var freeReason: FreeReason? {
    // A batch bills what succeeded; whoever cancels a request elsewhere pays for what it used until then.
    if hasFailed, isBatch || usedNothing { return isBatch ? .failedInBatch : .failed }
    let isFree =
      isExtra
      ? Refusal.isFreeAttempt(
        declinedBeforeOutput: outcome == .refused, stopCategory: stopCategory, at: occurredAt)
      : isRefusal
        && Refusal.isFree(
          stopReason: "refusal", stopCategory: stopCategory, producedOutput: outcome != .refused,
          at: occurredAt)
    return isFree ? .refused : nil
  }

  private var hasFailed: Bool {
    outcome == .errored || outcome == .canceled || outcome == .expired || (statusCode ?? 0) >= 400
  }

  private var usedNothing: Bool {
    (usage.input ?? 0) == 0 && (usage.cacheCreate ?? 0) == 0 && (usage.cacheRead ?? 0) == 0
      && (usage.output ?? 0) == 0 && (usage.webSearches ?? 0) == 0
  }
}
