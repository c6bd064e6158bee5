#if XLSX
  import Foundation
  import ReportStory
  import Reports
  import Testing

  @testable import Workbooks

  struct WorkbookTests {
    private let zip: ZipArchive

    init() throws {
      zip = try #require(ZipArchive(try Workbook.file(of: ReportStory.document).bytes))
    }

    private func part(_ name: String) throws -> String { try #require(zip.members[name]) }

    @Test func `the same report is the same bytes, whenever it is written`() throws {
      let first = try Workbook.file(of: ReportStory.document)
      // The file has a resolution of seconds.
      Thread.sleep(forTimeInterval: 1.1)
      #expect(try Workbook.file(of: ReportStory.document) == first)
      #expect(try part("docProps/core.xml").contains(">2026-11-16T00:00:00Z<"))
    }

    @Test func `text is text: no formula, no link, nothing that XML forbids`() throws {
      let strings = try part("xl/sharedStrings.xml")
      #expect(
        strings.contains("<t>=HYPERLINK(&quot;https://example.com&quot;")
          || strings.contains("<t>=HYPERLINK(\"https://example.com\",\"click\")</t>"))
      #expect(strings.contains("&lt;script&gt;alert"))
      #expect(strings.contains("a\\u{1B}[31mb\\u{202E}c\\u{7}"))
      for name in zip.names where name.hasPrefix("xl/worksheets/") {
        let sheet = try part(name)
        for formula in sheet.matches(of: /<f>([^<]*)<\/f>/) {
          #expect(formula.1.wholeMatch(of: /[-+*\/()A-Z0-9$:]+/) != nil, "\(formula.1)")
        }
        #expect(!sheet.contains("hyperlink"))
      }
    }

    @Test func `headers stay, filters cover the rows, formulas have their values`() throws {
      let sheet = try part("xl/worksheets/sheet2.xml")
      #expect(sheet.contains("state=\"frozen\""))
      #expect(sheet.contains("<autoFilter ref=\"A5:M16\"/>"))
      #expect(sheet.contains("<f>SUM(B6:B16)</f><v>1342.370000001</v>"))
      #expect(try part("xl/workbook.xml").contains("<sheet name=\"Budget and forecast\""))
    }

    @Test func `charts read cells, their names and titles too`() throws {
      let charts = zip.names.filter { $0.hasPrefix("xl/charts/chart") }
      #expect(charts.count == 4)
      for name in charts {
        let chart = try part(name)
        #expect(chart.contains("<c:f>'Chart figures'!$"))
        #expect(!chart.contains("<c:tx><c:rich>"))
      }
      let stacked = try part("xl/charts/chart1.xml")
      #expect(
        stacked.contains("<c:grouping val=\"stacked\"/>") && stacked.contains("<c:v>62.1</c:v>"))
    }

    @Test func `nothing is left behind where it was made`() throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      _ = try Workbook.file(of: ReportStory.document, temporaryFolder: folder.path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      #expect(throws: WorkbookError.self) {
        try Workbook.file(of: ReportStory.document, temporaryFolder: folder.path + "/missing")
      }
    }

    @Test func `a machine without the library is told what to install`() {
      do {
        _ = try XLSXLibrary(["libmissing.so.4"])
        Issue.record("there is no such library")
      } catch {
        #expect("\(error)".contains("apt-get install libxlsxwriter-dev"))
      }
    }
  }
#endif
