import Testing

@testable import UsageLog

/// The prices that come with the program.
func shippedBook() throws -> PriceBook {
  PriceBook(try PriceCatalogue.shipped())
}

/// The first millisecond of a UTC day, counted from March (not as the catalogue counts).
func instant(_ day: String) -> Int64 {
  let parts = day.split(separator: "-").compactMap { Int64($0) }
  let (year, month) = parts[1] > 2 ? (parts[0], parts[1] - 3) : (parts[0] - 1, parts[1] + 9)
  let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts[2] - 1
  return (days - 719_468) * 86_400_000
}

/// A catalogue of a few lines, each given without the columns from `batch_multiplier` on.
func catalogue(_ lines: String..., rest: String = "0.5,1.1,10,0,test") throws -> PriceCatalogue {
  let text = ([PriceColumn.header] + lines.map { "\($0),\(rest)" }).joined(separator: "\n")
  return try PriceCatalogue(csv: Array(text.utf8))
}

extension Cost {
  var picodollars: Int128? {
    if case .priced(let charge) = self { return charge.picodollars }
    return nil
  }

  var reason: UnpricedReason? {
    if case .unpriced(let reason) = self { return reason }
    return nil
  }
}
