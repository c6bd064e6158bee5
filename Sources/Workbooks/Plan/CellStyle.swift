import Reports
import Tables

/// How a cell looks: what it is to the sheet, and how its number is written.
struct CellStyle: Hashable {
  enum Role { case title, subtitle, lead, heading, header, body, total, note, figure }

  var role: Role
  /// A spreadsheet's number format; nil is "as it comes".
  var format: String?
  var isNumber = false

  init(_ role: Role, format: String? = nil, isNumber: Bool = false) {
    self.role = role
    self.format = format
    self.isNumber = isNumber
  }

  /// Of values in a unit; with so many decimals as people see elsewhere.
  init(_ role: Role, _ unit: ReportUnit, decimals: Int) {
    self.init(role, format: Self.format(unit, decimals: decimals), isNumber: unit.isNumber)
  }

  static func format(_ unit: ReportUnit, decimals: Int) -> String {
    let zeros = decimals > 0 ? "." + String(repeating: "0", count: decimals) : ""
    return switch unit.unit {
    case .text: "@"
    case .usd, .money, .real, .count, .tokens, .ms: "#,##0" + zeros
    case .pct: "0.0%"
    case .instant: "yyyy-mm-dd hh:mm:ss"
    case .flag: "General"
    }
  }
}
