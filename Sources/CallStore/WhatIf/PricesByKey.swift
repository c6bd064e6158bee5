/// The prices of calls, by all that decides them.
struct PricesByKey {
  private var places = CodeSlots()
  private var found: [(key: PriceKey, prices: WhatIfPrices)] = []
  /// Keys whose hash another one has.
  private var others: [PriceKey: WhatIfPrices] = [:]

  /// nil for a key that is new.
  mutating func prices(for key: PriceKey) -> WhatIfPrices? {
    guard places.contains(key.hash) else { return nil }
    let place = places.slot(of: key.hash)
    return found[place].key == key ? found[place].prices : others[key]
  }

  mutating func add(_ prices: WhatIfPrices, for key: PriceKey) {
    if places.slot(of: key.hash) == found.count {
      found.append((key, prices))
    } else {
      others[key] = prices
    }
  }
}

extension PriceKey {
  fileprivate var hash: Int64 {
    var hash: UInt64 = 1
    for code in [model, channel, region, tier, speed, geo, workspace, apiKey] {
      hash = (hash ^ UInt64(bitPattern: code)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return Int64(bitPattern: hash)
  }
}
