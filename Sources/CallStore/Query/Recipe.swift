/// A question in SQL: the opening comment is its help, small `-- @` lines say what SQL cannot.
///
/// CONTRIBUTING.md has a table of them; `RecipeDirectives` reads them.
package struct Recipe: Sendable {
  package let name: String
  /// The file as it is written.
  package let text: String
  /// The comment's first line.
  package private(set) var summary = ""
  /// The rest of the comment.
  package private(set) var discussion = ""
  private(set) var directives = RecipeDirectives()
  /// Everything behind the opening comment.
  private(set) var sql = ""

  package var window: String? { directives.window }
  package var looksBack: Bool { directives.looksBack }
  /// Its answer needs the price book at hand.
  package var asksForPrices: Bool { directives.fold?.asksForPrices ?? false }
  package var parameters: [RecipeParameter] { directives.parameters }

  /// - Throws: `RecipeError` naming the line that cannot be understood.
  package init(name: String, text: String) throws {
    self.name = name
    self.text = text
    var comment: [String] = []
    var body: [Substring] = []
    // By bytes: every start reads every recipe, and telling characters apart took most of it.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
    for (number, line) in lines.enumerated() {
      guard body.isEmpty, line.hasPrefix("--") || line.allSatisfy(\.isWhitespace) else {
        body.append(line)
        continue
      }
      let indented = line.drop { $0 == "-" }
      let content = indented.hasPrefix("   ") ? indented.dropFirst() : indented.drop { $0 == " " }
      if content.hasPrefix("@") {
        guard directives.take(content.dropFirst()) else {
          throw RecipeError.unknownDirective(name, line: number + 1)
        }
      } else {
        comment.append(String(content))
      }
    }
    while comment.first?.isEmpty == true { comment.removeFirst() }
    while comment.last?.isEmpty == true { comment.removeLast() }
    summary = comment.first ?? ""
    // Paragraphs as one line each: whoever shows them knows how wide. Indented lines are examples, and stay.
    discussion = comment.dropFirst().split(separator: "").map { paragraph in
      paragraph.joined(separator: paragraph.allSatisfy { $0.hasPrefix("  ") } ? "\n" : " ")
    }
    .joined(separator: "\n\n")
    sql = body.joined(separator: "\n")
    while let last = sql.last, last.isWhitespace || last == ";" { sql.removeLast() }
    if sql.isEmpty { throw RecipeError.empty(name) }
  }
}
