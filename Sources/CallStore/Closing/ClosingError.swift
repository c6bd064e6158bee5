import Tables

/// Why a period is not closed, or not opened again; wording names the way out.
package enum ClosingError: Error, Equatable, CustomStringConvertible {
  case notOver(String, endingAt: Int64)
  case closedAlready(String, by: String)
  case overlaps(String, with: String)
  case empty(String)
  case changedMeanwhile(String)
  case notClosed(String, closed: [String])
  case holdsAdjustments(String, later: String)
  case file(String)

  package var description: String {
    switch self {
    case .notOver(let period, let end):
      "\(period) is not over yet; close it from \(ClockTime(end).asFineAsNeeded) UTC on"
    case .closedAlready(let period, let by):
      "\(period) is closed already, by \(by); to close it anew: forensics reopen \(period) --why TEXT"
    case .overlaps(let period, let other):
      "\(period) shares days with \(other), which is closed, and a day is closed once; close periods of one kind, "
        + "or first: forensics reopen \(other) --why TEXT"
    case .empty(let period):
      "\(period) has no calls; import its logs first, or close it as it is with --allow-empty"
    case .changedMeanwhile(let period):
      "calls of \(period) changed while its files were made; make them again, and close it then"
    case .notClosed(let period, let closed):
      "'\(period)' is not a closed period; "
        + (closed.isEmpty
          ? "none is yet" : "closed are \(closed.suffix(12).joined(separator: ", "))")
        + " (forensics close --list)"
    case .holdsAdjustments(let period, let later):
      "adjustments of \(period) are part of \(later), which is closed; first: forensics reopen \(later) --why TEXT"
    case .file(let what): what
    }
  }
}
