/// Rows of a small CSV file by RFC 4180, with commas, semicolons or tabs.
enum DelimitedText {
  struct Row {
    /// The line that it begins in, from 1.
    var line: Int
    var fields: [String]

    /// Empty where the row is too short.
    subscript(place: Int) -> String { place < fields.count ? fields[place] : "" }
  }

  /// Lines without a character are no rows.
  static func rows(of text: String) -> [Row] {
    let header = text.prefix { !$0.isNewline }
    let delimiter: Character =
      [",", ";", "\t"].max { one, other in
        header.count { $0 == one } < header.count { $0 == other }
      } ?? ","
    var rows: [Row] = []
    var (fields, field): ([String], String) = ([], "")
    var (line, start) = (1, 1)
    var (isQuoted, quoteEnded) = (false, false)
    func trimmed(_ text: String) -> String {
      var text = Substring(text)
      while text.first?.isWhitespace == true || text.first == "\u{FEFF}" { text.removeFirst() }
      while text.last?.isWhitespace == true { text.removeLast() }
      return String(text)
    }
    func end() {
      fields.append(trimmed(field))
      if fields != [""] { rows.append(Row(line: start, fields: fields)) }
      (fields, field) = ([], "")
    }
    for character in text {
      if character == "\"" {
        // A doubled quote closes and opens again; what is between them is one quote.
        if quoteEnded { field.append("\"") }
        isQuoted.toggle()
        quoteEnded = !isQuoted
        continue
      }
      quoteEnded = false
      if character.isNewline {
        line += 1
        if isQuoted {
          field.append(character)
        } else {
          end()
          start = line
        }
      } else if character == delimiter, !isQuoted {
        fields.append(trimmed(field))
        field = ""
      } else {
        field.append(character)
      }
    }
    if !fields.isEmpty || !field.isEmpty { end() }
    return rows
  }
}
