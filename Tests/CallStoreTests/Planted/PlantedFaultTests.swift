import Foundation
import Testing

@testable import CallStore

/// Each planted fault is found by its recipe and by no other, and nothing is found where none was planted.
@Suite struct PlantedFaultTests {
  @Test(arguments: FaultProbe.all)
  func `a healthy company has no findings`(probe: FaultProbe) throws {
    try expectFindings(of: probe, .none, in: PlantedFaults.desk(.none))
  }

  @Test(arguments: FaultProbe.all)
  func `of all faults a recipe finds its own`(probe: FaultProbe) throws {
    try expectFindings(of: probe, .all, in: PlantedFaults.desk(.all))
  }

  /// One fault a day, by the calendar; every one where FORENSICS_TEST_RUNS asks for so many.
  @Test func `one fault alone is found by its recipes and by no others`() throws {
    let names = PlantedFaults.names
    let today = Int(Date().timeIntervalSince1970) / 86_400
    for n in runs(1).prefix(names.count) {
      let choice = PlantedFaults.Choice.only(names[(today + Int(n)) % names.count])
      let desk = try PlantedFaults.desk(choice)
      for probe in FaultProbe.all { try expectFindings(of: probe, choice, in: desk) }
    }
  }

  @Test func `the logs hold the calls and the money that were planted`() throws {
    for (choice, name) in [(PlantedFaults.Choice.none, "clean"), (.all, "all_faults")] {
      let sums = try PlantedFaults.expected.get()[name]
      let told = try PlantedFaults.desk(choice).list(
        """
        SELECT SUM(kind = 'call'), SUM(cost_usd_nanos), SUM(input_tokens * (kind = 'call')),
          SUM(output_tokens * (kind = 'call')) FROM llm_call
        """)
      let expected = ["calls", "cost_usd_nanos", "input_tokens", "output_tokens"]
        .map { "\(sums[$0].number ?? -1)" }
      #expect(told == expected.joined(separator: " "))
    }
  }

  private func expectFindings(
    of probe: FaultProbe, _ choice: PlantedFaults.Choice, in desk: Desk
  ) throws {
    let found = Set(probe.findings(try probe.rows(in: desk)))
    #expect(found == probe.expected(choice), "\(probe.recipe) \(probe.arguments), \(choice)")
  }
}
