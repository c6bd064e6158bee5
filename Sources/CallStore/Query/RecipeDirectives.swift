import Tables

/// What a recipe's `-- @` lines say.
///
/// CONTRIBUTING.md has a table of them.
struct RecipeDirectives: Sendable {
  private(set) var window: String?
  private(set) var lookback: Lookback?
  private(set) var parameters: [RecipeParameter] = []
  /// Columns, or `{parameter}`.
  private(set) var usage: [String] = []
  private(set) var newest: String?
  /// Only calls that have one of these columns count.
  private(set) var needed: [ScanColumn] = []
  /// `hour`, `day` and the like, or `{parameter}`.
  private(set) var bucket: String?
  /// Where the bucket is `none`, those of a trend over the window are kept apart.
  private(set) var showsTrend = false
  private(set) var topGroups: (parameter: String, amount: UsageAmount)?
  private(set) var least: (amount: UsageAmount, parameter: String)?
  private(set) var storm:
    (key: String, calls: String, within: String, surge: String?, isAlone: Bool)?
  private(set) var fold: Fold?
  private(set) var units: [String: Tables.Unit] = [:]
  private(set) var highlights: [String: Highlight] = [:]
  private(set) var bars: Set<String> = []
  /// Milliseconds that people read as minutes or hours.
  private(set) var durations: Set<String> = []
  /// The column where a row's stretch of time begins, and how long that is: `hour`, or `{column}` that says so.
  private(set) var span: (column: String, length: String)?
  private(set) var leftOut: String?

  /// How far back before its window a recipe reads.
  enum Lookback: Sendable, Equatable {
    /// As long as the window is.
    case window
    /// Milliseconds.
    case span(Int64)
  }

  var looksBack: Bool { lookback != nil }

  /// Takes one line, without its `@`; false if it means nothing.
  mutating func take(_ line: Substring) -> Bool {
    let words = line.split(separator: " ").map(String.init)
    switch (words.first, words.count) {
    case ("window", 2): window = words[1]
    case ("lookback", 3) where words[1] == "1" && words[2] == "window": lookback = .window
    case ("lookback", 2):
      guard let span = spanMilliseconds(words[1]) else { return false }
      lookback = .span(span)
    case ("usage", 2...):
      usage = words.dropFirst().joined().split(separator: ",").map(String.init)
    case ("newest", 2): newest = words[1]
    case ("needs", 2...):
      let names = words.dropFirst().joined().split(separator: ",").map(String.init)
      needed = names.compactMap(ScanColumn.init(named:))
      guard needed.count == names.count else { return false }
    case ("bucket", 2):
      guard words[1].hasPrefix("{") || UsageBucketing(named: words[1]) != nil else { return false }
      bucket = words[1]
    case ("bucket", 4) where words[1].hasPrefix("{") && words[2...] == ["or", "trend"]:
      bucket = words[1]
      showsTrend = true
    case ("top", 3):
      guard let amount = UsageAmount(rawValue: words[2]), amount.isSum else { return false }
      topGroups = (words[1], amount)
    case ("least", 3):
      guard let amount = UsageAmount(rawValue: words[1]), amount.isSum else { return false }
      least = (amount, words[2])
    case ("storm", 4...6):
      var rest = words.dropFirst(4)
      let isAlone = rest.last == "only"
      if isAlone { rest.removeLast() }
      guard rest.count < 2 else { return false }
      storm = (words[1], words[2], words[3], rest.first, isAlone)
    case ("fold", 2):
      guard let named = Fold.named(words[1]) else { return false }
      fold = named
    case ("bar", 2): bars.insert(words[1])
    case ("left-out", 2): leftOut = words[1]
    case ("span", 3): span = (words[1], words[2])
    case ("unit", 3) where words[2] == "duration": durations.insert(words[1])
    case ("unit", 3):
      guard let unit = Tables.Unit(rawValue: words[2]) else { return false }
      units[words[1]] = unit
    case ("highlight", 3) where words[2] == "present": highlights[words[1]] = .present
    case ("highlight", 4):
      guard let threshold = Double(words[3]), ["above", "below"].contains(words[2]) else {
        return false
      }
      highlights[words[1]] = words[2] == "above" ? .above(threshold) : .below(threshold)
    case ("parameter", 4...):
      guard let kind = RecipeParameter.Kind(words[2]) else { return false }
      parameters.append(
        RecipeParameter(
          name: words[1], kind: kind, standard: words[3],
          help: words.dropFirst(4).joined(separator: " ")))
    default: return false
    }
    return true
  }
}
