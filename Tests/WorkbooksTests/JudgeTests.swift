#if XLSX
  import Foundation
  import ReportStory
  import Reports
  import Testing

  @testable import Workbooks

  /// Other programs' judgement; slow, and in need of LibreOffice, Python and openpyxl: `FORENSICS_JUDGES=1`.
  struct JudgeTests {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["FORENSICS_JUDGES"] == "1"))
    func `LibreOffice and openpyxl open the workbook and come to the same figures`() throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let report = folder.appending(path: "report.xlsx")
      try Data(try Workbook.file(of: ReportStory.document).bytes).write(to: report)

      let judge = Process()
      judge.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
        path: "judge.py")
      judge.arguments = ["python3", script.path, report.path, folder.path]
      let output = Pipe()
      judge.standardOutput = output
      try judge.run()
      let verdict = String(
        decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      judge.waitUntilExit()
      #expect(judge.terminationStatus == 0)
      #expect(
        verdict == """
          sheets Summary, By tenant, By feature, By model, Cache, Anomalies, Budget and forecast, Reconciliation, Data quality, Method, Chart figures
          created 2026-11-16T00:00:00
          frozen B6 filter A5:M16
          total 1342.370000001 recalculated 1342.370000001
          rows 1342.370000001
          formulas 84

          """)
    }
  }
#endif
