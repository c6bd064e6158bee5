import Foundation
import Testing
import UsageLog

@testable import CallStore

/// Planted calls, against `Tests/Oracle/what_if.py`, which shares no code: to the nano-dollar.
@Suite struct WhatIfOracleTests {
  private struct Expected: Decodable {
    struct Group: Decodable {
      var calls: Int64
      var as_it_was: Int64
      var affected: Int64
      var tokens: Int64
      var nanos: Int64
      var scenarios: [Int64]
    }

    var groups: [String: Group]
    var effects: [String: Int64]
  }

  private static let folder = Sample.top.appendingPathComponent("Tests/Oracle")

  private static func hypothesis(_ name: String) -> any Hypothesis {
    func route(
      _ ids: [String], _ to: String, _ factor: Ratio = .one, _ router: Route.Router? = nil
    ) -> Route {
      Route(from: ids[0], ids: ids, to: to, tokenizer: factor, router: router)
    }
    let (sonnet, opus) = ("claude-sonnet-5-5", "claude-opus-5-5")
    let haiku = "claude-haiku-4-5-20251001"
    return switch name {
    case "route sonnet-5-5 to haiku-4-5": route([sonnet], haiku, Ratio(10, over: 13))
    case "route opus-5-5 to sonnet-5-5": route([opus], sonnet)
    case "route opus-5-5 to sonnet-5-5 with a router":
      route(
        [opus], sonnet, .one,
        Route.Router(model: haiku, usage: TokenUsage(input: 100, output: 10)))
    case "route sonnet-4-6 to opus-5-5": route(["claude-sonnet-4-6"], opus, Ratio(13, over: 10))
    case "route haiku-4-5 to haiku-5-5":
      route([haiku, "claude-haiku-4-5"], "claude-haiku-5-5", Ratio(13, over: 10))
    case "route sonnet-5-5 to gpt-4o": route([sonnet], "gpt-4o")
    case "batch": BatchMove(features: ["nightly-digest", "summarise", "support-chat"])
    case "cache": CacheChoice()
    case "trim 700": InputTrim(.tokens(700))
    case "trim 12.5%": InputTrim(.basisPoints(1250))
    case "cap 500": OutputCap(.tokens(500))
    case "cap p95": OutputCap(.percentile(9500))
    case "window 2": HistoryLimit(.window(turns: 2))
    case "summary 250 every 3": HistoryLimit(.summary(tokens: 250, every: 3))
    default: ChannelMove(to: "bedrock", region: "us")
    }
  }

  @Test func `every hypothesis gives the oracle's amounts to the nano-dollar`() throws {
    let desk = try Desk()
    try desk.load([Self.folder.appendingPathComponent("what-if-calls.jsonl.gz").path])
    let expected = try JSONDecoder().decode(
      [String: Expected].self,
      from: Data(contentsOf: Self.folder.appendingPathComponent("what-if.expected.json")))
    #expect(expected.count == 15)
    let database = try CallDatabase(desk.file)
    for (name, expected) in expected.sorted(by: { $0.key < $1.key }) {
      let answer = try database.whatIf(
        Self.hypothesis(name), over: Selection(), prices: PriceSettings())
      #expect(answer.groups.count == expected.groups.count)
      for group in answer.groups {
        let golden = try #require(expected.groups[group.name ?? ""])
        let place = "\(name), \(group.name ?? "")"
        #expect(group.asItWas.calls == golden.calls, "\(place): calls")
        #expect(group.asItWas.nanos == golden.as_it_was, "\(place): as it was")
        #expect(group.scenarios == golden.scenarios, "\(place)")
        #expect(
          [group.affected.calls, group.affected.tokens, group.affected.nanos]
            == [golden.affected, golden.tokens, golden.nanos], "\(place): affected")
      }
      let effects: [(String, SideEffects)] = [
        ("cold", .coldCache), ("moved", .movedPrefix), ("added", .addedCall),
      ]
      for (word, effect) in effects {
        let charged = answer.effects.first { $0.effect == effect }?.nanos ?? 0
        #expect(charged == expected.effects[word] ?? 0, "\(name): \(word)")
      }
    }
  }

  @Test func `the columns of a row tie to what recipes say of the same calls`() throws {
    let desk = try Sample.desk.get()
    let database = try CallDatabase(desk.file)
    let stored = try desk.number("SELECT SUM(cost_usd_nanos) FROM llm_call")
    for dimension in [Dimension.tenant, .feature, .model, .deploySHA, .channel, .workspace] {
      let answer = try database.whatIf(
        InputTrim(.tokens(500)), over: Selection(), by: dimension, prices: PriceSettings())
      #expect(answer.total.asItWas.nanos == stored)
      #expect(answer.groups.map(\.asItWas.nanos).reduce(0, +) == stored)
    }
  }
}
