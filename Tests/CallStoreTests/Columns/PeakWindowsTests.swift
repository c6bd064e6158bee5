import Testing

@testable import CallStore

/// The busiest five minutes of each group, counted hour by hour.
@Suite struct PeakWindowsTests {
  @Test func `a hundred and one calls a hair within five minutes are one peak`() {
    var windows = PeakWindows()
    for _ in 0..<2 { windows.addGroup() }
    for call in 0..<101 {
      windows.add(1000 + Int64(call) * 2999, to: 0)
      windows.add(1000 + Int64(call) * 3000, to: 1)
    }
    windows.settle()
    #expect(windows.peaks == [101, 100])
  }

  @Test(arguments: runs(80)) func `what was settled early counts as if it had not been`(
    seed: UInt64
  ) {
    var dice = Dice(seed)
    let calls = (0..<Int.random(in: 0...400, using: &dice)).map { _ in
      (
        group: Int32.random(in: 0..<3, using: &dice),
        time: Int64.random(in: 0..<4 * 3_600_000, using: &dice) / 60_000 * 60_000
      )
    }
    var windows = PeakWindows()
    for _ in 0..<3 { windows.addGroup() }
    for hour in 0..<4 as Range<Int64> {
      for call in calls where call.time / 3_600_000 == hour {
        windows.add(call.time, to: call.group)
      }
      windows.settle()
    }
    for group in 0..<3 {
      let times = calls.filter { $0.group == group }.map(\.time)
      let naive =
        times.map { last in times.count { $0 <= last && $0 > last - 300_000 } }.max() ?? 0
      #expect(windows.peaks[group] == Int64(naive))
    }
  }
}
