import Foundation
import Testing

@testable import UsageLog

struct InstantTests {
  /// 2026-11-09T08:00:00.417Z, the morning of the pilot flag.
  private static let pilot: Int64 = 1_794_211_200_417

  @Test(arguments: [
    "2026-11-09T08:00:00.417Z", "2026-11-09t08:00:00.417z", "2026-11-09 08:00:00.417Z",
    "2026-11-09T08:00:00.417+00:00", "2026-11-09T08:00:00.417-00:00",
    "2026-11-09T09:00:00.417+01:00",
    "2026-11-09T09:00:00.417+0100", "2026-11-09T09:00:00.417+01", "2026-11-08T20:30:00.417-11:30",
    "2026-11-09T22:00:00.417+14:00", "2026-11-09T13:45:00.417+05:45", "2026-11-09 08:00:00.417 UTC",
    "2026-11-09 08:00:00.417123 UTC", "2026-11-09T08:00:00.417999999Z", "2026-11-09T08:00:00,417Z",
    "2026-11-09 08:00:00.417 +00:00", "  2026-11-09T08:00:00.417Z  ", "1794211200417",
    "1794211200.417", "1794211200.4170001", "1794211200417.0", "1794211200417123",
    "1794211200417123456", "1.794211200417e9", "1.794211200417E12",
  ])
  func `every form of an instant is the same instant`(text: String) {
    #expect(instant(text) == Instant(milliseconds: Self.pilot))
  }

  @Test(arguments: [
    ("2026-11-09T08:00:00.417", pilot), ("2026-11-09 08:00:00.417000", pilot),
    ("2026-11-09 08:00:00", pilot - 417), ("2026-11-09 08:00", pilot - 417),
    ("2026-11-09T08:00", pilot - 417), ("2026-11-09", pilot - 28_800_417),
    ("2026-11-09 08:00:00.4", pilot - 17), ("2026-11-09 08:00:00.41", pilot - 7),
  ])
  func `a time without an offset is marked as naive`(text: String, milliseconds: Int64) {
    #expect(instant(text) == Instant(milliseconds: milliseconds, isNaive: true))
  }

  @Test(arguments: [
    ("1794211200", Int64(1_794_211_200_000)), ("99999999999", 99_999_999_999_000),
    ("100000000000", 100_000_000_000), ("99999999999999", 99_999_999_999_999),
    ("100000000000000", 100_000_000_000), ("1794211200417499", 1_794_211_200_417),
    ("1794211200.4185", 1_794_211_200_418), ("1794211200.4195", 1_794_211_200_420),
  ])
  func `an epoch's unit is told by its size`(text: String, milliseconds: Int64) {
    #expect(instant(text) == Instant(milliseconds: milliseconds))
  }

  @Test(arguments: [
    ("2024-02-29", true), ("2026-02-29", false), ("2000-02-29", true), ("1900-02-29", false),
    ("2100-02-29", false), ("2028-02-29", true), ("2026-04-31", false), ("2026-04-30", true),
    ("2026-12-31", true), ("2026-01-32", false), ("2026-00-10", false), ("2026-13-10", false),
    ("2026-11-00", false),
  ])
  func `a day exists or is refused`(text: String, exists: Bool) {
    #expect((instant(text) != nil) == exists)
    #expect((instant(text + "T23:59:59.999Z") != nil) == exists)
  }

  @Test func `a leap second is the second before it`() {
    #expect(instant("2016-12-31T23:59:60Z") == instant("2016-12-31T23:59:59Z"))
  }

  @Test(arguments: [
    "", " ", "now", "yesterday", "-1794211200", "12", "2026-11", "2026/11/09", "09.11.2026",
    "11/09/2026", "2026-11-09T", "2026-11-09T08", "2026-11-09T08:0", "2026-11-09T24:00:00Z",
    "2026-11-09T08:60:00Z", "2026-11-09T08:00:61Z", "2026-11-09T08:00:00.Z", "2026-11-09T08-00-00Z",
    "2026-11-09T08:00:00+", "2026-11-09T08:00:00+1", "2026-11-09T08:00:00+15:00",
    "2026-11-09T08:00:00+01:60", "2026-11-09T08:00:00+1:00", "2026-11-09T08:00:00 CET",
    "2026-11-09T08:00:00ZZ", "2026-11-09x08:00:00Z", "2026-1-9", "20261109T080000Z", "1e99", "NaN",
    "Mon, 09 Nov 2026 08:00:00 GMT", "2026-11-09T08:00:0xZ", "２０２６-11-09", "{}",
  ])
  func `what is no instant is refused`(text: String) {
    #expect(instant(text) == nil)
  }

  @Test func `random instants read as Foundation wrote them`() throws {
    var random = SeededRandom(5)
    for _ in 0..<2_000 {
      let seconds = Int64(random.below(4_102_444_800))
      let milliseconds = Int64(random.below(1_000))
      let quarters = random.below(105) - 48  // -12:00 … +14:00
      let zone = try #require(TimeZone(secondsFromGMT: quarters * 900))
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = zone
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second],
        from: Date(timeIntervalSince1970: Double(seconds)))
      let text =
        padded(parts.year, 4) + "-" + padded(parts.month, 2) + "-" + padded(parts.day, 2) + "T"
        + padded(parts.hour, 2) + ":" + padded(parts.minute, 2) + ":" + padded(parts.second, 2)
        + "."
        + padded(Int(milliseconds), 3)
      let sign = quarters < 0 ? "-" : "+"
      let offset = padded(abs(quarters) / 4, 2) + ":" + padded(abs(quarters) % 4 * 15, 2)
      let expected = seconds * 1_000 + milliseconds
      #expect(instant(text + sign + offset) == Instant(milliseconds: expected), "\(text)")
      let local = expected + Int64(quarters) * 900_000
      #expect(instant(text) == Instant(milliseconds: local, isNaive: true))
    }
  }

  private func instant(_ text: String) -> Instant? { borrowed(text) { Instant($0) } }

  private func padded(_ number: Int?, _ width: Int) -> String {
    let digits = String(number ?? -1)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
