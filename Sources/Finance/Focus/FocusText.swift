import CallStore

/// What becomes of text that a spreadsheet would run as a formula (CWE-1236).
package enum FormulaText: String, CaseIterable, Sendable {
  /// Nothing is written, and the reader decides: FOCUS wants strings as they are, spreadsheets run them.
  case fail, escape, raw
}

/// A text that a spreadsheet would run, and nobody has decided what becomes of it.
package struct FormulaInFocus: Error, CustomStringConvertible {
  package let column: String
  package let text: String

  package var description: String {
    "\(column) holds a text that a spreadsheet would run as a formula: '\(text)'; "
      + "--on-formula raw keeps it (FOCUS wants texts unchanged), --on-formula escape puts an apostrophe before it"
  }
}

extension FocusExport {
  /// The dataset as CSV (RFC 4180, UTF-8, lines end in LF).
  ///
  /// - Throws: `FormulaInFocus`.
  package func csv(onFormula: FormulaText = .fail) throws -> String {
    let columns = version.columns
    var text = columns.map(\.rawValue).joined(separator: ",") + "\n"
    for charge in charges {
      var fields: [String] = []
      for column in columns {
        guard var field = charge.field(column, of: account) else {
          fields.append("")
          continue
        }
        if !column.isDecimal, Self.isFormula(field) {
          switch onFormula {
          case .raw: break
          case .escape: field = "'" + field
          case .fail: throw FormulaInFocus(column: column.rawValue, text: field)
          }
        }
        fields.append(Self.quoted(field))
      }
      text += fields.joined(separator: ",") + "\n"
    }
    return text
  }

  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return "=+-@\t\r\n\0＝＋－＠".unicodeScalars.contains(first)
  }

  private static func quoted(_ text: String) -> String {
    guard text.isEmpty || text.utf8.contains(where: { [34, 44, 10, 13].contains($0) }) else {
      return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

/// CSV read back: rows of fields.
package enum FocusText {
  /// nil where quotes do not match.
  package static func parse(_ csv: String) -> [[String]]? {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    let bytes = Array(csv.utf8)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if isQuoted {
        if byte != 0x22 {
          field.append(byte)
        } else if place < bytes.count, bytes[place] == 0x22 {
          field.append(byte)
          place += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case 0x22 where field.isEmpty && !wasQuoted: (isQuoted, wasQuoted) = (true, true)
      case 0x22: return nil
      case 0x2C, 0x0A:
        row.append(String(decoding: field, as: UTF8.self))
        field.removeAll()
        wasQuoted = false
        if byte == 0x0A {
          rows.append(row)
          row.removeAll()
        }
      default: field.append(byte)
      }
    }
    return isQuoted || !row.isEmpty || !field.isEmpty ? nil : rows
  }
}
