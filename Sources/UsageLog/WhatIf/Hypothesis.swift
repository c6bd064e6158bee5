/// A change to how calls are made, asked of calls that were made already.
///
/// It says two things of a call: under which conditions it would be priced, and what it would have used. It
/// knows no amounts; whoever walks over the calls prices both, exactly and call by call.
package protocol Hypothesis: Sendable {
  /// What is taken to be true, in a sentence.
  var assumption: String { get }
  /// What is reckoned beside each other; one, unless it depends on what cannot be known.
  var scenarios: [String] { get }
  /// Calls that it cannot touch need not be read.
  var reach: Reach { get }
  /// Where the conditions change: how, or why these calls stay as they are.
  func placement(of call: PriceConditions) -> Placement
  /// What a call that it adds beside this one is priced under.
  func placementOfAddedCall(beside call: PriceConditions) -> PriceConditions
  func reviser() -> any CallReviser
}

extension Hypothesis {
  package var scenarios: [String] { ["would_be"] }
  package var reach: Reach { Reach() }
  package func placement(of call: PriceConditions) -> Placement { .asItWas }
  package func placementOfAddedCall(beside call: PriceConditions) -> PriceConditions { call }
}

/// Which calls a hypothesis can touch; nil is any.
package struct Reach: Sendable {
  /// Canonical ids.
  package var models: [String]?
  package var features: [String]?
  /// Only calls with more output.
  package var outputAbove: Int64?
  /// Whether calls have to be seen in the order of their times.
  package var isInOrder = false

  package init(
    models: [String]? = nil, features: [String]? = nil, outputAbove: Int64? = nil,
    isInOrder: Bool = false
  ) {
    self.models = models
    self.features = features
    self.outputAbove = outputAbove
    self.isInOrder = isInOrder
  }
}

/// What becomes of the conditions that calls are priced under.
package enum Placement: Hashable, Sendable {
  case asItWas
  case under(PriceConditions)
  /// Why they cannot be moved, in words.
  case stays(String)
}

/// One billed call, as a hypothesis sees it.
package struct ObservedCall {
  package var identity: Int64 = 0
  /// UTC milliseconds.
  package var occurredAt: Int64 = 0
  package var usage = TokenUsage()
  /// A hidden iteration inside another call.
  package var isHidden = false
  /// The code of its feature; 0 is none.
  package var feature: Int64 = 0
  /// Calls that may share a prefix have the same: by the logged hash, else by feature, model and place.
  package var prefix: UInt64 = 0
  package var hasLoggedPrefix = false
  /// Calls of one prompt have the same; nil where no hash was logged.
  package var prompt: UInt64?
  /// Turns of one conversation have the same; nil where no session was logged.
  package var conversation: UInt64?
  /// What the place where it would run can cache.
  package var cache = CacheTerms()

  package init() {}
}

/// What can be cached at a place, by its price row.
package struct CacheTerms: Hashable, Sendable {
  package var sells5m = true
  package var sells1h = true
  package var sellsReads = true
  /// The shortest prefix that is cached at all; nil where it is not known.
  package var minimum: Int64?

  package init() {}

  package init(_ rates: Rates, minimum: Int64?) {
    sells5m = rates.cacheWrite5m != nil
    sells1h = rates.cacheWrite1h != nil
    sellsReads = rates.cacheRead != nil
    self.minimum = minimum
  }

  package var sellsAll: Bool { sells5m && sells1h && sellsReads }
}
