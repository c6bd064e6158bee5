/// The calls of one model, or a share of them, made with another.
package struct Route: Hypothesis {
  /// The model as it is asked for, and all ids of it.
  package let from: String
  package let ids: [String]
  package let to: String
  package let share: Share
  /// A session goes as a whole; calls without one go by themselves.
  package let keepsSessions: Bool
  package let tokenizer: Ratio
  package let router: Router?

  /// A call that decides where each call goes.
  package struct Router: Hashable, Sendable {
    package let model: String
    package let usage: TokenUsage

    package init(model: String, usage: TokenUsage) {
      self.model = model
      self.usage = usage
    }
  }

  package init(
    from: String, ids: [String], to: String, share: Share = .all, keepsSessions: Bool = false,
    tokenizer: Ratio = .one, router: Router? = nil
  ) {
    self.from = from
    self.ids = ids
    self.to = to
    self.share = share
    self.keepsSessions = keepsSessions
    self.tokenizer = tokenizer
    self.router = router
  }

  package var assumption: String {
    let tokens =
      tokenizer == .one
      ? "as many tokens" : "\(tokenizer.numerator) tokens for every \(tokenizer.denominator)"
    let unit = keepsSessions ? "sessions" : "calls"
    return "\(to) answers as well, in \(tokens)"
      + (share == .all
        ? "" : "; which \(unit) go there is drawn by their ids, always the same ones")
  }

  package var reach: Reach { Reach(models: ids, isInOrder: true) }

  package func placement(of call: PriceConditions) -> Placement {
    .under(call.moved(to: to))
  }

  package func placementOfAddedCall(beside call: PriceConditions) -> PriceConditions {
    guard let router else { return call }
    var decision = call.moved(to: router.model)
    // Whoever pays for speed does not pay for it twice.
    decision.speed = nil
    return decision
  }

  package func reviser() -> any CallReviser {
    MovingReviser(
      share: share, keepsSessions: keepsSessions, tokenizer: tokenizer, router: router?.usage)
  }
}

extension PriceConditions {
  /// The same call for another model: at the same place, if that is not its maker's own API.
  func moved(to model: String) -> PriceConditions {
    var moved = self
    let id = canonicalModel(self.model)
    moved.model = model
    moved.channel = id.channel(logged: channel)
    // What the logged form told of the endpoint.
    if region == nil || id.scope != .unknown {
      switch id.scope {
      case .unknown: break
      case .global: moved.region = "global"
      case .regional: moved.region = "us"
      case .government: moved.region = "us-gov"
      }
    }
    let makers: Set = ["anthropic", "openai", "gemini", ""]
    if makers.contains(moved.channel ?? "") {
      moved.channel = model.hasPrefix("claude-") ? moved.channel : nil
      if ModelFacts.isClaude(model), moved.channel == "openai" || moved.channel == "gemini" {
        moved.channel = nil
      }
    }
    return moved
  }
}

/// Moves calls, or a share of them, to where no cache is warm yet.
struct MovingReviser: CallReviser {
  let share: Share
  let keepsSessions: Bool
  let tokenizer: Ratio
  let router: TokenUsage?
  private var caches = PrefixCaches()

  init(
    share: Share, keepsSessions: Bool = false, tokenizer: Ratio = .one, router: TokenUsage? = nil
  ) {
    self.share = share
    self.keepsSessions = keepsSessions
    self.tokenizer = tokenizer
    self.router = router
  }

  mutating func revise(_ call: ObservedCall) -> Revision {
    let session = keepsSessions ? call.conversation.map { Int64(bitPattern: $0) } : nil
    let isMoved = share.takes(session ?? call.identity)
    // A hidden iteration is no request of its own: nobody has to decide where it goes.
    let router = call.isHidden ? nil : router
    let warm = caches.warmReads(of: call, at: isMoved ? .new : .old)
    if isMoved {
      let moved = MovedUsage(
        call, warmReads: warm, lastsAnHour: caches.lastsAnHour(call), tokenizer: tokenizer)
      return change(moved, isMoved: true, router)
    }
    guard warm < call.usage.cacheRead || router != nil else { return .asItWas }
    // The model it stays with has all the terms it had.
    var stayed = call
    stayed.cache = CacheTerms()
    return change(
      MovedUsage(stayed, warmReads: warm, lastsAnHour: caches.lastsAnHour(call)), isMoved: false,
      router)
  }

  private func change(
    _ moved: MovedUsage, isMoved: Bool, _ router: TokenUsage?
  ) -> Revision {
    var change = Change(moved.usage, isMoved: isMoved, effects: moved.effects)
    if moved.effects.contains(.coldCache) { change.withoutEffect = moved.warm }
    if router != nil { change.effects.insert(.addedCall) }
    change.added = router
    return .changed(change)
  }
}
