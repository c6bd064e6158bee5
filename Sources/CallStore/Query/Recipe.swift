import Tables

/// A question in SQL: the opening comment is its help, small `-- @` lines say what SQL cannot.
///
/// - `-- @window 24h` the window if none is asked for
/// - `-- @lookback 1 window` it also reads the window before
/// - `-- @parameter NAME integer|text|dimension DEFAULT What it is.`; a dimension is written `{NAME}`
/// - `-- @usage COLUMN` which column `selected_usage` is summed by
/// - `-- @newest PARAMETER` only so many of the newest calls in `selected_call` are shown
/// - `-- @bucket hour|day` the buckets of `occurred_at` that `selected_usage` keeps apart
/// - `-- @top PARAMETER AMOUNT` only so many groups are shown, those with the largest sums of an amount
/// - `-- @unit COLUMN UNIT`, where the name does not say it
/// - `-- @highlight COLUMN above|below NUMBER`, `-- @bar COLUMN`: what a table marks and draws
/// - `-- @left-out COLUMN` calls in which it was not logged are not shown; they are counted
package struct Recipe: Sendable {
  package let name: String
  /// The file as it is written.
  package let text: String
  /// The comment's first line.
  package private(set) var summary = ""
  /// The rest of the comment.
  package private(set) var discussion = ""
  package private(set) var window: String?
  package private(set) var looksBack = false
  package private(set) var parameters: [Parameter] = []
  private(set) var usage: String?
  private var newest: String?
  private var bucket: UsageWindow.Bucket?
  private var topGroups: (parameter: String, amount: UsageAmount)?
  private(set) var units: [String: Tables.Unit] = [:]
  private(set) var highlights: [String: Highlight] = [:]
  private(set) var bars: Set<String> = []
  private(set) var leftOut: String?
  /// Everything behind the opening comment.
  private(set) var sql = ""

  package struct Parameter: Sendable, Equatable {
    package enum Kind: String, Sendable { case integer, text, dimension }

    package var name: String
    package var kind: Kind
    package var standard: String
    package var help: String
  }

  /// - Throws: `RecipeError` naming the line that cannot be understood.
  package init(name: String, text: String) throws {
    self.name = name
    self.text = text
    var comment: [String] = []
    var body: [Substring] = []
    // By bytes: every start reads every recipe, and telling characters apart took most of it.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
    for (number, line) in lines.enumerated() {
      guard body.isEmpty, line.hasPrefix("--") || line.allSatisfy(\.isWhitespace) else {
        body.append(line)
        continue
      }
      let content = line.drop { $0 == "-" }.drop { $0 == " " }
      if content.hasPrefix("@") {
        try take(directive: content.dropFirst(), line: number + 1)
      } else {
        comment.append(String(content))
      }
    }
    while comment.first?.isEmpty == true { comment.removeFirst() }
    while comment.last?.isEmpty == true { comment.removeLast() }
    summary = comment.first ?? ""
    // Paragraphs as one line each: whoever shows them knows how wide.
    discussion = comment.dropFirst().split(separator: "").map { $0.joined(separator: " ") }
      .joined(separator: "\n\n")
    sql = body.joined(separator: "\n")
    while let last = sql.last, last.isWhitespace || last == ";" { sql.removeLast() }
    if sql.isEmpty { throw RecipeError.empty(name) }
  }

  private mutating func take(directive: Substring, line: Int) throws {
    let unknown = RecipeError.unknownDirective(name, line: line)
    let words = directive.split(separator: " ").map(String.init)
    switch (words.first, words.count) {
    case ("window", 2): window = words[1]
    case ("lookback", 3) where words[1] == "1" && words[2] == "window": looksBack = true
    case ("usage", 2): usage = words[1]
    case ("newest", 2): newest = words[1]
    case ("bucket", 2):
      bucket = UsageWindow.Bucket(rawValue: words[1])
      if bucket == nil { throw unknown }
    case ("top", 3):
      guard let amount = UsageAmount(rawValue: words[2]), amount.isSum else { throw unknown }
      topGroups = (words[1], amount)
    case ("bar", 2): bars.insert(words[1])
    case ("left-out", 2): leftOut = words[1]
    case ("unit", 3):
      guard let unit = Tables.Unit(rawValue: words[2]) else { throw unknown }
      units[words[1]] = unit
    case ("highlight", 4):
      guard let threshold = Double(words[3]), ["above", "below"].contains(words[2]) else {
        throw unknown
      }
      highlights[words[1]] = words[2] == "above" ? .above(threshold) : .below(threshold)
    case ("parameter", 4...):
      guard let kind = Parameter.Kind(rawValue: words[2]) else { throw unknown }
      parameters.append(
        Parameter(
          name: words[1], kind: kind, standard: words[3],
          help: words.dropFirst(4).joined(separator: " ")))
    default: throw unknown
    }
  }
}

