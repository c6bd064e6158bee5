import Testing
import UsageLog

@testable import CallStore
@testable import Finance

@Suite struct ReportChoiceTests {
  private let story: Story
  private let calls = [
    Story.Told(hour: 3), .init(hour: 3, model: "claude-opus-4-8"), .init(hour: 9),
  ]

  init() throws { story = try Story() }

  private func chosen(_ buckets: [ReportedBucket]) -> [ReportedBucket] {
    ReportChoice(buckets).days.flatMap(\.value)
  }

  private func input(_ buckets: [ReportedBucket]) -> Int64 {
    buckets.reduce(0) { $0 + $1.usage.input }
  }

  @Test func `two groupings of a day are never added up, and the finer one is taken`() {
    let coarse = story.usage(
      calls, without: [.model, .workspaceID, .serviceTier, .inferenceGeo, .speed])
    let fine = story.usage(calls)
    for buckets in [coarse + fine, fine + coarse] {
      #expect(input(chosen(buckets)) == 3000)
      #expect(chosen(buckets).allSatisfy { $0.dimensions[.model] != nil })
    }
  }

  @Test func `hours and days of one report are never added up`() {
    let hours = story.usage(calls, hourly: true)
    let days = story.usage(calls, without: [.model])
    #expect(input(chosen(hours + days)) == 3000)
    // The hours agree with the day and tell more.
    #expect(chosen(hours + days).allSatisfy { $0.dimensions[.model] != nil })
    // Hours that are not all there do not count.
    let some = story.usage(Array(calls.prefix(2)), fetched: Story.later + 1, hourly: true)
    #expect(chosen(some + days).allSatisfy { $0.dimensions[.model] == nil })
    #expect(input(chosen(some + days)) == 3000)
    #expect(input(chosen(hours)) == 3000)
  }

  @Test func `of two tellings that differ the one fetched last is right, though it tells less`() {
    let old = story.usage(Array(calls.prefix(2)), fetched: Story.later - 1)
    let new = story.usage(calls, without: [.workspaceID, .speed])
    #expect(input(chosen(old + new)) == 3000)
  }

  @Test func `a bucket that reaches over a day's end is left out and counted`() {
    var long = story.usage(calls)
    for place in long.indices { long[place].endingAt += 1 }
    #expect(chosen(long).isEmpty && ReportChoice(long).longBuckets == long.count)
  }
}
