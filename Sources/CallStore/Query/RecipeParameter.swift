import UsageLog

/// A value that a recipe asks for: `:name` in its SQL, or `{name}` where it is a column.
package struct RecipeParameter: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// A whole number of 1 or more.
    case integer
    /// A whole number of 0 or more.
    case number
    case text
    /// A column to group by, written `{name}`.
    case dimension
    /// Several, with commas between them; `all` is none of them: `scope`, the same in every row.
    case dimensions
    /// `90s`, `5m`, `24h`, `7d`, `2w`; milliseconds in SQL.
    case duration
    /// Dollars; whole nano-dollars in SQL.
    case usd
    /// One of a few words.
    case choice([String])

    init?(_ word: String) {
      switch word {
      case "integer": self = .integer
      case "number": self = .number
      case "text": self = .text
      case "dimension": self = .dimension
      case "dimensions": self = .dimensions
      case "duration": self = .duration
      case "usd": self = .usd
      default:
        guard word.hasPrefix("one-of:") else { return nil }
        self = .choice(word.dropFirst("one-of:".count).split(separator: "|").map(String.init))
      }
    }
  }

  package var name: String
  package var kind: Kind
  /// What stands if nothing is given; `-` is NULL.
  package var standard: String
  package var help: String

  /// As good as no bound, and products with it are still whole numbers.
  private static let most: Int64 = 1_000_000_000

  /// The argument as SQL takes it; nil for columns, which are written into the text.
  func value(_ argument: String) throws -> SQLValue? {
    if argument == "-", standard == "-" { return .null }
    switch kind {
    case .integer:
      guard let number = Int64(argument), number > 0 else {
        throw RecipeError.notAnInteger(parameter: name)
      }
      return .integer(min(number, Self.most))
    case .number:
      guard let number = Int64(argument), number >= 0 else {
        throw RecipeError.wrongValue(parameter: name, wanted: "a whole number, such as 0 or 20")
      }
      return .integer(min(number, Self.most))
    case .text: return .text(argument)
    case .dimension, .dimensions: return nil
    case .duration:
      guard let milliseconds = spanMilliseconds(argument) else {
        throw RecipeError.wrongValue(parameter: name, wanted: "a span of time: 90s, 5m, 24h, 7d")
      }
      return .integer(milliseconds)
    case .usd:
      guard let nanos = exactDecimal(argument, decimals: 9), nanos >= 0 else {
        throw RecipeError.wrongValue(parameter: name, wanted: "dollars, such as 0.50 or 20")
      }
      return .integer(nanos)
    case .choice(let words):
      guard words.contains(argument) else {
        throw RecipeError.wrongValue(
          parameter: name, wanted: "one of \(words.joined(separator: ", "))")
      }
      return .text(argument)
    }
  }

  /// The columns that stand for `{name}`.
  func columns(_ argument: String) throws -> [String] {
    let names = kind == .dimensions ? argument.split(separator: ",").map(String.init) : [argument]
    if kind == .dimensions, names == ["all"] { return [UsageSQL.scope] }
    var columns: [String] = []
    for name in names.map({ $0.filter { !$0.isWhitespace } }) {
      guard let dimension = Dimension(argument: name) else {
        throw RecipeError.unknownDimension(name)
      }
      if !columns.contains(dimension.column) { columns.append(dimension.column) }
    }
    return columns
  }
}

/// Milliseconds of `90s`, `5m`, `24h`, `7d`, `2w`; nil if it is none.
package func spanMilliseconds(_ text: String) -> Int64? {
  guard let count = Int64(text.dropLast()), count > 0, count < 100_000 else { return nil }
  switch text.last {
  case "s": return count * 1000
  case "m": return count * 60_000
  case "h": return count * 3_600_000
  case "d": return count * 86_400_000
  case "w": return count * 604_800_000
  default: return nil
  }
}
