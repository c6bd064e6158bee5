/// One of the columns that a scan groups by.
enum ScanKey: Equatable {
  case dimension(Dimension)
  case storm, reuse

  init?(column: String) {
    switch column {
    case "storm": self = .storm
    case "reuse": self = .reuse
    default:
      guard let dimension = Dimension(column: column) else { return nil }
      self = .dimension(dimension)
    }
  }

  var dimension: Dimension? { if case .dimension(let dimension) = self { dimension } else { nil } }

  /// The text or number behind a scanned group's code; NULL was not logged.
  func name(of code: String) -> String {
    switch self {
    case .storm: code
    case .reuse:
      "CASE \(code) "
        + CallSequence.Reuse.allCases.map { "WHEN \($0.rawValue) THEN '\($0.name)'" }
        .joined(separator: " ") + " END"
    case .dimension(let dimension): name(of: code, dimension)
    }
  }

  private func name(of code: String, _ dimension: Dimension) -> String {
    if dimension.isNumber { return code }
    if let column = dimension.logColumn {
      return "(SELECT \(column) FROM main.log_file WHERE id = \(code))"
    }
    let long = "(SELECT text FROM main.long_name WHERE code = \(code))"
    switch dimension {
    case .promptHash:
      return "COALESCE(\(long), CASE WHEN \(code) IS NOT NULL THEN printf('%016x', \(code)) END)"
    case .kind: return "COALESCE((SELECT text FROM main.name WHERE id = \(code)), 'call')"
    default:
      return dimension.isLongName ? long : "(SELECT text FROM main.name WHERE id = \(code))"
    }
  }
}
