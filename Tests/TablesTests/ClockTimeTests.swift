import Foundation
import Tables
import Testing

struct ClockTimeTests {
  @Test func `an instant is printed as fine as the place needs`() {
    let time = ClockTime(1_794_776_645_001)
    #expect(time.rfc3339 == "2026-11-15T21:04:05.001Z")
    #expect(time.toTheSecond == "2026-11-15 21:04:05")
    #expect(time.withoutYear == "11-15 21:04:05")
    #expect(time.asFineAsNeeded == "2026-11-15 21:04:05.001")
    #expect(ClockTime(1_794_776_645_000).asFineAsNeeded == "2026-11-15 21:04:05")
    #expect(ClockTime(1_794_776_640_000).asFineAsNeeded == "2026-11-15 21:04")
  }

  @Test func `a clock ahead of UTC may show the next day`() {
    #expect(ClockTime(november15, secondsFromUTC: 7200).toTheSecond == "2026-11-16 00:00:00")
    #expect(ClockTime(november15, secondsFromUTC: -19_800).toTheSecond == "2026-11-15 16:30:00")
  }

  @Test func `every day of eight centuries agrees with the C library`() {
    for days in stride(from: -150_000, through: 150_000, by: 1) {
      let seconds = days * 86_400 + (days * 7919) % 86_400
      var (time, date) = (time_t(seconds), tm())
      gmtime_r(&time, &date)
      let clock = ClockTime(Int64(seconds) * 1000)
      guard
        clock.year == date.tm_year + 1900, clock.month == date.tm_mon + 1,
        clock.day == date.tm_mday, clock.hour == date.tm_hour, clock.minute == date.tm_min,
        clock.second == date.tm_sec
      else {
        Issue.record("\(seconds) is not \(clock)")
        return
      }
    }
  }

  @Test func `no instant is too far away`() {
    #expect(ClockTime(.max, secondsFromUTC: 50_400).rfc3339.hasSuffix("Z"))
    #expect(ClockTime(.min, secondsFromUTC: -50_400).rfc3339.hasPrefix("-"))
  }
}
