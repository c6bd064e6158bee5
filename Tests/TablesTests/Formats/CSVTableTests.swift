import Tables
import Testing

struct CSVTableTests {
  @Test func `csv has a header and exact values`() {
    #expect(
      TableFormat.csv.render(story) == """
        tenant_id,n_calls,this_week_usd,last_week_usd,pct_change,last_seen,retry_storm
        globex,9120,412.5,223.123456789,84.875,2026-11-15T21:59:58.250Z,true
        acme,3871,96.04,101.07,-4.976748,2026-11-14T22:00:00.000Z,false
        initech,12,0.004000001,0,,2026-11-13T22:00:00.000Z,false
        ,1,,,,2026-11-12T22:00:00.000Z,

        """)
  }

  @Test func `texts come back from a reader as they were`() {
    let texts = hostile.filter { !isFormula($0) }
    let table = Table(
      columns: [Column(name: "first"), Column(name: "second")],
      rows: zip(texts, texts.reversed()).map { [.text($0), .text($1)] })
    let expected = [["first", "second"]] + zip(texts, texts.reversed()).map { [$0, $1] }
    // Compared by scalars: as texts, a composed é equals a decomposed one.
    let read = records(TableFormat.csv.render(Answer(table)))
    #expect(read.map { $0.map(scalars) } == expected.map { $0.map(scalars) })
  }

  @Test func `a spreadsheet runs no text as a formula`() {
    let texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=\"a\"", "＝1"]
    let table = Table(columns: [Column(name: "=name")], rows: texts.map { [.text($0)] })
    let read = records(TableFormat.csv.render(Answer(table))).flatMap(\.self)
    #expect(read == (["=name"] + texts).map { "'" + $0 })
  }

  @Test func `a negative number is not text`() {
    let table = column("pct", .pct, -12, -0.5)
    #expect(TableFormat.csv.render(Answer(table)) == "pct\n-12\n-0.5\n")
  }

  @Test func `nothing and the empty text differ`() {
    #expect(TableFormat.csv.render(Answer(column("a", .text, nil, ""))) == "a\n\n\"\"\n")
  }

  private func isFormula(_ text: String) -> Bool {
    text.unicodeScalars.first.map("=+-@\t\r\n\0".unicodeScalars.contains) ?? false
  }

  private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  /// Reads RFC 4180 with LF between records.
  private func records(_ text: String) -> [[String]] {
    var (records, record, field, isQuoted) = ([[String]](), [String](), "", false)
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        field.append("\"")
        scalars.removeFirst()
      case "\"":
        isQuoted.toggle()
      case "," where !isQuoted:
        record.append(field)
        field = ""
      case "\n" where !isQuoted:
        records.append(record + [field])
        (record, field) = ([], "")
      default:
        field.unicodeScalars.append(scalar)
      }
    }
    return records
  }
}
