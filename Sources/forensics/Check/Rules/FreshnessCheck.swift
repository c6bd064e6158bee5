import Alerts
import CallStore
import Foundation
import Tables

/// Whether what the other rules look at is recent; what is old is not known.
enum FreshnessCheck {
  static let name = "freshness"

  struct Limits: Equatable {
    /// Long enough for a weekend without traffic.
    var newestCall: Int64 = 3 * 86_400_000
    var lastImport: Int64 = 3 * 86_400_000

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "newest_call": newestCall = try setting.value.duration()
        case "last_import": lastImport = try setting.value.duration()
        default: throw setting.value.unknown(known: ["newest_call", "last_import"])
        }
      }
    }
  }

  static func isStale(_ facts: CheckFacts, _ configuration: CheckConfiguration) -> Bool {
    facts.asOf - facts.newestCall > configuration.freshness.newestCall
  }

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.freshness
    var found = [
      finding(
        [], "call", facts.newestCall, at: facts.asOf, limits.newestCall,
        "import newer logs: forensics import PATH…")
    ]
    // Imports happen by the clock on the wall: an instant of the past has nothing to compare them with.
    if !facts.isPast,
      let row = try facts.rows(PackageResources.check_imports_sql, since: 0).first,
      row.cells[0] != .null
    {
      found.append(
        finding(
          ["import"], "import that found something", row.number(0), at: facts.asOf,
          limits.lastImport, "forensics imports"))
    }
    return found
  }

  private static func finding(
    _ scope: [FindingScope], _ what: String, _ instant: Int64, at now: Int64, _ most: Int64,
    _ next: String
  ) -> Finding {
    let age = Quantity.seconds(max(0, now - instant) / 1000)
    let isStale = now - instant > most
    return Finding(
      name, scope, isStale ? .unknown : .ok,
      "the newest \(what) is of \(ClockTime(instant / 1000 * 1000).asFineAsNeeded) UTC, \(age.text) old"
        + (isStale ? " (at most \(Quantity.seconds(most / 1000).text))" : ""),
      value: age, warning: .seconds(most / 1000), next: next)
  }
}
