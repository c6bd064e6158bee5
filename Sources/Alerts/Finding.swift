import Tables

/// What a rule says of one thing it looked at: a budget, a tenant, a feature.
package struct Finding: Equatable, Sendable {
  /// The same in every run, and what `check ack` takes: `budget.tenant.alder-bank.daily`.
  package let id: String
  package let rule: String
  package var state: AlertState
  package var value: Quantity?
  package var warning: Quantity?
  package var critical: Quantity?
  /// The thresholds are the least that is fine, not the most.
  package var alarmsBelow = false
  /// For people: what, how much, since when.
  package var sentence: String
  /// What to type next.
  package var next: String?
  /// Fine, and worth a line all the same.
  package var isNotice = false
  /// There was too little to go by.
  package var isUndecided = false
  /// Somebody knows, and said until when.
  package var acknowledgement: Acknowledgement?

  package init(
    _ rule: String, _ scope: [FindingScope] = [], _ state: AlertState, _ sentence: String,
    value: Quantity? = nil, warning: Quantity? = nil, critical: Quantity? = nil,
    alarmsBelow: Bool = false, next: String? = nil, isNotice: Bool = false,
    isUndecided: Bool = false
  ) {
    self.rule = rule
    id = Self.id([.word(rule)] + scope)
    self.state = state
    self.value = value
    self.warning = warning
    self.critical = critical
    self.alarmsBelow = alarmsBelow
    self.sentence = sentence
    self.next = next
    self.isNotice = isNotice
    self.isUndecided = isUndecided
  }

  /// What counts: what is acknowledged counts as fine.
  package var effectiveState: AlertState { acknowledgement == nil ? state : .ok }

  /// Parts with points between them, in one line without spaces.
  ///
  /// What is very long, had to be changed, or could be taken for another ends in its hash: two tenants must never
  /// share an id.
  static func id(_ parts: [FindingScope]) -> String {
    var written = parts.map(\.text).joined(separator: ".")
    let joined = written.visible.split(whereSeparator: \.isWhitespace).joined(separator: "_")
    let isMistakable = parts.contains(where: \.isMistakable)
    guard joined.utf8.count > 120 || joined != written || isMistakable else { return joined }
    // A control character stands in no id that was not changed: where the mistakable name is, and that it is one.
    if isMistakable {
      written = parts.map { $0.isMistakable ? "\u{1}" + $0.text : $0.text }.joined(
        separator: ".\u{2}")
    }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in written.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(decoding: Array(joined.utf8.prefix(100)), as: UTF8.self)
      .filter { $0 != "\u{FFFD}" } + "~" + String(hash, radix: 16)
  }
}

/// Somebody knows of an alert.
package struct Acknowledgement: Codable, Equatable, Sendable {
  /// UTC milliseconds, as below.
  package var at: Int64
  /// Nil is until it is resolved, or worse.
  package var until: Int64?
  package var note: String?
  /// What was known; something worse was not.
  package var state: AlertState

  package init(at: Int64, until: Int64?, note: String?, state: AlertState) {
    self.at = at
    self.until = until
    self.note = note
    self.state = state
  }

  package func holds(for state: AlertState, at now: Int64) -> Bool {
    until.map { now < $0 } ?? true && state.severity <= self.state.severity
  }

  package var text: String {
    "acknowledged" + (until.map { " until \(ClockTime($0).asFineAsNeeded)" } ?? "")
      + (note.map { ": \($0)" } ?? "")
  }
}
