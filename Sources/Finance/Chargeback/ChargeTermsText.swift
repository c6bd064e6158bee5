import CallStore
import Tables
import UsageLog

extension ChargeTerms {
  /// In a few words, for a line: `cost + 30 %`.
  package var text: String {
    let rest = costPlus == .atCost && !rates.isEmpty ? "" : costPlus.text
    return [rates.isEmpty ? "" : "own rates", rest].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// As a sentence, with what a markup leaves of the price, or a margin adds to the cost.
  package var sentence: String {
    var parts = rates.keys.sorted().map { model in
      "\(model) at \(Self.text(of: rates[model] ?? [:]))"
    }
    let isForRest = rates.isEmpty || rates["all"] == nil
    if isForRest { parts.append((rates.isEmpty ? "" : "everything else ") + costPlus.sentence) }
    if minimumNanos > 0 {
      parts.append("at least \(Billionths(minimumNanos).exact) USD a month, by days")
    }
    return parts.joined(separator: "; ") + (from.map { "; from \($0.text)" } ?? "")
  }

  private static func text(of rates: [TokenClass: Int64]) -> String {
    let tokens = TokenClass.allCases.compactMap { tokenClass in
      tokenClass == .webSearch
        ? nil
        : rates[tokenClass].map { "\(tokenClass.rawValue) \(DecimalFraction(rate: $0).exact)" }
    }
    let searches = DecimalFraction(Int128(rates[.webSearch] ?? 0), over: 1_000_000_000).exact
    return
      "\(tokens.joined(separator: ", ")) USD a million tokens, searches \(searches) USD a thousand"
  }
}

extension ChargeTerms.CostPlus {
  package var text: String {
    switch self {
    case .atCost: "at cost"
    case .markup(let share): "cost + \(percent(share))"
    case .margin(let share): "cost / (1 - \(percent(share)))"
    }
  }

  var sentence: String {
    switch self {
    case .atCost: text
    case .markup(let share):
      "\(text) (a markup; it leaves \(percent(of: share, in: 1_000_000 + share)) of the price)"
    case .margin(let share):
      "\(text) (a margin of \(percent(share)) of the price; "
        + "it adds \(percent(of: share, in: 1_000_000 - share)) to the cost)"
    }
  }

  /// `30 %` of 300,000 millionths.
  private func percent(_ millionths: Int64) -> String {
    DecimalFraction(Int128(millionths), over: 10_000).exact + " %"
  }

  /// To a tenth of a per cent.
  private func percent(of part: Int64, in whole: Int64) -> String {
    let tenths = rounded(Int128(part) * 1000, over: Int128(whole))
    return DecimalFraction(tenths, over: 10).exact + " %"
  }
}
