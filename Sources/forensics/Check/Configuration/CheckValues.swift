import CallStore
import Alerts
import UsageLog
import Yams

/// Values as `check` has them in `forensics.yml`.
extension ConfigurationNode {
  /// Turned off by a word instead of settings.
  var isOff: Bool { ["off", "false", "no"].contains(node.scalar?.string.lowercased() ?? "") }

  /// Dollars, as nano-dollars: `50`, `$1,200.50`.
  func usd() throws -> Int64 {
    let written = try text().filter { $0 != "$" && $0 != "," && $0 != " " }
    guard let nanos = exactDecimal(written, decimals: 9), nanos >= 0 else {
      throw mustBe("an amount in US dollars, such as 50 or 1200.50, not '\(try text())'")
    }
    return nanos
  }

  /// No count or number of tokens is larger, so that a hundred times as many are a number still.
  private static var most: Int64 { 1_000_000_000_000_000 }

  /// Tokens: `5000000`, `5_000_000`, `5M`.
  func tokens() throws -> Int64 {
    var written = try text().filter { $0 != "_" && $0 != "," && $0 != " " }
    var scale: Int64 = 1
    if let suffix = written.last,
      let power = ["k": 1_000, "M": 1_000_000, "G": 1_000_000_000][suffix]
    {
      written.removeLast()
      scale = Int64(power)
    }
    guard let count = Int64(written), count > 0, count <= Self.most / scale else {
      throw mustBe("a number of tokens, such as 5000000 or 5M, not '\(try text())'")
    }
    return count * scale
  }

  /// Per cent, with or without its sign.
  func pct(upTo most: Double = 100_000) throws -> Double {
    let written = try text().filter { $0 != "%" && $0 != " " }
    guard let number = Double(written), number >= 0, number <= most else {
      throw mustBe("a percentage, such as 80 or 0.1, not '\(try text())'")
    }
    return number
  }

  /// Per cent of a budget; half a per cent would come out as none.
  func wholePct() throws -> Int64 {
    let number = try pct()
    guard number == number.rounded() else {
      throw mustBe("a whole percentage, such as 80, not '\(try text())'")
    }
    return Int64(number)
  }

  func count() throws -> Int64 {
    guard let count = Int64(try text().filter { $0 != "_" && $0 != "," }), count > 0,
      count <= Self.most
    else {
      throw mustBe("a whole number of 1 or more, not '\(try text())'")
    }
    return count
  }

  /// A length of time, in milliseconds: `24h`.
  func duration() throws -> Int64 {
    guard let length = spanMilliseconds(try text()) else {
      throw mustBe("a length of time such as 90m, 24h or 7d, not '\(try text())'")
    }
    return length
  }

  func flag() throws -> Bool {
    switch try text().lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw mustBe("true or false, not '\(try text())'")
    }
  }

  func names() throws -> Set<String> { Set(try items.map { try $0.text() }) }
}
