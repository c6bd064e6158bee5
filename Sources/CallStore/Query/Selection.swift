import UsageLog

/// Which calls a recipe sees: a half-open window of time and filters.
package struct Selection: Sendable, Equatable {
  /// UTC milliseconds; nil is open.
  package var since: Int64?
  package var until: Int64?
  /// Values of one dimension are alternatives; dimensions narrow each other down.
  ///
  /// `(none)` is what was not logged, `4xx` a class of statuses.
  package var filters: [Dimension: [String]] = [:]

  package init(since: Int64? = nil, until: Int64? = nil, filters: [Dimension: [String]] = [:]) {
    self.since = since
    self.until = until
    self.filters = filters
  }

  /// What stands for "not logged", on the command line as in tables.
  package static let none = "(none)"
  /// What stands for "of all of them" in a recipe's row.
  package static let any = "(any)"

  /// With the window before this one, of the same length, or with so many milliseconds before it.
  func lookedBack(_ lookback: RecipeDirectives.Lookback) -> Selection {
    guard let since else { return self }
    var selection = self
    switch lookback {
    case .window: selection.since = until.map { since - ($0 - since) } ?? since
    case .span(let span): selection.since = since - span
    }
    return selection
  }

  var sortedFilters: [(dimension: Dimension, values: [String])] {
    Dimension.allCases.compactMap { dimension in
      filters[dimension].map { (dimension, $0.map { canonical(dimension, $0) }) }
    }
  }

  /// The statuses that a filter's value stands for: `429`, or `4xx`; nil if it is no status.
  static func statuses(_ value: String) -> ClosedRange<Int64>? {
    if let status = Int64(value) { return status...status }
    guard value.lowercased().hasSuffix("xx"), let kind = value.first?.wholeNumberValue else {
      return nil
    }
    return Int64(kind) * 100...Int64(kind) * 100 + 99
  }

  /// Models are stored under the API's own ids.
  private func canonical(_ dimension: Dimension, _ value: String) -> String {
    dimension == .model && value != Self.none ? canonicalModel(value).canonical : value
  }
}

extension Recipe {
  /// The calls its figures stand on: the window asked for, and what is before it where it looks back.
  func reads(_ selection: Selection) -> Selection {
    directives.lookback.map(selection.lookedBack) ?? selection
  }

  /// The calls that its coverage is told of: a window that it shows beside its own counts, too.
  func covers(_ selection: Selection) -> Selection {
    directives.lookback == .window ? reads(selection) : selection
  }
}
