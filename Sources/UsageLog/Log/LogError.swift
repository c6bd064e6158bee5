/// Why a log as a whole cannot be read.
package enum LogError: Error, Equatable, CustomStringConvertible {
  case unknownFormat
  case unknownFormatName(String)
  case noHeader

  package var description: String {
    switch self {
    case .unknownFormat:
      "matches none of the known formats (\(Self.known)). Name one with --from, or the columns with --map."
    case .unknownFormatName(let name): "no log format is called '\(name)'; known are \(Self.known)"
    case .noHeader:
      "its first line is no header: none of the columns is known. Name them with --map, or put a header on top."
    }
  }

  private static var known: String { LogFormats.all.map { $0.name }.joined(separator: ", ") }
}
