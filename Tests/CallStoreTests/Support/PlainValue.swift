import Tables

extension Value {
  /// As the database's own text; nil is NULL.
  var plain: String? {
    switch self {
    case .null: nil
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    }
  }
}
