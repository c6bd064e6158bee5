/// Why a log as a whole cannot be read.
package enum LogError: Error, Equatable, CustomStringConvertible {
  case ofNoKnownFormat(Sighting)
  case unknownFormatName(String)
  case noHeader
  /// Text in another encoding than UTF-8.
  case encoding(String)

  /// However it looks.
  package static let unknownFormat = LogError.ofNoKnownFormat(Sighting())
  case protobuf

  package var description: String {
    switch self {
    case .ofNoKnownFormat(let seen):
      "matches none of the known formats\(seen.text). Name its columns with --map, its fields' places in "
        + "forensics.yml, or its format with --from: \(Self.known)"
    case .unknownFormatName(let name): "no log format is called '\(name)'; known are \(Self.known)"
    case .encoding(let name):
      "this is \(name), not UTF-8; convert it: iconv -f \(name) -t UTF-8 FILE | forensics import -"
    case .protobuf:
      "is OpenTelemetry in protobuf or with length prefixes. Let the collector's file exporter write JSON (format: json, no compression)."
    case .noHeader:
      "its first line is no header: none of the columns is known. Name them with --map, or put a header on top."
    }
  }

  private static var known: String { LogFormats.all.map { $0.name }.joined(separator: ", ") }
}
