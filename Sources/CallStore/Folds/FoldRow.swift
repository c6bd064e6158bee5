import Tables

/// A row as a fold reads it: by the names of its columns.
struct FoldRow {
  private let places: [String: Int]
  private let values: [Value]

  fileprivate init(_ values: [Value], places: [String: Int]) {
    self.values = values
    self.places = places
  }

  func value(_ column: String) -> Value {
    guard let place = places[column] else {
      preconditionFailure("the recipe has no column \(column)")
    }
    return values[place]
  }

  /// The whole number; nil of NULL.
  func whole(_ column: String) -> Int64? {
    if case .integer(let number) = value(column) { number } else { nil }
  }

  /// A sum, 0 of NULL.
  subscript(column: String) -> Int64 { whole(column) ?? 0 }

  func text(_ column: String) -> String? {
    if case .text(let text) = value(column) { text } else { nil }
  }

  /// What columns hold, in their order.
  func values(of columns: ArraySlice<String>) -> [Value] { columns.map(value) }
}

extension FoldInput {
  /// Every row by its columns' names.
  var namedRows: [FoldRow] {
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return rows.map { FoldRow($0, places: places) }
  }

  /// The window: where it is open, as far as the rows' instants go.
  func window(of instants: [Int64]) -> Range<Int64> {
    let since = number("since") ?? instants.min() ?? 0
    let until = number("until") ?? (instants.max() ?? since) + 1
    return since..<max(since, until)
  }
}

extension Value {
  /// As a number to compare with; money is not reckoned with it.
  var number: Double? {
    switch self {
    case .null, .text: nil
    case .integer(let number): Double(number)
    case .real(let number): number
    }
  }

  init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
  init(_ number: Double?) { self = number.map { .real($0) } ?? .null }
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }

  /// A place in an order of values: nothing first, then numbers, then texts.
  var order: (Int, Int64, String) {
    switch self {
    case .null: (0, 0, "")
    case .integer(let number): (1, number, "")
    case .real(let number): (1, Int64(number), "")
    case .text(let text): (2, 0, text)
    }
  }
}

/// Whether a row's names come first.
func precedes(_ left: [Value], _ right: [Value]) -> Bool {
  for (one, other) in zip(left, right) where one != other { return one.order < other.order }
  return false
}

/// Per cent of a whole; nil of nothing.
func percent(_ part: Int64, of whole: Int64) -> Double? {
  whole == 0 ? nil : Double(part) * 100 / Double(whole)
}

/// A sum divided among so many, rounded half up, so that amounts stay whole nano-dollars; nil among none.
func each(_ sum: Int64, among count: Int64) -> Int64? {
  count <= 0 ? nil : Int64((Int128(sum) * 2 + Int128(count)) / (2 * Int128(count)))
}

/// Nano-dollars as remarks name them.
func dollars(_ nanos: Int64) -> String {
  let cents = (Int128(nanos) + 5_000_000) / 10_000_000
  let rest = cents % 100
  return "$\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
}

/// `1 call`, `2 calls`.
func counted(_ count: Int64, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
