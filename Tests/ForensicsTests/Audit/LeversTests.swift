import Foundation
import Testing

@testable import forensics

/// The order of levers, what they come to together, profiles and comparisons.
@Suite struct LeversTests {
  private static let dollar: Int64 = 1_000_000_000

  private func lever(
    _ kind: Lever.Kind, _ subject: String, _ dollars: Int64, feature: String? = "triage",
    since: Int64? = nil, confidence: Lever.Confidence = .high
  ) -> Lever {
    Lever(
      kind: kind, subject: subject, title: "\(kind) \(subject)",
      parts: [
        Lever.Part(
          feature: feature, nanos: dollars * Self.dollar, monthNanos: dollars * Self.dollar)
      ],
      arithmetic: "", assumption: "", confidence: confidence, reason: "",
      evidence: ["forensics \(kind.rawValue)"], since: since)
  }

  @Test func `levers come by money, then by confidence, and small ones apart`() {
    let levers = Levers(
      [
        lever(.batch, "a", 3, confidence: .low), lever(.cache, "b", 3, confidence: .medium),
        lever(.storm, "c", 7), lever(.output, "d", 1),
      ], minimum: 2 * Self.dollar)
    #expect(levers.shown.map(\.subject) == ["c", "b", "a"])
    #expect(levers.small.map(\.subject) == ["d"])
  }

  @Test func `together only the largest lever of each feature counts`() {
    let levers = Levers(
      [
        lever(.batch, "a", 3), lever(.cache, "b", 5), lever(.storm, "c", 2, feature: "summarise"),
        lever(.session, "d", 1, feature: nil),
      ], minimum: 4 * Self.dollar)
    #expect(levers.together == 8 * Self.dollar)
  }

  @Test func `a deploy that broke a cache is one lever, with the evidence of both`() {
    let day: Int64 = 86_400_000
    let cache = lever(.cache, "triage", 5, since: 100 * day)
    let same = Levers([cache, lever(.deploy, "triage/1", 4, since: 101 * day)], minimum: 0)
    #expect(same.shown.map(\.id) == ["cache/triage"])
    #expect(same.shown[0].evidence == ["forensics cache", "forensics deploy"])
    let later = Levers([cache, lever(.deploy, "triage/1", 4, since: 108 * day)], minimum: 0)
    #expect(later.shown.count == 2)
    let other = Levers(
      [cache, lever(.deploy, "x/1", 4, feature: "summarise", since: 101 * day)], minimum: 0)
    #expect(other.shown.count == 2)
  }

  @Test(arguments: [
    (49, 1, false, BuyerProfile.solo), (50, 1, false, .preRevenue), (2_000, 9, false, .scaleUp),
    (20_000, 4, false, .scaleUp), (20_000, 5, false, .agency), (60, 1, true, .regulated),
  ]) func `a profile follows from spend, tenants and rules`(
    _ dollars: Int64, _ tenants: Int, _ hasRules: Bool, _ expected: BuyerProfile
  ) {
    let profile = BuyerProfile(
      monthNanos: dollars * Self.dollar, tenants: tenants, hasResidencyRules: hasRules)
    #expect(profile == expected)
  }

  @Test func `a profile's order stands beside that of the money`() {
    let levers = [lever(.deploy, "a", 9), lever(.routing, "b", 5), lever(.cache, "c", 2)]
    let view = ProfileView(.preRevenue, isChosen: false, levers) { $0.joined(separator: " ") }
    #expect(view.lines.map(\.rank) == [3, 2, nil])
    #expect(
      view.mismatches == [
        "not among the first for this profile, but worth $9.00 a month: deploy a",
        "by the money model routing ($5.00) comes before an hour's cache ($2.00)",
      ])
  }

  @Test func `levers that are gone or smaller are realised, and new ones are not taken off`() {
    func audit(_ window: String, _ levers: [(String, Int64)]) -> AuditBaseline {
      AuditBaseline(
        window: window, book: "b", monthNanos: 100,
        levers: levers.map { AuditBaseline.Entry(id: $0.0, title: $0.0, monthNanos: $0.1) })
    }
    let before = audit(
      "May", [("gone", 9), ("better", 7), ("worse", 3), ("same", 8), ("small", 1)])
    let now = audit("June", [("better", 5), ("worse", 6), ("same", 8), ("new", 4)])
    let comparison = AuditComparison(before, now: now, minimum: 2)
    #expect(
      comparison.lines.map { "\($0.id) \($0.change)" } == [
        "gone gone", "new new", "worse worse", "better better",
      ])
    #expect(comparison.realised == 9 + 2)
    #expect(comparison.cautions == ["other windows: May before, June now"])
  }

  @Test func `a command is quoted where a name says more to a shell`() {
    #expect("o'brien; rm".shellWord == #"'o'\''brien; rm'"#)
  }
}
