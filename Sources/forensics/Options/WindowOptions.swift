import ArgumentParser
import CallStore
import Foundation

/// `--since --until --as-of --timezone`: a half-open window, `[since, until)`.
struct WindowOptions: ParsableArguments {
  @Option(help: "From: 24h, 7d, 2w (before now), a date, or an RFC 3339 instant.") var since:
    String?
  @Option(help: "Up to, exclusive; like --since. (default: now)") var until: String?
  @Option(help: "What 'now' is: an instant, a date, or 'latest' for just after the newest call.")
  var asOf: String?
  @Option(help: "IANA zone for dates. (default: UTC)") var timezone: String?

  func validate() throws {
    for (option, text) in [("--since", since), ("--until", until)] {
      if let text { _ = try TimeBound(text, option: option) }
    }
    if let asOf, asOf != "latest" { _ = try TimeBound(asOf, option: "--as-of") }
    if let timezone { _ = try Self.zone(named: timezone) }
  }

  /// "Now" in UTC milliseconds.
  func now(newest: Int64?, zone: TimeZone) throws -> Int64 {
    let clock = Int64(Date().timeIntervalSince1970 * 1000)
    guard let asOf else { return clock }
    if asOf == "latest" { return newest.map { $0 + 1 } ?? clock }
    return try TimeBound(asOf, option: "--as-of").resolved(now: clock, zone: zone)
  }

  /// - Parameter standard: the window's length where `--since` is not given.
  func bounds(
    now: Int64, zone: TimeZone, standard: String?, standardOption: String
  ) throws -> (since: Int64?, until: Int64?) {
    let end =
      try until.map { try TimeBound($0, option: "--until").resolved(now: now, zone: zone) } ?? now
    let start: Int64?
    if let since {
      start = try TimeBound(since, option: "--since").resolved(now: now, zone: zone)
    } else if let standard {
      guard let length = spanMilliseconds(standard) else {
        throw ValidationError(
          "\(standardOption) takes a length such as 24h, 7d or 2w, not '\(standard)'")
      }
      start = end - length
    } else {
      start = nil
    }
    if let start, start >= end {
      throw ValidationError("the window is empty: --since must lie before --until")
    }
    return (start, end)
  }

  /// The zone's name as it is printed, and the zone.
  func zone(_ settings: Settings) throws -> (name: String, zone: TimeZone) {
    let name = timezone ?? settings.timezone.value
    return (name, try Self.zone(named: name))
  }

  static func zone(named name: String) throws -> TimeZone {
    if name.uppercased() == "UTC" { return .gmt }
    guard let zone = TimeZone(identifier: name) else {
      throw ValidationError(
        "there is no time zone '\(name)'; IANA names look like Europe/Madrid or America/Toronto")
    }
    return zone
  }
}
