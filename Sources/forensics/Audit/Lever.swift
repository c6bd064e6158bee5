/// Something that could be changed, and what that would have saved.
///
/// Amounts of levers on the same calls overlap: each is reckoned as if it were the only one.
struct Lever: Equatable {
  enum Kind: String, CaseIterable {
    case cache, routing, batch, output, history, deploy, creep, trim, session, storm, anomaly,
      hidden
    case outcome
    case repeated = "repeat"
    case billedError = "billed-error"
  }

  enum Confidence: String {
    /// Waste that was measured.
    case high
    /// An exact price on an assumption.
    case medium
    /// A guess about what calls are for.
    case low
  }

  /// What one feature's calls would have cost less.
  struct Part: Equatable {
    /// nil is what was not logged.
    var feature: String?
    /// Within the window.
    var nanos: Int64
    /// In 30 days.
    var monthNanos: Int64
  }

  /// The same lever under another assumption.
  struct Alternative: Equatable {
    var assumption: String
    /// Within the window; negative where it would cost more.
    var nanos: Int64
    var monthNanos: Int64
  }

  let kind: Kind
  /// What it is about, so that audits can be compared: a feature, a hash, a session.
  let subject: String
  let title: String
  let parts: [Part]
  /// The arithmetic in one line, with its figures.
  let arithmetic: String
  let assumption: String
  let confidence: Confidence
  /// Why no more, or no less.
  let reason: String
  /// Commands that show it; the first is where the amount comes from.
  var evidence: [String]
  var sideEffects: [String] = []
  var alternatives: [Alternative] = []
  /// Where a month is scaled from this instant on, not from the whole window: it began then and goes on.
  var since: Int64?

  var id: String { "\(kind.rawValue)/\(subject)" }
  var nanos: Int64 { parts.reduce(0) { $0 + $1.nanos } }
  var monthNanos: Int64 { parts.reduce(0) { $0 + $1.monthNanos } }

  /// The dearest first; what costs the same by confidence and name.
  static func precedes(_ left: Lever, _ right: Lever) -> Bool {
    (-left.monthNanos, left.confidence.rank, left.id)
      < (-right.monthNanos, right.confidence.rank, right.id)
  }
}

extension Lever.Confidence {
  fileprivate var rank: Int {
    switch self {
    case .high: 0
    case .medium: 1
    case .low: 2
    }
  }
}
