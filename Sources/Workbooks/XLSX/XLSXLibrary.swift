#if XLSX
  import SharedLibrary
  import XLSXHeaders

  /// libxlsxwriter's entry points, looked up when the first workbook is written.
  ///
  /// Linked, it would cost every start of every command; measured in docs/decisions/0018.
  struct XLSXLibrary: @unchecked Sendable {
    let explain: forensics_lxw_strerror
    let new: forensics_workbook_new_opt
    let close: forensics_workbook_close
    let addSheet: forensics_workbook_add_worksheet
    let addFormat: forensics_workbook_add_format
    let addChart: forensics_workbook_add_chart
    let setProperties: forensics_workbook_set_properties
    let sheet: SheetCalls
    let format: FormatCalls
    let chart: ChartCalls

    static let system = Result { () throws(WorkbookError) in try XLSXLibrary(names) }

    /// The one whose structures the headers describe; their number counts incompatible changes.
    static let names = [
      "libxlsxwriter.so.\(LXW_SOVERSION)", "libxlsxwriter.\(LXW_SOVERSION).dylib",
      "/opt/homebrew/lib/libxlsxwriter.\(LXW_SOVERSION).dylib",
      "/usr/local/lib/libxlsxwriter.\(LXW_SOVERSION).dylib",
    ]

    init(_ names: [String]) throws(WorkbookError) {
      guard let library = names.lazy.compactMap(SharedLibrary.init).first else {
        throw .noLibrary(names: names)
      }
      let symbols = Symbols(library: library)
      let version = try symbols("lxw_version", forensics_lxw_version.self)()
      guard let version, String(cString: version) == LXW_VERSION else {
        let found = version.map { String(cString: $0) } ?? "of no version"
        throw .otherVersion(found: found, wanted: LXW_VERSION)
      }
      explain = try symbols("lxw_strerror")
      new = try symbols("workbook_new_opt")
      close = try symbols("workbook_close")
      addSheet = try symbols("workbook_add_worksheet")
      addFormat = try symbols("workbook_add_format")
      addChart = try symbols("workbook_add_chart")
      setProperties = try symbols("workbook_set_properties")
      sheet = try SheetCalls(symbols)
      format = try FormatCalls(symbols)
      chart = try ChartCalls(symbols)
    }

    struct Symbols {
      let library: SharedLibrary

      /// - Parameter type: what the headers say of that name.
      func callAsFunction<Function>(
        _ name: String, _ type: Function.Type = Function.self
      ) throws(WorkbookError) -> Function {
        guard let function = library(name, as: type) else {
          throw .failed("libxlsxwriter has no \(name)")
        }
        return function
      }
    }
  }
#endif
