import Testing

@testable import CallStore

/// The busiest five minutes, counted hour by hour.
@Suite struct PeakWindowTests {
  @Test func `a hundred and one calls a hair within five minutes are one peak`() {
    var window = PeakWindow()
    for call in 0..<101 { window.add(1000 + Int64(call) * 2999) }
    window.settle(before: .max)
    #expect(window.peak == 101)
    var slower = PeakWindow()
    for call in 0..<101 { slower.add(1000 + Int64(call) * 3000) }
    slower.settle(before: .max)
    #expect(slower.peak == 100)
  }

  @Test(arguments: runs(80)) func `what was settled early counts as if it had not been`(
    seed: UInt64
  ) {
    var dice = Dice(seed)
    let times = (0..<Int.random(in: 0...200, using: &dice)).map { _ in
      Int64.random(in: 0..<4 * 3_600_000, using: &dice) / 60_000 * 60_000
    }
    var window = PeakWindow()
    for hour in 0..<4 as Range<Int64> {
      for time in times where time / 3_600_000 == hour { window.add(time) }
      window.settle(before: (hour + 1) * 3_600_000)
    }
    let naive = times.map { last in times.count { $0 <= last && $0 > last - 300_000 } }.max() ?? 0
    #expect(window.peak == Int64(naive))
  }
}
