/// Why a recipe cannot be run.
package enum RecipeError: Error, Equatable, CustomStringConvertible {
  case empty(String)
  case unknownDirective(String, line: Int)
  case unknownParameter(String, known: [String])
  case notAnInteger(parameter: String)
  case wrongValue(parameter: String, wanted: String)
  case unknownDimension(String)
  case missingParameter(String)
  case namelessParameter
  case notOneSelect
  case refused(String)
  case tookTooLong(seconds: Int)
  case sql(String)

  /// The command line is wrong, not the recipe or the database.
  package var isWrongUsage: Bool {
    switch self {
    case .unknownParameter, .notAnInteger, .wrongValue, .unknownDimension, .missingParameter:
      true
    default: false
    }
  }

  package var description: String {
    switch self {
    case .empty(let name): "'\(name)' holds no SQL; it needs one SELECT"
    case .unknownDirective(let name, let line):
      "line \(line) of '\(name)': a '-- @' line that means nothing here; "
        + "known are window, lookback, parameter, usage, bucket, top, newest, storm, fold, unit, highlight, bar, left-out"
    case .unknownParameter(let name, let known):
      "there is no parameter '\(name)'; "
        + (known.isEmpty ? "the statement has none" : "known are \(known.joined(separator: ", "))")
    case .notAnInteger(let parameter): "--\(parameter) takes a whole number of 1 or more"
    case .wrongValue(let parameter, let wanted): "--\(parameter) takes \(wanted)"
    case .unknownDimension(let name):
      "cannot group by '\(name)'; known are \(Dimension.allCases.map(\.rawValue).joined(separator: ", "))"
    case .missingParameter(let name):
      "the statement needs a value for :\(name); give it with -p \(name)=…"
    case .namelessParameter:
      "a bare ? cannot be given a value; write :name and give it with -p name=…"
    case .notOneSelect: "only one SELECT can be run, and nothing that writes"
    case .refused(let what): "\(what) is not allowed here: only reading this database is"
    case .tookTooLong(let seconds):
      "stopped after \(seconds) seconds; narrow the window, or allow more with --timeout"
    case .sql(let message): "the SQL has a mistake: \(message)"
    }
  }
}
