import Foundation

/// What a database says, without how it came to say it: equal for any two that mean the same.
///
/// Left out are files, lines, imports and the codes behind the names.
extension Desk {
  func contents() throws -> [String] {
    try calls() + sums() + buckets() + approximate()
  }

  private func calls() throws -> [String] {
    let columns = try list("SELECT name FROM pragma_table_info('llm_call')")
      .components(separatedBy: ", ")
      .filter { !$0.hasPrefix("source_") && $0 != "import_id" }
    return try dump("call", "SELECT \(columns.joined(separator: ", ")) FROM llm_call")
  }

  private func sums() throws -> [String] {
    let amounts = try list("SELECT name FROM pragma_table_info('usage_sum') WHERE cid > 3")
    return try dump(
      "sum",
      """
      SELECT dimension, grain, bucket,
        CASE dimension
          WHEN 8 THEN (SELECT hash FROM price_book WHERE id = value)
          ELSE (SELECT text FROM name WHERE id = value)
        END,
        \(amounts)
      FROM usage_sum
      """)
  }

  private func buckets() throws -> [String] {
    let columns = try list("SELECT name FROM pragma_table_info('usage_bucket')")
      .components(separatedBy: ", ")
      .filter { !$0.hasPrefix("source") && $0 != "import" }
    return try dump("bucket", "SELECT \(columns.joined(separator: ", ")) FROM usage_bucket")
  }

  private func approximate() throws -> [String] {
    try dump("approximate", "SELECT identity, hour FROM approximate_call")
  }

  private func dump(_ table: String, _ sql: String) throws -> [String] {
    try rows(sql).map { row in
      table + " " + row.map { $0 ?? "NULL" }.joined(separator: "|")
    }.sorted()
  }
}

/// Records of a difference, short enough to read.
func difference(_ left: [String], _ right: [String]) -> [String] {
  let (a, b) = (Set(left), Set(right))
  return a.subtracting(b).sorted().prefix(5).map { "- " + $0 }
    + b.subtracting(a).sorted().prefix(5).map { "+ " + $0 }
}