extension Recipe {
  /// How many of the newest calls it shows, by the values its parameters have.
  func newestCalls(_ parameters: [String: SQLValue]) -> Int? {
    guard let newest, case .integer(let count) = parameters[newest] else { return nil }
    return Int(count)
  }

  /// The buckets it tells apart: as it says, or hours where it reads the time without saying why.
  func bucket(for body: String) -> UsageWindow.Bucket? {
    if let bucket { return bucket }
    return !looksBack && SQLText.words(body).contains("occurred_at") ? .hour : nil
  }

  /// How many groups it shows, by the values its parameters have.
  ///
  /// Nothing may be left out early where two windows are told apart: the top of one is not that of both.
  func top(_ parameters: [String: SQLValue]) -> ScanRequest.Top? {
    guard !looksBack, let topGroups, case .integer(let count) = parameters[topGroups.parameter]
    else {
      return nil
    }
    return ScanRequest.Top(count: Int(count), amount: topGroups.amount)
  }
}

/// Why a recipe cannot be run.
package enum RecipeError: Error, Equatable, CustomStringConvertible {
  case empty(String)
  case unknownDirective(String, line: Int)
  case unknownParameter(String, known: [String])
  case notAnInteger(parameter: String)
  case unknownDimension(String)
  case missingParameter(String)
  case namelessParameter
  case notOneSelect
  case refused(String)
  case tookTooLong(seconds: Int)
  case sql(String)

  /// The command line is wrong, not the recipe or the database.
  package var isWrongUsage: Bool {
    switch self {
    case .unknownParameter, .notAnInteger, .unknownDimension, .missingParameter: true
    default: false
    }
  }

  package var description: String {
    switch self {
    case .empty(let name): "'\(name)' holds no SQL; it needs one SELECT"
    case .unknownDirective(let name, let line):
      "line \(line) of '\(name)': a '-- @' line that means nothing here; "
        + "known are window, lookback, parameter, usage, bucket, top, newest, unit, highlight, bar, left-out"
    case .unknownParameter(let name, let known):
      "there is no parameter '\(name)'; "
        + (known.isEmpty ? "the statement has none" : "known are \(known.joined(separator: ", "))")
    case .notAnInteger(let parameter): "--\(parameter) takes a whole number of 1 or more"
    case .unknownDimension(let name):
      "cannot group by '\(name)'; known are \(Dimension.allCases.map(\.rawValue).joined(separator: ", "))"
    case .missingParameter(let name):
      "the statement needs a value for :\(name); give it with -p \(name)=…"
    case .namelessParameter:
      "a bare ? cannot be given a value; write :name and give it with -p name=…"
    case .notOneSelect: "only one SELECT can be run, and nothing that writes"
    case .refused(let what): "\(what) is not allowed here: only reading this database is"
    case .tookTooLong(let seconds):
      "stopped after \(seconds) seconds; narrow the window, or allow more with --timeout"
    case .sql(let message): "the SQL has a mistake: \(message)"
    }
  }
}
