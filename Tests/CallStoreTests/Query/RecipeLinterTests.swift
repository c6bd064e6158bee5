import Foundation
import Testing

@testable import CallStore

/// Recipes mean the same on every engine: the rules of docs/decisions/0003, over queries/*.sql.
@Suite struct RecipeLinterTests {
  /// They read the ledger, which exists on SQLite only, or are for a command.
  private static let exempt = [
    "rejects", "imports", "repricings", "closing-adjustments", "unpriced", "check-imports",
    "check-minutes", "check-regions",
  ]

  private static let names = Result {
    try FileManager.default
      .contentsOfDirectory(atPath: Sample.top.appendingPathComponent("queries").path)
      .filter { $0.hasSuffix(".sql") && !$0.hasSuffix(".clickhouse.sql") }
      .map { String($0.dropLast(4)) }.sorted()
  }

  @Test func `every recipe keeps the rules`() throws {
    let columns = try callColumns()
    for name in try Self.names.get() where !Self.exempt.contains(name) {
      let sql = try Sample.recipe(name).sql
      #expect(PortableSQL.faults(in: sql, columns: columns) == [], "queries/\(name).sql")
    }
  }

  @Test func `every recipe says what it is for`() throws {
    for name in try Self.names.get() {
      let recipe = try Sample.recipe(name)
      #expect(recipe.summary.hasSuffix("."), "\(name)")
      #expect(recipe.summary.count < 80, "\(name)")
      #expect(recipe.parameters.allSatisfy { $0.help.hasSuffix(".") }, "\(name)")
    }
  }

  @Test(arguments: [
    "SELECT a / 2 FROM selected_call", "SELECT CAST(a AS DOUBLE) / b FROM selected_call",
    "SELECT a / NULLIF(b, 0) FROM selected_call", "SELECT CAST(a AS INTEGER) FROM selected_call",
    "SELECT a * 0.5 FROM selected_call", "SELECT SUM(a) FROM selected_call",
    "SELECT AVG(a) FROM selected_call", "SELECT ROUND(a) FROM selected_call",
    "SELECT MAX(a) FROM selected_call", "SELECT LAG(NULLIF(a, 0)) FROM selected_call",
    "SELECT lag(a) OVER (ORDER BY hour) FROM selected_call",
    "SELECT date(a) FROM selected_call", "SELECT iif(a, 1, 0) FROM selected_call",
    "SELECT length(a) FROM selected_call", "SELECT a FROM selected_call UNION SELECT 1",
    "SELECT DISTINCT a FROM selected_call", "SELECT a FROM selected_call WHERE a LIKE 'x'",
    "SELECT a || b FROM selected_call", "SELECT a FROM selected_call WHERE a != b",
    #"SELECT 'a\b' FROM selected_call"#, #"SELECT "a" FROM selected_call"#,
    "SELECT * FROM selected_call", "SELECT a FROM selected_call ORDER BY 1",
    "SELECT a AS latency_ms FROM selected_call", "SELECT a FROM selected_call ORDER BY a DESC",
    "SELECT a FROM selected_call LIMIT 3", "SELECT a FROM call",
    "SELECT a FROM selected_call JOIN name ON 1 = 1", "SELECT TRUE FROM selected_call",
    "SELECT SUM(CASE WHEN a THEN 1 END) FILTER (WHERE b) FROM selected_call",
    "SELECT a FROM selected_call; SELECT b FROM selected_call",
  ]) func `the linter finds what is not portable`(sql: String) throws {
    #expect(PortableSQL.faults(in: sql, columns: try callColumns()) != [])
  }

