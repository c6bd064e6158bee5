/// What a window's calls come to, and a hash of all that finance counts of them.
package struct LedgerFigures: Equatable, Sendable {
  /// Hidden iterations are not among them; what they cost is.
  package var calls: Int64 = 0
  package var costNanos: Int64 = 0
  /// What became known of earlier, closed periods and is dated into the window.
  package var adjustedCalls: Int64 = 0
  package var adjustedNanos: Int64 = 0
  /// The number of the text that was hashed, and its SHA-256: `1:9c2e…`.
  package var hash = ""
}

extension CallDatabase {
  /// The figures of a window, closed periods as they were closed.
  ///
  /// - Parameter window: UTC milliseconds.
  package func figures(of window: Range<Int64>) throws -> LedgerFigures {
    try reading { reader in
      try reader.outside { try LedgerText($0).figures(of: window) }
    }
  }
}
