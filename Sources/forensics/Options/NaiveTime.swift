import Foundation

/// Times that were logged without an offset.
enum NaiveTime {
  /// Milliseconds by which the zone is ahead of UTC when its clocks show `local`.
  static func offset(of local: Int64, in zone: TimeZone) -> Int64 {
    let guess = offset(at: local, zone)
    return offset(at: local - guess, zone)
  }

  private static func offset(at utc: Int64, _ zone: TimeZone) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc) / 1000))) * 1000
  }
}
