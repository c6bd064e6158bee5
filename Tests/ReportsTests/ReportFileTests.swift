import ReportStory
import Reports
import Tables
import Testing

struct ReportFileTests {
  private func text(_ name: String) throws -> String {
    let file = try #require(ReportStory.document.files().first { $0.name == name })
    return String(decoding: file.bytes, as: UTF8.self)
  }

  @Test func `a table's file has machine names, exact amounts and every row, and no total`() throws
  {
    let lines = try text("by-tenant.csv").split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines[0].hasPrefix("tenant_id,spend_usd,spend_eur,last_week_usd,change_usd,change_pct"))
    #expect(lines[3].hasPrefix("brisk-parcel,200.300000001,"))
    #expect(lines[7].hasPrefix("\"'=HYPERLINK("))
    #expect(lines[10].hasPrefix("'@SUM"))
    #expect(lines[11].hasPrefix(",200.39,,"))
  }

  @Test func `a mail has the figures, the first rows, and says where the rest is`() throws {
    let mail = try text("report.md")
    #expect(mail.hasPrefix("# LLM spend of Lumen Desk\n\nWeek 2026-W46"))
    #expect(mail.contains("- **Spend**: 1,342.37 USD (+12.4 % against the week before)\n"))
    #expect(mail.contains("- **Per resolved ticket**: –; no outcomes were imported\n"))
    #expect(mail.contains("| Total"))
    #expect(mail.contains("The first 5 of 11 rows. `by-tenant.csv` has all of them."))
    #expect(!mail.contains("fern-market |") || mail.contains("ember-energy"))
    #expect(!mail.contains("<script"))
  }

  @Test func `the page, the mail and the files come out the same twice`() {
    #expect(ReportStory.document.files() == ReportStory.document.files())
    let names = ReportStory.document.files().map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func `a manifest is canonical, and names each file by its hash`() {
    let files = [ReportFile(name: "b.csv", text: "abc"), ReportFile(name: "a.csv", text: "")]
    let manifest = ReportManifest([
      "version": .text("1.0"), "spend_usd": .amount(412_500_000_001),
      "as_of": .instant(ReportStory.asOf),
      "coverage": .object(["complete": .flag(false), "calls": .number(3)]), "note": .null,
      "late": .list([]),
    ]).file(of: files)
    #expect(
      String(decoding: manifest.bytes, as: UTF8.self) == """
        {
          "as_of": "2026-11-16T00:00:00.000Z",
          "coverage": {
            "calls": 3,
            "complete": false
          },
          "files": [
            {
              "bytes": 0,
              "name": "a.csv",
              "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            },
            {
              "bytes": 3,
              "name": "b.csv",
              "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            }
          ],
          "late": [],
          "note": null,
          "spend_usd": "412.500000001",
          "version": "1.0"
        }

        """)
  }

  @Test func `every form shows the same figures`() throws {
    let (page, mail) = (try text("report.html"), try text("report.md"))
    for figure in [
      "1,342.37", "1,051.76", "332.26", "156,714,682", "0.616331", "51.1", "1,352.564500000",
    ] {
      #expect(page.contains(figure) || figure == "0.616331" && page.contains("0.6163"), "\(figure)")
      #expect(mail.contains(figure), "\(figure)")
    }
  }
}
