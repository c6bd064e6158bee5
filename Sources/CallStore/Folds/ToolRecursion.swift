import Tables

extension Fold {
  /// What re-sent input cost, out of what was paid.
  static let toolRecursion = Fold("tool-recursion") { input in
    let share = input.number("share") ?? 50
    let turns = input.number("turns") ?? 3
    let group = Array(input.names.prefix { $0 != "paid_usd_nanos" })
    let rows: [[Value]] = input.namedRows.map { line in
      let paid = line["paid_usd_nanos"]
      let resent = RepeatedInput(line).cost(of: paid)
      let following = line["n_following"]
      let grown = line.value("grown_pct").number ?? 0
      let isTrap =
        following >= turns && grown >= 50 && paid > 0
        && Int128(resent) * 100 > Int128(paid) * Int128(share)
      return group.map { line.value($0) } + [
        line["n_priced"] == 0 ? .null : .integer(paid),
        line["n_priced"] == 0 ? .null : .integer(resent),
        paid > 0 ? .real(Double(resent) / Double(paid) * 100) : .null,
        line.value("again_tokens"), line.value("resent_pct"), line.value("n_calls"),
        .integer(following),
        line.value("grown_pct"), .integer(isTrap ? 1 : 0),
      ]
    }
    return FoldedRows(
      names: group + [
        "paid_usd_nanos", "resent_usd_nanos", "resent_cost_pct", "resent_tokens", "resent_pct",
        "n_calls", "n_following", "grown_pct", "trap",
      ], rows: rows)
  }
}

/// Shares a cost out over token classes, by the ratios of their prices.
///
/// The vendor's list prices have the same ratios for every model: output 5 times the price of input, cache writes
/// 1.25 (an hour's 2), reads 0.1.
private struct RepeatedInput {
  private let repeated: Int128
  private let all: Int128

  init(_ line: FoldRow) {
    let again = line["again_tokens"]
    let reads = line["reads"]
    let writes1h = line["writes_1h"]
    let writes5m = max(line["writes"] - writes1h, 0)
    let readAgain = min(again, reads)
    // In hundredths of an input token's price.
    repeated = Int128(readAgain) * 10 + Int128(again - readAgain) * 100
    all =
      Int128(line["fresh"]) * 100 + Int128(writes5m) * 125 + Int128(writes1h) * 200
      + Int128(reads) * 10 + Int128(line["written"]) * 500
  }

  /// Nano-dollars of so many, never more than all of them.
  func cost(of nanos: Int64) -> Int64 {
    all > 0 ? Int64(Int128(nanos) * min(repeated, all) / all) : 0
  }
}
