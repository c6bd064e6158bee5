#if XLSX
  import XLSXHeaders

  /// The formats of a workbook: one for each style, made when it is first used.
  struct XLSXFormats {
    private let library: XLSXLibrary
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var made: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]

    init(_ library: XLSXLibrary, _ workbook: UnsafeMutablePointer<lxw_workbook>) {
      self.library = library
      self.workbook = workbook
    }

    subscript(style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
      mutating get {
        if let format = made[style] { return format }
        let format = library.addFormat(workbook)
        if let format {
          set(style, on: format)
          made[style] = format
        }
        return format
      }
    }

    private func set(_ style: CellStyle, on format: UnsafeMutablePointer<lxw_format>) {
      let calls = library.format
      let (soft, panel): (UInt32, UInt32) = (0x5C626B, 0xEDF0F4)
      if let text = style.format { calls.setNumberFormat(format, text) }
      switch style.role {
      case .title:
        calls.setBold(format)
        calls.setSize(format, 16)
      case .subtitle, .note: calls.setColor(format, soft)
      case .lead: break
      case .heading:
        calls.setBold(format)
        calls.setSize(format, 12)
      case .header:
        calls.setBold(format)
        calls.setBackground(format, panel)
        calls.setBottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        calls.setWrap(format)
        calls.setAlignment(format, UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue))
        if style.isNumber { calls.setAlignment(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
      case .body: break
      case .figure: calls.setBold(format)
      case .total:
        calls.setBold(format)
        calls.setTop(format, UInt8(LXW_BORDER_THIN.rawValue))
      }
    }
  }
#endif
