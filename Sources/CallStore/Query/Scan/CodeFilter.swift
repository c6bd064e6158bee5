import UsageLog

/// A filter on codes: which of a column's values it lets through.
struct CodeFilter {
  let column: ScanColumn
  private(set) var letsNullThrough = false
  private var codes = CodeSlots()
  private var ranges: [ClosedRange<Int64>] = []

  /// Values of one dimension are alternatives; a name that no call has matches nothing.
  ///
  /// - Parameter code: looks up the code of a name.
  init(_ filter: ScanRequest.Filter, code: (String) throws -> Int64?) rethrows {
    column = filter.dimension.scanColumn
    for value in filter.values {
      if value == Selection.none {
        letsNullThrough = true
      } else if filter.dimension == .status {
        if let statuses = Selection.statuses(value) { ranges.append(statuses) }
      } else if filter.dimension.isLongName {
        _ = codes.slot(of: LongNames.code(of: value, isPrompt: filter.dimension == .promptHash))
      } else if let code = try code(value) {
        _ = codes.slot(of: code)
      }
    }
  }

  /// Lets through the codes given and nothing else, but for NULL.
  init(_ column: ScanColumn, codes: CodeSlots) {
    self.column = column
    self.codes = codes
    letsNullThrough = true
  }

  func letsThrough(_ code: Int64) -> Bool {
    codes.contains(code) || ranges.contains { $0.contains(code) }
  }
}

extension Dimension {
  var scanColumn: ScanColumn {
    switch self {
    case .tenant: .tenant
    case .feature: .feature
    case .model: .model
    case .deploySHA: .deploy
    case .channel: .channel
    case .workspace: .workspace
    case .promptHash: .prompt
    case .session: .session
    case .user: .user
    case .status: .statusCode
    }
  }

  /// Coded by the hash of its text, not by a number in `name`.
  var isLongName: Bool { self == .promptHash || self == .session || self == .user }
}
