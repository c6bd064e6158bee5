import GRDB

/// The texts behind a ledger's codes.
final class LedgerNames {
  private let statements: [Statement]
  private var known: [[Int64: String]]

  init(_ dimensions: [Dimension], on db: Database) throws {
    statements = try dimensions.map {
      try Statement("SELECT \(ScanKey.dimension($0).name(of: "?1"))", on: db)
    }
    known = dimensions.map { _ in [:] }
  }

  /// A text for each dimension; nil for what was not logged.
  func values(of codes: [Int64]) throws -> [String?] {
    try codes.indices.map { place in
      let code = codes[place]
      if let text = known[place][code] { return text }
      if code != CodedCalls.null { statements[place].bind(0, code) }
      defer { statements[place].reset() }
      guard try statements[place].next(), let text = statements[place].text(0) else { return nil }
      known[place][code] = text
      return text
    }
  }
}
