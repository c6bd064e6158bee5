import Tables

extension RecipeRow {
  /// The row's figures that are sums over its calls, beside those sums.
  ///
  /// Amounts are compared with what the calls cost, in this window or the one before; counts by the names that
  /// recipes give them.
  func ties(to windows: [ExplainedWindow]) -> [RowExplanation.Tie] {
    zip(table.columns, values).compactMap { column, value in
      guard case .integer(let number) = value else { return nil }
      let sums = column.unit == .usd ? amounts(windows) : counts(column.name, windows)
      guard let sum = sums.first(where: { $0.sum == number }) ?? sums.first else { return nil }
      return RowExplanation.Tie(
        column: column.name, unit: column.unit, value: number, sumOf: sum.name, sum: sum.sum)
    }
  }

  private typealias Sum = (name: String, sum: Int64)

  private func amounts(_ windows: [ExplainedWindow]) -> [Sum] {
    let costs: [Sum] = zip(windows, ["cost", "cost in the window before"])
      .map { ($1, $0.storedNanos) }
    return costs
      + windows.prefix(1).flatMap { window -> [Sum] in
        let covered = window.groups.filter { $0.outcome == .covered }
        let listed: Sum = ("cost at list prices", window.sum(\.listNanos))
        // Without any, its zero would equal every other zero.
        guard !covered.isEmpty else { return [listed] }
        return [
          listed,
          ("list price of what is covered", covered.reduce(0) { $0 + $1.listNanos }),
        ]
      }
  }

  private func counts(_ column: String, _ windows: [ExplainedWindow]) -> [Sum] {
    guard let window = windows.first else { return [] }
    func tokens(_ classes: TokenClass...) -> Int64 {
      window.sum { group in classes.reduce(0) { $0 + group.count($1) } }
    }
    return switch column {
    case "n_calls", "calls": [("number", window.calls)]
    case "reads", "cache_read_tokens", "cache_reads": [("cache_read tokens", tokens(.cacheRead))]
    case "writes", "cache_create_tokens", "cache_writes":
      [("cache_write_5m and cache_write_1h tokens", tokens(.cacheWrite5m, .cacheWrite1h))]
    case "fresh", "input_tokens", "input": [("input tokens", tokens(.input))]
    case "output_tokens", "output": [("output tokens", tokens(.output))]
    case "n_tokens":
      [("tokens", tokens(.input, .cacheWrite5m, .cacheWrite1h, .cacheRead, .output))]
    default: []
    }
  }
}
