#if XLSX
  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #else
    import Darwin
  #endif

  /// A folder that nobody else may look into, for the parts of a workbook until it is whole.
  struct PrivateFolder {
    let path: String

    init(in parent: String) throws(WorkbookError) {
      var template = Array("\(parent)/forensics-XXXXXX".utf8CString)
      guard let made = mkdtemp(&template) else {
        throw .failed("no folder could be made in \(parent): \(String(cString: strerror(errno)))")
      }
      path = String(cString: made)
    }

    func bytes(of file: String) throws(WorkbookError) -> [UInt8] {
      guard let input = fopen(file, "rb") else { throw .failed("it is gone again: \(file)") }
      defer { fclose(input) }
      var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
      while case let count = fread(&buffer, 1, buffer.count, input), count > 0 {
        bytes += buffer[..<count]
      }
      return bytes
    }

    /// With the one file in it; libxlsxwriter unlinks its own as soon as it has opened them.
    func remove() {
      unlink(path + "/report.xlsx")
      rmdir(path)
    }
  }
#endif
