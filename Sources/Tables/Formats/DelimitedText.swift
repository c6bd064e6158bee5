extension Table {
  /// A header and the rows as lines of fields, exact; only text needs the format's own care.
  func delimited(by separator: String, text: (String) -> String) -> String {
    let header = columns.map { text($0.name) }.joined(separator: separator) + "\n"
    return rows.reduce(into: header) { lines, row in
      let fields = zip(row, columns).map { $0.field(in: $1.unit, text: text) }
      lines += fields.joined(separator: separator) + "\n"
    }
  }
}

extension Value {
  fileprivate func field(in unit: Unit, text: (String) -> String) -> String {
    switch ExactCell(self, unit) {
    case .missing: ""
    case .text(let string): text(string)
    case .number(let number): number
    case .flag(let flag): flag ? "true" : "false"
    }
  }
}
