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
    if leftOut > 0 { phrases.append("\(counted(leftOut)) left out (group not logged)") }
    if approximateTimes > 0 {
      phrases.append("\(counted(approximateTimes)) with approximate time")
    }
    return phrases
  }

  private var priced: String {
    if pricedCalls == calls { return "all priced" }
    if pricedCalls == 0 { return "none priced" }
    // Rounding must not make a gap look closed, or a beginning look like none.
    let tenths = min(max(1, (pricedCalls * 2000 + calls) / (calls * 2)), 999)
    return "\(pricedCalls.grouped) priced (\(tenths / 10).\(tenths % 10) %)"
  }

  private func counted(_ calls: Int64) -> String {
    calls == 1 ? "1 call" : "\(calls.grouped) calls"
  }
}
