import CallStore
import UsageLog

extension PriceOverride {
  /// Reads one item of `prices.overrides`: which calls, and one thing that holds for them.
  ///
  /// - Throws: `SettingsError` with the line of what is wrong.
  init(_ item: ConfigurationNode) throws {
    self.init(name: "", effect: .covered)
    var effects: [(key: String, effect: Effect)] = []
    for member in try item.members() {
      let value = member.value
      switch member.key {
      case "name": name = try value.text()
      case "model": calls.model = try value.text()
      case "channel": calls.channel = canonicalChannel(try value.text())
      case "region": calls.region = try value.text()
      case "workspace", "account":
        if calls.workspace != nil {
          throw value.error("a call has a workspace or an account; give one of them")
        }
        calls.workspace = try value.text()
      case "api_key": calls.apiKey = try value.text()
      case "service_tier": calls.serviceTier = try value.text()
      case "speed": calls.speed = try value.text()
      case "from": calls.from = try value.day()
      case "until": calls.until = try value.day()
      case "same_as": effects.append((member.key, .sameAs(try value.text())))
      case "rates": effects.append((member.key, .rates(try NegotiatedRates(value))))
      case "discount": effects.append((member.key, .discount(payable: try value.payable())))
      case "covered":
        guard try value.text() == "true" else { throw value.mustBe("true, or not there") }
        effects.append((member.key, .covered))
      default:
        throw value.unknown(known: Self.selectors + Self.effects)
      }
    }
    guard effects.count == 1, let only = effects.first else {
      throw item.error(
        "an override says one of \(Self.effects.joined(separator: ", ")); "
          + (effects.isEmpty
            ? "this one says none" : "this one says \(effects.map(\.key).joined(separator: ", "))"))
    }
    effect = only.effect
    try check(item)
    // Not by the place: the same agreement in another file is the same agreement.
    if name.isEmpty { name = "\(only.key) for \(calls.described)" }
  }

  private static let selectors = [
    "name", "model", "channel", "region", "workspace", "account", "api_key", "service_tier",
    "speed", "from", "until",
  ]
  private static let effects = ["same_as", "rates", "discount", "covered"]

  private func check(_ item: ConfigurationNode) throws {
    if calls.from >= calls.until { throw item.error("'until' is not after 'from'") }
    switch effect {
    case .sameAs where calls.model == nil, .rates where calls.model == nil:
      throw item.error("same_as and rates are for one model: name it with 'model'")
    case .sameAs where calls.from != .min || calls.until != .max:
      throw item.error("same_as holds for all time: leave 'from' and 'until' out")
    default: break
    }
  }
}

extension NegotiatedRates {
  /// Reads rates in USD per million tokens.
  fileprivate init(_ section: ConfigurationNode) throws {
    self.init()
    for member in try section.members() {
      let value = member.value
      switch member.key {
      case "input": input = try value.rate()
      case "output": output = try value.rate()
      case "cache_write_5m": cacheWrite5m = try value.rate()
      case "cache_write_1h": cacheWrite1h = try value.rate()
      case "cache_read": cacheRead = try value.rate()
      case "web_search_usd_per_1000": webSearch = try value.searchPrice()
      case "batch_multiplier": batch = try value.ratio(upTo: 1)
      default:
        throw value.unknown(known: [
          "input", "output", "cache_write_5m", "cache_write_1h", "cache_read",
          "web_search_usd_per_1000", "batch_multiplier",
        ])
      }
    }
  }
}

extension ConfigurationNode {
  /// A UTC day, as its first millisecond.
  fileprivate func day() throws -> Int64 {
    guard let day = utcDay(try text()) else { throw mustBe("a day such as 2026-03-13") }
    return day
  }

  /// An amount as it was written; `prices unpriced` leaves them open.
  private func amount(_ unit: String) throws -> String {
    if isLeftOpen {
      throw error("'\(name)' has no amount yet: fill it in, in \(unit), or take it out")
    }
    return try text()
  }

  /// USD per million tokens, as picodollars a token.
  fileprivate func rate() throws -> Int64 {
    let written = try amount("USD per million tokens")
    guard let rate = exactDecimal(written, decimals: 6), rate <= PriceRow.highestRate else {
      throw mustBe("USD per million tokens, with at most 6 decimals and below 1,000")
    }
    return rate
  }

  /// USD per 1,000 searches, as picodollars a search.
  fileprivate func searchPrice() throws -> Int64 {
    guard let price = exactDecimal(try amount("USD per 1,000 searches"), decimals: 9),
      price <= PriceRow.highestSearchPrice
    else { throw mustBe("USD per 1,000 searches, with at most 9 decimals and up to 1,000") }
    return price
  }

  fileprivate func ratio(upTo most: Int64) throws -> Ratio {
    guard let ratio = exactDecimal(try text(), decimals: 6), ratio <= most * 1_000_000 else {
      throw mustBe("a number from 0 to \(most), with at most 6 decimals")
    }
    return Ratio(ratio, over: 1_000_000)
  }

  /// What a discount leaves to pay: 0.88 for `12%` or `0.12`.
  fileprivate func payable() throws -> Ratio {
    let written = try text()
    let isPercent = written.hasSuffix("%")
    let number = written.filter { $0 != "%" && $0 != " " }
    guard let off = exactDecimal(number, decimals: isPercent ? 4 : 6), off > 0, off < 1_000_000
    else { throw mustBe("a share below one, such as 12% or 0.12") }
    return Ratio(1_000_000 - off, over: 1_000_000)
  }
}
