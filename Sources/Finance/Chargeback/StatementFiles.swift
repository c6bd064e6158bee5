package import Tables
import UsageLog

/// What a tenant's statement is called as a file; tenants' names are anything that was logged.
///
/// A name of small letters, digits, `-` and `_` stays; of any other, what is left of it is followed by a hash of the
/// whole, so that no separator, dot, letter case or length makes two tenants one file, or leaves the folder. A
/// tenant's name does not depend on which other tenants there are.
package func statementFileName(tenant: String, period: String) -> String {
  let plain = plainName(tenant, upTo: 60)
  let isSame =
    !plain.isEmpty && plain.utf8.elementsEqual(tenant.utf8) && !reserved.contains(plain)
  let name = isSame ? plain : "\(plain.isEmpty ? "tenant" : plain)-\(hexHash(tenant))"
  return "\(name).\(plainName(period, upTo: 60))"
}

/// Names that Windows keeps for devices, whatever follows behind a dot.
private let reserved: Set<String> = Set(
  ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })

private func plainName(_ text: String, upTo length: Int) -> String {
  var plain = ""
  for scalar in text.lowercased().unicodeScalars {
    let isPlain =
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
    if isPlain {
      plain.unicodeScalars.append(scalar)
    } else if !plain.isEmpty, plain.last != "-" {
      plain.append("-")
    }
  }
  plain = String(plain.prefix(length))
  while plain.last == "-" { plain.removeLast() }
  return plain
}

/// 64 bits in hexadecimal digits.
private func hexHash(_ text: String) -> String {
  let digits = String(contentHash(text), radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

extension Chargeback {
  /// A file's name and its content: Markdown and HTML for people, CSV with every line exact.
  ///
  /// - Parameter answer: frames a table with when it was made and for which window.
  package func files(
    of statement: Statement, showsCost: Bool, answer: (Table) -> Answer
  ) -> [(name: String, text: String)] {
    let own = StatementDocument(self, statement, showsCost: showsCost)
    let name = statementFileName(tenant: statement.tenant, period: period.text)
    return [
      ("\(name).md", own.document.markdown), ("\(name).html", own.document.html),
      ("\(name).csv", TableFormat.csv.render(answer(own.table))),
    ]
  }
}
