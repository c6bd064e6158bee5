import Finance
import Testing
import UsageLog

@testable import CallStore

/// Whatever calls and reports are like, every difference has a line, and the lines add up.
@Suite struct ReconciliationPropertyTests {
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }

    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
      choices[Int.random(in: choices.indices, using: &self)]
    }
  }

  private func call(_ dice: inout Dice) -> Story.Told {
    func tokens(_ most: Int64) -> Int64 { .random(in: 0...most, using: &dice) }
    var call = Story.Told()
    call.day = .random(in: 1...7, using: &dice)
    call.hour = .random(in: 0...23, using: &dice)
    call.model = dice.pick([
      "claude-sonnet-5", "claude-opus-4-8", "claude-haiku-4-5-20251001", "claude-opus-6-preview",
    ])
    call.workspace = dice.pick([nil, "wrkspc_product", "wrkspc_engineering"])
    call.channel = tokens(9) == 0 ? "bedrock" : "anthropic"
    call.tier = dice.pick([nil, nil, "standard", "batch", "priority"])
    call.geography = dice.pick([nil, "global", "us"])
    call.speed = tokens(5) == 0 && call.tier == nil ? "fast" : nil
    call.usage = TokenUsage(
      input: tokens(90_000), cacheWrite5m: tokens(5000), cacheWrite1h: tokens(100),
      cacheRead: tokens(50_000), output: tokens(3000), webSearches: tokens(2))
    call.isFree = tokens(19) == 0
    return call
  }

  /// What the provider has instead.
  private func changed(_ calls: [Story.Told], _ dice: inout Dice) -> [Story.Told] {
    var changed: [Story.Told] = []
    for call in calls {
      var call = call
      switch Int.random(in: 0...11, using: &dice) {
      case 0: continue
      case 1: changed.append(self.call(&dice))
      case 2: call.tier = "batch"
      case 3: call.geography = "us"
      case 4: call.tier = "priority"
      case 5: call.usage.webSearches += 1
      case 6: call.usage.output += 17
      default: break
      }
      changed.append(call)
    }
    return changed
  }

  @Test(arguments: 1...60)
  func `lines add up to the gap exactly, in every grouping`(_ seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    var story = try Story()
    if seed % 3 == 0 {
      let edges = [Int64(0), .random(in: 4...6, using: &dice)].map {
        Story.start + $0 * Story.dayLength + .random(in: 0...86_399_999, using: &dice)
      }
      story.window = edges[0]..<edges[1]
    }
    let calls = (0..<120).map { _ in call(&dice) }
    let told = changed(calls, &dice)
    let hidden: Set<UsageBucket.Dimension> = dice.pick([
      [], [.inferenceGeo], [.workspaceID], [.inferenceGeo, .speed, .serviceTier],
    ])
    let fetched = seed % 4 == 0 ? Story.start + 3 * Story.dayLength : Story.later
    var costs = story.costs(
      told, without: seed % 5 == 0 ? [.model, .tokenType, .costType] : [], fetched: fetched)
    for place in costs.indices where Int.random(in: 0...20, using: &dice) == 0 {
      costs[place].amount = "\(Int.random(in: 0...900, using: &dice)).\(seed)"
    }
    let first = CallDays(story.window)
    let result = story.reconcile(
      calls, usage: story.usage(told, without: hidden, fetched: fetched).filter(first.holds),
      costs: costs.filter(first.holds))
    #expect(result.addsUp)
    #expect(result.gap == result.providerTotal - result.callsTotal)
  }

  @Test(arguments: 1...20)
  func `the same on both sides is nothing but rounding, whatever the report tells apart`(
    _ seed: Int
  ) throws {
    var dice = Dice(state: UInt64(seed) &* 7919)
    let story = try Story()
    let calls = (0..<80).map { _ in call(&dice) }.filter {
      $0.channel == "anthropic" && $0.model != "claude-opus-6-preview"
    }
    let hidden: Set<UsageBucket.Dimension> = dice.pick([
      [], [.inferenceGeo], [.workspaceID], [.inferenceGeo, .speed, .serviceTier, .workspaceID],
    ])
    let result = story.reconcile(
      calls, usage: story.usage(calls, without: hidden), costs: story.costs(calls))
    #expect(result.lines.allSatisfy { $0.residual == .rounding || $0.amount == .zero })
    let bound = Int128(500_000_000) * Int128(calls.count)
    #expect(result.gap.magnitude.attos <= bound)
  }
}

/// The whole UTC days that a window touches.
private struct CallDays {
  let range: Range<Int64>

  init(_ window: Range<Int64>) {
    let query = ReconciliationInput.query(window)
    range = query.since..<query.until
  }

  func holds(_ bucket: ReportedBucket) -> Bool { range.contains(bucket.startingAt) }
}
