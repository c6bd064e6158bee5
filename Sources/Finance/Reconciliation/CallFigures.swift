import CallStore
import UsageLog

/// One class of tokens of a day's calls under the same terms.
struct CallPart {
  var tokens: Int64 = 0
  var amount = ExactDollars.zero
  /// Of calls that are not charged.
  var free: Int64 = 0
  /// Of calls that have no price.
  var unpriced: Int64 = 0

  static func += (one: inout CallPart, other: CallPart) {
    one.tokens += other.tokens
    one.amount += other.amount
    one.free += other.free
    one.unpriced += other.unpriced
  }
}

/// What is compared: one class of tokens of a model on a UTC day.
struct MatchKey: Hashable, Comparable {
  var day: CivilDate
  var model: String
  var workspace: String?
  var tokenClass: TokenClass

  static func < (one: Self, other: Self) -> Bool { one.order < other.order }

  private var order: String {
    "\(day.text) \(model) \(workspace ?? "") "
      + "\(TokenClass.allCases.firstIndex(of: tokenClass) ?? 0)"
  }
}

/// A ledger's entry by what it is matched by.
struct CallFigure {
  var day: CivilDate
  var isInside: Bool
  var model: String
  var workspace: String?
  /// Whether the channel that is reconciled is theirs.
  var isOfChannel: Bool
  var terms: PriceTerms
  var parts: [TokenClass: CallPart]
  var calls: Int64
  var withoutUsage: Int64
  var stored: ExactDollars
  /// What their prices give, rounded call by call.
  var reckoned: ExactDollars

  /// - Parameter entry: of a ledger by model, channel and workspace.
  init(
    _ entry: LedgerEntry, day: CivilDate, isInside: Bool, channel: String, _ rates: DayRates,
    _ book: PriceBook
  ) {
    let group = entry.calls
    self.day = day
    self.isInside = isInside
    let logged = entry.values[0] ?? group.model ?? ""
    model = logged.isEmpty ? "(none)" : book.catalogue.snapshot(of: logged)
    workspace = entry.values[2]
    isOfChannel = Self.channel(entry) == channel
    calls = group.calls
    withoutUsage = group.outcome == .noUsage ? group.calls : 0
    stored = ExactDollars(nanos: group.storedNanos)
    reckoned = ExactDollars(nanos: group.costNanos)
    let asked = group.terms
    let isLong = group.isLong && group.row?.longPrompt?.threshold == DayRates.longPrompt
    terms = PriceTerms(
      tier: PriceTerms.tier(asked?.serviceTier), speed: PriceTerms.speed(asked?.speed),
      geography: PriceTerms.geography(asked?.inferenceGeo), isLong: isLong)
    if channel != "anthropic" {
      terms.geography =
        group.row?.provider.hasSuffix("-global") == false ? "regional" : PriceTerms.global
    }
    parts = [:]
    for line in group.lines where line.count != 0 {
      var part = CallPart(tokens: line.count)
      switch group.outcome {
      case .priced: part.amount = Self.payable(line.picodollars ?? 0, group.payable)
      case .free: part.free = line.count
      case .unpriced, .noUsage, .noModel: part.unpriced = line.count
      case .covered: break
      }
      parts[line.tokenClass] = part
    }
  }

  private static func payable(_ picodollars: Int128, _ payable: Ratio) -> ExactDollars {
    ExactDollars(
      attos: ExactDollars.rounded(
        picodollars * 1_000_000 * Int128(payable.numerator), over: Int128(payable.denominator)))
  }

  /// As the calls say, else as their prices do.
  private static func channel(_ entry: LedgerEntry) -> String {
    let named = entry.calls.model.map(canonicalModel)
    if let told = named?.channel(logged: entry.values[1].map(canonicalChannel)) { return told }
    return entry.calls.row.map { String($0.provider.prefix { $0 != "-" }) } ?? "anthropic"
  }
}
