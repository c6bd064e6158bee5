import Foundation
import Tables
import Testing

@testable import CallStore

/// `residency`: where calls were processed, against the rules.
@Suite struct ResidencyTests {
  private func desk() throws -> Desk {
    let desk = try Desk()
    func call(_ id: String, _ tenant: String, _ place: [String: Any]) -> String {
      answer(id, ["tenant_id": tenant].merging(place) { $1 })
    }
    try desk.load(
      "calls.jsonl",
      [
        call("a", "alder-bank", ["channel": "bedrock", "region": "eu-central-1"]),
        call("b", "alder-bank", ["inference_geo": "us"]),
        call("c", "brisk-parcel", ["channel": "bedrock", "region": "ca-central-1"]),
        call("d", "brisk-parcel", [:]),
        call("e", "cobalt-air", ["inference_geo": "global"]),
      ])
    return desk
  }

  private func ask(_ rules: String?) throws -> Answer {
    try desk().ask(
      "residency", from: "2026-11-03", to: "2026-11-04", rules.map { ["rules": $0] } ?? [:])
  }

  @Test func `violations come first, what is not told second`() throws {
    let answer = try ask("default=us, global;alder-bank=EU;brisk-parcel=ca-central-1")
    #expect(
      try answer.texts("verdict") == ["violation", "unknown", "ok", "ok", "ok"])
    let found = zip(try answer.texts("tenant_id"), try answer.texts("geography")).map {
      "\($0 ?? "") \($1 ?? "")"
    }
    #expect(found.prefix(2) == ["alder-bank us", "brisk-parcel "])
    #expect(Set(found.dropFirst(2)) == ["alder-bank eu", "brisk-parcel ca", "cobalt-air global"])
    #expect(try answer.wholes("violation") == [1, 0, 0, 0, 0])
    // Sonnet 4.6 with US residency is 1.1 times $0.006.
    #expect(try answer.wholes("spend_usd")[0] == 6_600_000)
    #expect(
      answer.notes == [
        "1 call for $0.01 processed where their tenant does not allow it",
        "1 call without a word on where it was processed",
      ])
  }

  @Test func `without rules it shows where calls went and says how to write some`() throws {
    let answer = try ask(nil)
    #expect(try answer.column("verdict") == Array(repeating: .null, count: 5))
    #expect(try answer.wholes("violation") == [0, 0, 0, 0, 0])
    #expect(answer.notes.first?.hasPrefix("no rules") == true)
  }

  @Test func `a tenant without a rule is judged by none`() throws {
    let answer = try ask("alder-bank=us,eu")
    #expect(try answer.texts("verdict").filter { $0 == nil }.count == 3)
    #expect(try answer.wholes("violation").allSatisfy { $0 == 0 })
  }

  @Test func `rules that cannot be read are refused`() throws {
    #expect(throws: RecipeError.self) { try ask("alder-bank") }
  }

  @Test(arguments: [
    ("us-east-1", "us"), ("us-gov-west-1", "us"), ("eu-west-3", "eu"), ("eu-west-2", "uk"),
    ("europe-west2", "uk"), ("europe-west20", "eu"), ("europe-west6", "ch"),
    ("northamerica-northeast1", "ca"), ("ca-central-1", "ca"), ("asia-southeast1", "apac"),
    ("ap-northeast-1", "apac"), ("southamerica-east1", "sa"), ("global", "global"),
    ("swedencentral", "eu"), ("eastus2", "us"), ("nowhere", nil),
  ]) func `a region lies in`(_ region: String, _ place: String?) {
    #expect(Geography(inferenceGeo: nil, region: region).name == place)
    #expect(Geography(inferenceGeo: "not_available", region: region).name == place)
    #expect(Geography(inferenceGeo: "us", region: region).name == "us")
  }

  @Test func `rules are written as they are read`() throws {
    let rules = ResidencyRules(
      standard: ["us"], tenants: ["alder-bank": ["eu", "uk"], "b": ["ca"]])
    #expect(try ResidencyRules(rules.argument ?? "") == rules)
    #expect(ResidencyRules().argument == nil)
  }
}
