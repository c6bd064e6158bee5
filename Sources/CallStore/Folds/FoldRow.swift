import Tables

/// One of a recipe's rows, read by the names of its columns.
struct FoldRow {
  private let places: [String: Int]
  private let values: [Value]

  fileprivate init(_ values: [Value], _ places: [String: Int]) {
    self.values = values
    self.places = places
  }

  subscript(_ name: String) -> Value {
    guard let place = places[name] else {
      preconditionFailure("the recipe has no column \(name)")
    }
    return values[place]
  }

  func text(_ name: String) -> String? {
    if case .text(let text) = self[name] { text } else { nil }
  }

  func known(_ name: String) -> Int64? {
    if case .integer(let number) = self[name] { number } else { nil }
  }

  /// 0 where it is not known.
  func number(_ name: String) -> Int64 { known(name) ?? 0 }
}

extension FoldInput {
  /// Every row by its columns' names; of two columns of one name, the first.
  var lines: [FoldRow] {
    let places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    return rows.map { FoldRow($0, places) }
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

  init(_ text: String?) { self = text.map(Value.text) ?? .null }
  init(_ number: Int64?) { self = number.map(Value.integer) ?? .null }
  init(_ number: Double?) { self = number.map(Value.real) ?? .null }
}
