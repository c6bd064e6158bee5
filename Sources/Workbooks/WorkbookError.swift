/// Why there is no workbook, and what to do about it.
package enum WorkbookError: Error, Equatable, CustomStringConvertible {
  /// The program was built without the trait XLSX.
  case notBuilt
  /// The program was built with it, and the library is not on this machine.
  case noLibrary(names: [String])
  /// Another version than the headers', whose structures may differ.
  case otherVersion(found: String, wanted: String)
  case sheetName(String, reason: String)
  /// The library's own words.
  case failed(String)

  package var description: String {
    switch self {
    case .notBuilt:
      "this build of forensics writes no XLSX; build it on a machine with libxlsxwriter's headers: "
        + "make setup && make build (Debian and Ubuntu: libxlsxwriter-dev), or leave xlsx out of the formats"
    case .noLibrary(let names):
      "XLSX needs libxlsxwriter, which is not on this machine (looked for \(names.joined(separator: ", "))); "
        + "Debian and Ubuntu: apt-get install libxlsxwriter-dev; macOS: brew install libxlsxwriter; "
        + "or leave xlsx out of the formats"
    case .otherVersion(let found, let wanted):
      "libxlsxwriter here is \(found), and forensics was built for \(wanted); build it anew: make build"
    case .sheetName(let name, let reason):
      "no sheet can be called \"\(name)\": \(reason)"
    case .failed(let words): "the workbook could not be written: \(words)"
    }
  }
}
