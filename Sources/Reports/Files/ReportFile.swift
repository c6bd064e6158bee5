import Crypto
import Tables

/// A file of a report: its name, without a folder, and its bytes.
package struct ReportFile: Equatable, Sendable {
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  package init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// In hexadecimal digits.
  package var sha256: String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}

extension ReportDocument {
  /// The page, the mail and a file for each table, by the rules of `--format csv`: exact, and no formula in it.
  ///
  /// - Parameter name: of the page and the mail, without their endings: `report`.
  package func files(named name: String = "report") -> [ReportFile] {
    [
      ReportFile(name: "\(name).html", text: ReportPage(self).html),
      ReportFile(name: "\(name).md", text: ReportMail(self).markdown),
    ] + tableFiles
  }

  package var tableFiles: [ReportFile] {
    tables.map { table in
      let answer = Answer(recipe: table.name, asOf: asOf, table: table.machineTable)
      return ReportFile(name: "\(table.name).csv", text: TableFormat.csv.render(answer))
    }
  }
}
