extension Answer {
  /// What stands below the rows for people: the window with its coverage, then the notes.
  ///
  /// `2026-11-14 22:00 – 2026-11-15 22:00 UTC · 412 calls, 407 priced (98.8 %) · unpriced: gpt-x`
  package func footer(on display: Display = Display()) -> [String] {
    // A plain listing has neither a window nor anything to cover.
    let isListing = since == nil && until == nil && coverage == nil
    var context = isListing ? [] : [window(on: display)]
    context += coverage?.phrases ?? []
    if let catalogue { context.append("catalogue \(catalogue)") }
    let line = context.isEmpty ? [] : [context.joined(separator: " · ")]
    return (line + notes).map(\.visible)
  }

  private func window(on display: Display) -> String {
    let time = { (instant: Int64) in display.clock(at: instant).asFineAsNeeded }
    let window =
      switch (since, until) {
      case (let since?, let until?): "\(time(since)) – \(time(until))"
      case (let since?, nil): "since \(time(since))"
      case (nil, let until?): "until \(time(until))"
      case (nil, nil): "as of \(time(asOf))"
      }
    return "\(window) \(timezone)"
  }
}

extension Coverage {
  fileprivate var phrases: [String] {
    var phrases = [calls == 0 ? "no calls" : "\(counted(calls)), \(priced)"]
    if !unpricedModels.isEmpty {
      phrases.append("unpriced: " + unpricedModels.joined(separator: ", "))
    }
    if callsWithoutUsage > 0 { phrases.append("\(counted(callsWithoutUsage)) without usage") }
    if coveredCalls > 0 { phrases.append(covered) }
    if leftOut > 0 {
      phrases.append("\(counted(leftOut)) left out (no \(leftOutField ?? "group"))")
    }
    if approximateTimes > 0 {
      phrases.append("\(counted(approximateTimes)) with approximate time")
    }
    return phrases + books
  }

  /// `all priced`, `407 priced (98.8 % of calls, 99.9 % of tokens)`.
  private var priced: String {
    let word = pricedCalls == 0 ? "none" : pricedCalls == calls ? "all" : pricedCalls.grouped
    if unpricedCalls == 0 { return "\(word) priced" }
    if pricedCalls == calls {
      let inside = "\(unpricedCalls.grouped) hidden iteration\(unpricedCalls == 1 ? "" : "s")"
      return "all priced but \(inside)"
        + (share(of: tokens, without: unpricedTokens)
          .map { " (\($0) of tokens)" } ?? "")
    }
    let known = max(pricedCalls, calls - unpricedCalls)
    guard known > 0 else { return "none priced" }
    let shares = [
      share(of: calls, without: calls - known).map { $0 + " of calls" },
      share(of: tokens, without: unpricedTokens).map { $0 + " of tokens" },
    ].compactMap(\.self)
    let isCovered = coveredCalls > 0 ? " or covered" : ""
    return "\(known.grouped) priced\(isCovered) (\(shares.joined(separator: ", ")))"
  }

  private var covered: String {
    let amount = Billionths(coveredListNanos)
    let list = amount.rounded(to: Billionths.decimals(showing: [amount]))
    return "\(coveredCalls.grouped) covered by commitment (list $\(list))"
  }

  /// Which prices it stands on: one book's id, or how many there are.
  private var books: [String] {
    if priceBooks.count > 1 { return ["\(priceBooks.count) price books"] }
    return priceBooks.compactMap { $0.map { "prices \($0)" } }
  }

  /// What is left of a whole in per cent: 100 only where nothing is missing, 0 only where all is.
  private func share(of whole: Int64, without gap: Int64) -> String? {
    guard whole > 0 else { return nil }
    if gap == 0 { return "100 %" }
    if gap >= whole { return "0 %" }
    let (whole, rest) = (Int128(whole), Int128(whole - gap))
    // Rounding must not make a gap look closed, or a beginning look like none.
    let tenths = min(max(1, (rest * 2000 + whole) / (whole * 2)), 999)
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
