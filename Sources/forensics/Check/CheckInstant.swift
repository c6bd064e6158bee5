import ArgumentParser
import CallStore
import Foundation

/// `--as-of` and `--timezone`: which day and month a check looks at.
struct CheckInstant: ParsableArguments {
  @Option(help: "What 'now' is: an instant, a date, or 'latest' for just after the newest call.")
  var asOf: String?
  @Option(help: "IANA zone of days and months. (default: the configuration's, or UTC)")
  var timezone: String?

  func validate() throws {
    if let asOf, asOf != "latest" { _ = try TimeBound(asOf, option: "--as-of") }
    if let timezone { _ = try WindowOptions.zone(named: timezone) }
  }

  /// What the rules ask, as of that instant.
  ///
  /// - Throws: `CheckError.noCalls`.
  func facts(_ database: CallDatabase, _ settings: Settings, path: String?) throws -> CheckFacts {
    guard let newest = try database.newestCall() else { throw CheckError.noCalls }
    let zone = try WindowOptions.zone(named: timezone ?? settings.timezone.value)
    let clock = Int64(Date().timeIntervalSince1970 * 1000)
    var now = clock
    if asOf == "latest" {
      now = newest + 1
    } else if let asOf {
      now = try TimeBound(asOf, option: "--as-of").resolved(now: clock, zone: zone)
    }
    var place: [String] = []
    if let asOf { place += ["--as-of", asOf] }
    if let timezone { place += ["--timezone", timezone] }
    if let path { place += ["--db", path] }
    return CheckFacts(
      database, asOf: now, newestCall: min(newest, now), zone: zone, isPast: asOf != nil,
      whereToLook: place)
  }
}

/// Why nothing can be said.
enum CheckError: Error, CustomStringConvertible {
  case noCalls

  var description: String {
    "the database holds no calls yet; import some with: forensics import PATH…"
  }
}
