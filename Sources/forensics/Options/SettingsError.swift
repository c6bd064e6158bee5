/// Why a configuration cannot be used.
enum SettingsError: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case notYAML(String, line: Int?, String)
  case invalid(String, line: Int?, String)

  var description: String {
    switch self {
    case .missing(let path): "there is no configuration at '\(path)'"
    case .notYAML(let path, let line, let what):
      "\(Self.place(path, line)): not valid YAML: \(what)"
    case .invalid(let path, let line, let what): "\(Self.place(path, line)): \(what)"
    }
  }

  static func place(_ path: String, _ line: Int?) -> String {
    line.map { "\(path):\($0)" } ?? path
  }
}
