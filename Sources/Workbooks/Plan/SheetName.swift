import Tables

/// The names that spreadsheets accept for sheets, unique without regard to case.
///
/// libxlsxwriter 1.1.4 checks some of it itself, in a buffer of fixed size (Changes.txt, 1.1.8): nothing else may reach it.
enum SheetName {
  static func validated(_ names: [String]) throws(WorkbookError) -> [String] {
    var met: Set<String> = []
    for name in names {
      if let reason = objection(to: name) {
        throw .sheetName(name.visible, reason: reason)
      }
      guard met.insert(name.lowercased()).inserted else {
        throw .sheetName(name.visible, reason: "another one is called so already")
      }
    }
    return names
  }

  private static func objection(to name: String) -> String? {
    if name.isEmpty { return "it is empty" }
    if name.utf16.count > 31 { return "it is longer than 31 characters" }
    if name.contains(where: { "[]:*?/\\".contains($0) }) { return "it holds one of []:*?/\\" }
    if name.hasPrefix("'") || name.hasSuffix("'") { return "it begins or ends with an apostrophe" }
    if name.lowercased() == "history" { return "spreadsheets keep that name for themselves" }
    if name != CellText.shown(name) { return "it holds characters that do not show" }
    return nil
  }
}
