import Foundation
import ReportStory
import Reports
import Testing
import Workbooks

/// Writes the story's report into the folder that `FORENSICS_REPORT_PREVIEW` names, for looking at it.
struct PreviewTests {
  @Test(.enabled(if: ProcessInfo.processInfo.environment["FORENSICS_REPORT_PREVIEW"] != nil))
  func `the story's report is written to be looked at`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["FORENSICS_REPORT_PREVIEW"])
    var files = ReportStory.document.files()
    if Workbook.isBuilt { files.append(try Workbook.file(of: ReportStory.document)) }
    for file in files {
      try Data(file.bytes).write(to: URL(fileURLWithPath: folder).appending(path: file.name))
    }
  }
}
