import CallStore
import Finance
import UsageLog
import Yams

/// Values as `finance` has them in `forensics.yml`.
extension ConfigurationNode {
  /// A share in millionths: `30%` is 300,000; at most four decimals.
  ///
  /// - Parameter limit: in millionths; it must be below that.
  func millionths(below limit: Int64) throws -> Int64 {
    guard let share = Self.millionths(try text()), share < limit else {
      let most = limit / 10_000
      throw mustBe("a percentage below \(most), such as 30%, not '\(try text())'")
    }
    return share
  }

  static func millionths(_ text: String) -> Int64? {
    exactDecimal(text.filter { $0 != "%" && $0 != " " }, decimals: 4)
  }

  func date() throws -> CivilDate {
    guard let date = CivilDate(text: try text()) else {
      throw mustBe("a date such as 2026-11-01, not '\(try text())'")
    }
    return date
  }

  /// Every text in it, as `leaves` has them; items of lists that are mappings are numbered.
  func numberedLeaves() throws -> [ConfigurationNode] {
    if isMapping { return try members().flatMap { try $0.value.numberedLeaves() } }
    guard node.sequence != nil, items.contains(where: \.isMapping) else { return [self] }
    return try items.enumerated().flatMap { place, item in
      try ConfigurationNode(
        file: file, name: "\(name).\(place + 1)", node: item.node, line: item.line
      ).numberedLeaves()
    }
  }
}
