import Tables
import UsageLog

/// What one list says otherwise than another, as lines of a table.
enum PriceDifference {
  static let columns =
    ["change", "channel", "model", "column", "catalogue", "list"].map { Column(name: $0) }
    + [Column(name: "ratio", unit: .real, exact: true)]

  /// A whole row.
  static func cells(_ kind: String, _ row: PriceRow) -> [Value] {
    [
      .text(kind), .text(row.provider), .text(row.model), .text("prices"), .text("none"),
      .text(row.summary), .null,
    ]
  }

  /// One column of a row.
  static func cells(
    _ kind: String, _ row: PriceRow, _ change: PriceListDiff.Change
  ) -> [Value] {
    [
      .text(kind), .text(row.provider), .text(row.model), .text(change.column.name),
      .text(change.catalogue ?? "none"), .text(change.list ?? "none"),
      change.ratio.map { .real(Double($0) / 1e4) } ?? .null,
    ]
  }
}

extension PriceCatalogue {
  /// Providers without the endings of endpoints and speeds.
  var channels: Set<String> {
    Set(providers.compactMap { $0.split(separator: "-").first.map(String.init) })
  }
}

extension PriceRow {
  /// `5 / 25, write 6.25 / 10, read 0.5, > 200,000: 10 / 37.5`.
  fileprivate var summary: String {
    var parts = ["\(text(.input) ?? "") / \(text(.output) ?? "")"]
    let writes = [text(.cacheWrite5m), text(.cacheWrite1h)]
    if writes.contains(where: { $0 != nil }) {
      parts.append("write " + writes.map { $0 ?? "–" }.joined(separator: " / "))
    }
    if let read = text(.cacheRead) { parts.append("read \(read)") }
    if let long = longPromptText { parts.append(long) }
    if let aliasOf { parts.append("as \(aliasOf)") }
    return parts.joined(separator: ", ")
  }
}
