import Foundation
import Testing

/// An import that is killed, at whatever moment, and run again is one import.
@Suite struct KilledImportTests {
  @Test func `a killed import and another one leave what one import leaves`() throws {
    let forensics = try ForensicsBinary()
    var log = ""
    for number in 0..<6000 {
      log += """
        {"ts":"2026-11-03T09:\(10 + number % 50):00Z","request_id":"req_\(number)",\
        "tenant":"alder-bank","model":"claude-sonnet-5","input_tokens":\(number),"output_tokens":7}

        """
    }
    let path = try forensics.write(log, to: "app.jsonl")
    for delay in [0.02, 0.1, 0.25, 0.4] {
      let process = Process()
      process.executableURL = ForensicsBinary.program
      process.arguments = ["import", path]
      process.environment = ["FORENSICS_DB": forensics.database, "HOME": forensics.folder.path]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      Thread.sleep(forTimeInterval: delay)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    #expect(try forensics("import", path).status == 0)
    let other = try ForensicsBinary()
    _ = try other("import", path)
    let question = """
      SELECT COUNT(*), SUM(identity % 1000003), SUM(cost_usd_nanos), MAX(source_line),
        (SELECT SUM(calls) FROM usage_sum), (SELECT SUM(cost_usd_nanos) FROM usage_sum)
      FROM llm_call
      """
    let left = try forensics("sql", question, "--format", "csv").output
    #expect(left == (try other("sql", question, "--format", "csv").output))
    #expect(left.contains("\n6000,"))
  }
}