  @Test func `the amounts in front of a recipe read qualified columns only`() {
    let text = UsageSQL(
      Selection(since: Desk.now - 7_200_001, until: Desk.now - 1),
      UsageShape(by: ["tenant_id"], UsageAmount.summed + [.firstAt, .lastAt, .peakCalls])
    ).portable
    #expect(text.contains("COALESCE(c.latency_ms, 0) AS latency_ms"))
    #expect(
      text.range(of: #"(WHEN|COALESCE\()\s*(?!c\.)[a-z]"#, options: .regularExpression) == nil)
  }

  private func callColumns() throws -> Set<String> {
    Set(
      try Sample.desk.get().rows("SELECT name FROM pragma_table_info('llm_call')")
        .compactMap { $0[0] })
  }
}

/// The rules as far as text patterns can hold them.
private enum PortableSQL {
  private static let forbidden: [(pattern: String, why: String)] = [
    (#"/(?!\s*NULLIF\()"#, "divide by NULLIF(…, 0)"),
    (#"(?<!AS DOUBLE\) )/"#, "divide a CAST(… AS DOUBLE)"),
    (
      #"CAST\([^()]*(\([^()]*\)[^()]*)*AS (?!BIGINT\b|DOUBLE\b|TEXT\b)"#,
      "cast to BIGINT, DOUBLE, TEXT"
    ),
    (#"\d\.\d"#, "no decimal literals"),
    (#"(?<!COALESCE\()\bSUM\((?!CASE\b)"#, "COALESCE(SUM(…), 0)"),
    (#"\b(AVG|TOTAL|ROUND)\("#, "SQL returns whole sums"),
    (#"\b(?-i:LAG|LEAD)\("#, "lower-case lag and lead"),
    (#"\b(lag|lead)\((?!NULLIF\()"#, "lag and lead over NULLIF"),
    (#"\bUNION\b(?! ALL)"#, "UNION ALL"),
    (
      #"\b(EXISTS|FILTER|LIKE|GLOB|REGEXP|DISTINCT|USING|NATURAL|OFFSET|FINAL|GLOBAL|MATERIALIZED"#
        + #"|RECURSIVE|TRUE|FALSE)\b"#, "a word that engines read differently"
    ),
    (#"\|\||->|==|!=|::|~|<<|>>"#, "an operator that engines read differently"),
    (#"["`\\;]"#, "quotes, backslashes or several statements"),
    (#"SELECT\s+(\w+\.)?\*"#, "name the columns"),
    (#"(ORDER|GROUP) BY \d"#, "name the column"),
  ]
  private static let functions: Set<String> = [
    "SUM", "COUNT", "MIN", "MAX", "COALESCE", "NULLIF", "CAST", "ABS", "LAG", "LEAD", "ROW_NUMBER",
    "RANK", "DENSE_RANK",
    // Words that a bracket may follow.
    "AS", "IN", "OVER", "AND", "OR", "NOT", "ON", "WHEN", "THEN", "WHERE", "BY", "SELECT",
  ]
  /// Columns of `llm_call` that are never NULL; what COALESCE and COUNT give is not either.
  private static let known: Set<String> = [
    "occurred_at", "hour", "kind", "identity", "source_line",
  ]

  static func faults(in sql: String, columns: Set<String>) -> [String] {
    let text = bare(sql)
    return forbidden.filter { find($0.pattern, in: text) != [] }.map(\.why)
      + find(#"\b[A-Za-z_]\w*(?=\s*\()"#, in: text)
      .filter { !functions.contains($0.uppercased()) && find(#"\b\#($0) AS \("#, in: text).isEmpty }
      .map { "the function \($0)()" }
      + find(#"(?<=\bAS )\w+"#, in: text).filter(columns.contains).map {
        "alias \($0) hides a column"
      }
      + unknownTables(text) + looseOrder(text) + looseSelects(text)
  }

  /// Without comments; what stands in quotes is blank but for backslashes.
  private static func bare(_ sql: String) -> String {
    let code = sql.replacingOccurrences(
      of: #"--[^\n]*"#, with: "", options: .regularExpression)
    return code.replacingOccurrences(
      of: #"'[^'\\]*'"#, with: "''", options: .regularExpression)
  }

  private static func unknownTables(_ text: String) -> [String] {
    let own =
      find(#"\w+(?= AS \()"#, in: text) + [
        "selected_call", "selected_usage", "selected_copy",
      ]
    return find(#"(?<=\b(FROM|JOIN) )\w+"#, in: text).filter { !own.contains($0) }
      .map { "the table \($0)" }
  }

  private static func looseOrder(_ text: String) -> [String] {
    let known = known.union(
      find(#"(?<=\) AS )\w+"#, in: text).filter { name in
        find(#"\b(COALESCE|COUNT)\([^\n]*\) AS \#(name)\b"#, in: text) != []
      })
    return find(#"ORDER BY (?:[^()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*"#, in: text).flatMap {
      clause in
      let keys = clause.dropFirst("ORDER BY ".count).components(separatedBy: "LIMIT")[0]
      return split(keys).filter { key in
        !key.contains("NULLS ") && !key.hasPrefix("COALESCE(")
          && !known.contains(key.prefix { $0.isLetter || $0 == "_" }.description)
      }.map { "ORDER BY \($0) without NULLS FIRST or LAST" }
    }
  }

  private static func looseSelects(_ text: String) -> [String] {
    text.components(separatedBy: "SELECT").dropFirst().flatMap { select in
      (find(#"\b(MIN|MAX)\("#, in: select) != [] && !select.contains("GROUP BY")
        ? ["MIN or MAX of nothing"] : [])
        + (select.contains("LIMIT") && !select.contains("ORDER BY") ? ["LIMIT without order"] : [])
    }
  }

  /// At the commas outside of brackets.
  private static func split(_ text: String) -> [String] {
    var depth = 0
    return text.split { character in
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      return character == "," && depth == 0
    }.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  private static func find(_ pattern: String, in text: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: .caseInsensitive)
    else { return ["the pattern \(pattern)"] }
    let whole = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: whole).compactMap {
      Range($0.range, in: text).map { String(text[$0]) }
    }
  }
}
