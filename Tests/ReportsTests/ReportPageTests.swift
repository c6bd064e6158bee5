import ReportStory
import Reports
import Tables
import Testing

struct ReportPageTests {
  private let page = ReportPage(ReportStory.document).html

  @Test func `a page asks for nothing and runs nothing`() {
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
    for forbidden in [
      "<script", "<link", "<img", "<iframe", "url(", "@import", " onload=", " style=",
    ] {
      #expect(!page.contains(forbidden), "\(forbidden)")
    }
    #expect(page.matches(of: /(href|src)="[^#]/).isEmpty)
    #expect(!page.contains("\u{1B}") && !page.contains("\u{202E}"))
  }

  @Test func `every element that is opened is closed, in order, and no id stands twice`() throws {
    var open: [Substring] = []
    let body = page[try #require(page.firstRange(of: "<html")).lowerBound...]
    for match in body.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) {
      if !match.3.isEmpty || match.2 == "meta" { continue }
      if match.1.isEmpty { open.append(match.2) } else { #expect(open.popLast() == match.2) }
    }
    #expect(open.isEmpty)
    let ids = page.matches(of: /\sid="([^"]+)"/).map(\.1)
    #expect(Set(ids).count == ids.count)
    for link in page.matches(of: /href="#([^"]+)"/) { #expect(ids.contains(link.1)) }
  }

  @Test func `the contents name every section`() {
    for (index, section) in ReportStory.document.sections.enumerated() {
      #expect(
        page.contains("<li><a href=\"#s\(index + 1)-\(section.id)\">\(section.title)</a></li>"))
    }
  }

  @Test func `a long table shows its first rows, its total, and where the others are`() {
    var document = ReportStory.document
    document.sections = [.init(id: "t", title: "T", blocks: [.table(ReportStory.tenantTable)])]
    let short = ReportPage(document, rowLimit: 3).html
    #expect(short.contains("brisk-parcel") && !short.contains("fern-market"))
    #expect(
      short.contains("3 of 11 rows; all of them are in by-tenant.csv. The total is of all of them.")
    )
    #expect(short.contains("1,342.37"))
    #expect(!ReportPage(document, rowLimit: 3, namesFiles: false).html.contains(".csv"))
  }

  @Test func `a table without rows and a figure that is not known say so`() {
    #expect(page.contains("<p class=\"empty\">No rows.</p>"))
    #expect(page.contains("<p class=\"figure\">–</p>"))
  }

  @Test func `a change says its direction in words, signs and only then in colour`() {
    #expect(
      page.contains(
        "<p class=\"change unwelcome\"><span aria-hidden=\"true\">▲</span> +12.4 % against the week before</p>"
      ))
  }
}
