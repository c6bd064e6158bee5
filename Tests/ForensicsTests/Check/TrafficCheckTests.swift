import Alerts
import CallStore
import Testing

@testable import forensics

/// Storms, refusals and busy minutes.
@Suite struct TrafficCheckTests {
  private typealias Story = CheckStory

  private func storm(
    _ calls: Int, step: Int64 = 1000, fresh: Int = 10_000, more: String = ""
  ) -> CheckStory {
    let story = CheckStory()
    story.add(
      calls, before: 2 * Story.hour, step: step, fresh: fresh,
      more: #","prompt_hash":"85bce1e35ceab3e9""# + more)
    return story
  }

  @Test func `more than a hundred calls of one prompt within five minutes are a storm`() throws {
    let found = try storm(101).findings(of: "retry-storm")
    #expect(found.states == ["retry-storm.85bce1e35ceab3e9 WARNING"])
    #expect(found[0].value == .usd(3_030_000_000))
    #expect(
      found[0].sentence
        == "prompt 85bce1e35ceab3e9 was sent 101 times within five minutes (2026-11-15 10:00 to 10:01) for $3.03"
    )
    #expect(found[0].next == "forensics retry-storms --prompt-hash 85bce1e35ceab3e9 --since 24h")
    #expect(try storm(100).findings(of: "retry-storm").states == ["retry-storm OK"])
  }

  @Test func `spread over more time it is none`() throws {
    #expect(try storm(200, step: 3000).findings(of: "retry-storm").states == ["retry-storm OK"])
  }

  @Test func `a prompt that is busy all day is none`() throws {
    let story = CheckStory()
    // 120 in five minutes, all day long.
    story.add(
      34_000, before: 24 * Story.hour - 1, step: 2500, fresh: 1000,
      more: #","prompt_hash":"85bce1e35ceab3e9""#)
    #expect(try story.findings(of: "retry-storm").states == ["retry-storm OK"])
    #expect(
      try story.findings(of: "retry-storm", "retry_storm: {surge: 1}").states
        == ["retry-storm.85bce1e35ceab3e9 CRITICAL"])
  }

  @Test func `a loop that runs for ten hours is one until it ends`() throws {
    let story = CheckStory()
    story.add(before: 9 * Story.day)
    story.add(
      14_400, before: 10 * Story.hour, step: 2500, fresh: 1000,
      more: #","prompt_hash":"85bce1e35ceab3e9""#)
    #expect(
      try story.findings(of: "retry-storm").states == ["retry-storm.85bce1e35ceab3e9 CRITICAL"])
  }

  @Test func `it has to cost something, and a lot is critical`() throws {
    #expect(try storm(150, fresh: 1000).findings(of: "retry-storm").states == ["retry-storm OK"])
    let found = try storm(150, fresh: 1000)
      .findings(of: "retry-storm", "retry_storm: {minimum_usd: 0.45, critical_usd: 0.45}")
    #expect(found[0].state == .critical)
  }

  @Test func `an honest batch is none`() throws {
    let found = try storm(150, more: #","service_tier":"batch""#).findings(of: "retry-storm")
    #expect(found.states == ["retry-storm OK"])
  }

  @Test func `honest bulk work is none, as retry-storms has it`() throws {
    // 150 calls, each of another session and without errors; the same with one session is a loop.
    func states(sessions: Int, status: Int = 200) throws -> [String] {
      let story = CheckStory()
      for number in 0..<150 {
        story.add(
          before: 2 * Story.hour - Int64(number) * 1000, fresh: 10_000,
          status: number < 30 ? status : 200,
          more: #","prompt_hash":"85bce1e35ceab3e9","session_id":"s-\#(number % sessions)""#)
      }
      return try story.findings(of: "retry-storm").states
    }
    #expect(try states(sessions: 150) == ["retry-storm OK"])
    #expect(try states(sessions: 1) == ["retry-storm.85bce1e35ceab3e9 WARNING"])
    #expect(try states(sessions: 150, status: 500) == ["retry-storm.85bce1e35ceab3e9 WARNING"])
    // Every night for a week, at the same hour: a job.
    let nightly = CheckStory()
    for day in 0..<7 {
      nightly.add(
        150, before: Int64(day) * Story.day + 2 * Story.hour, step: 1000, fresh: 10_000,
        more: #","prompt_hash":"85bce1e35ceab3e9""#)
    }
    #expect(try nightly.findings(of: "retry-storm").states == ["retry-storm OK"])
  }

  @Test func `yesterday's storm is over`() throws {
    let found = try storm(150).findings(of: "retry-storm", now: Story.now + Story.day)
    #expect(found.states == ["retry-storm OK"])
  }

  @Test func `refusals are a share of the calls, from ten of them on`() throws {
    func states(_ refused: Int, of calls: Int) throws -> [String] {
      let story = CheckStory()
      story.add(refused, before: Story.hour, status: 429)
      story.add(calls - refused, before: Story.hour)
      return try story.findings(of: "rate-limit").states
    }
    #expect(try states(9, of: 100) == ["rate-limit OK"])
    #expect(try states(10, of: 200) == ["rate-limit CRITICAL"])
    #expect(try states(10, of: 201) == ["rate-limit WARNING"])
  }

  @Test func `the busiest minute is held against the limit`() throws {
    func states(_ calls: Int) throws -> [String] {
      let story = CheckStory()
      // Within one minute, and one in the next.
      story.add(calls, before: Story.hour, step: 100)
      story.add(before: Story.hour - Story.minute)
      let found = try story.findings(of: "rate-limit", "rate_limit: {requests_per_minute: 100}")
      return Array(found.states.dropFirst())
    }
    #expect(try states(79) == ["rate-limit.minute OK"])
    #expect(try states(80) == ["rate-limit.minute WARNING"])
    #expect(try states(100) == ["rate-limit.minute CRITICAL"])
  }

  @Test func `the limits of rate-headroom hold for the check, too`() throws {
    let story = CheckStory()
    story.add(80, before: Story.hour, step: 100)
    func states(_ yaml: String) throws -> [String] {
      var configuration = try CheckStory.configuration(yaml)
      configuration.rateLimit.adopt([
        RateLimit("all", [.requests: 100]),
        RateLimit("sonnet", [.requests: 50, .input: 1_000_000]),
      ])
      return try RateLimitCheck.findings(story.facts(), configuration).states
    }
    #expect(
      try states("") == [
        "rate-limit OK", "rate-limit.minute WARNING", "rate-limit.minute.sonnet.requests CRITICAL",
        "rate-limit.minute.sonnet.input-tokens OK",
      ])
    // The check's own limit counts more.
    #expect(
      try states("rate_limit: {requests_per_minute: 1000}").contains("rate-limit.minute OK"))
  }
}
