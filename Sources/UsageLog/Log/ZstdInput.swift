import CompressionHeaders
import SharedLibrary

/// What comes out of Zstandard data: concatenated frames, skippable ones passed over.
///
/// Uses the system's libzstd, found when the first .zst is read. Frames whose window is larger than 128 MiB are
/// refused, so that a file cannot ask for any amount of memory.
/// Source: RFC 8878; zstd.h for the calls and their codes.
final class ZstdInput: ByteInput {
  private let source: any ByteInput
  private let zstd: ZstdCalls
  private let stream: UnsafeMutableRawPointer
  private let compressed: UnsafeMutablePointer<UInt8>
  private static let room = 256 * 1024
  private var input: forensics_zstd_in
  private var sourceEnded = false
  private var frameEnded = false
  private var fault: InputError?

  /// Whether a file starts as a frame, or as one that decompressors skip.
  static func isFrame(_ head: [UInt8]) -> Bool {
    head == [0x28, 0xB5, 0x2F, 0xFD]
      || head.count == 4 && head[0] & 0xF0 == 0x50 && head[1...] == [0x2A, 0x4D, 0x18]
  }

  /// - Parameter zstd: the library, nil where there is none.
  init(_ source: any ByteInput, zstd: ZstdCalls? = .system) throws(InputError) {
    guard let zstd, let stream = zstd.create() else {
      throw .noDecompressor("Zstandard (libzstd)", ending: "zst", tool: "zstd")
    }
    self.source = source
    self.zstd = zstd
    self.stream = stream
    compressed = .allocate(capacity: Self.room)
    input = forensics_zstd_in(src: compressed, size: 0, pos: 0)
    _ = zstd.setParameter(stream, ZstdCalls.largestWindow, 27)
  }

  deinit {
    _ = zstd.free(stream)
    compressed.deallocate()
  }

  func read(into buffer: UnsafeMutablePointer<UInt8>, capacity: Int) throws(InputError) -> Int {
    if let fault { throw fault }
    var output = forensics_zstd_out(dst: buffer, size: UInt(capacity), pos: 0)
    while output.pos == 0 {
      if input.pos == input.size, !sourceEnded { try refill() }
      let isEmpty = input.pos == input.size
      if frameEnded, isEmpty || isPadding { return 0 }
      let left = zstd.decompress(stream, &output, &input)
      if zstd.isError(left) != 0 {
        let fault = reason(left)
        // What came out before the damage is handed out first.
        guard output.pos > 0 else { throw fault }
        self.fault = fault
        break
      }
      frameEnded = left == 0
      if isEmpty, !frameEnded, output.pos == 0 { throw .corrupt("it ends in the middle") }
    }
    return Int(output.pos)
  }

  private func refill() throws(InputError) {
    let count = try source.read(into: compressed, capacity: Self.room)
    sourceEnded = count == 0
    input = forensics_zstd_in(src: compressed, size: UInt(count), pos: 0)
  }

  /// NUL bytes where the next frame would start.
  private var isPadding: Bool { compressed[Int(input.pos)] == 0 }

  private func reason(_ code: UInt) -> InputError {
    zstd.errorCode(code) == ZstdCalls.windowTooLarge
      ? .windowTooLarge : .corrupt("not what zstd writes")
  }
}

/// libzstd's entry points, looked up once.
struct ZstdCalls: @unchecked Sendable {
  let create: forensics_zstd_create
  let free: forensics_zstd_free
  let decompress: forensics_zstd_decompress
  let isError: forensics_zstd_is_error
  let errorCode: forensics_zstd_error_code
  let setParameter: forensics_zstd_set_parameter

  /// `ZSTD_d_windowLogMax` and `ZSTD_error_frameParameter_windowTooLarge`.
  static let largestWindow: Int32 = 100
  static let windowTooLarge: Int32 = 16

  static let system = ZstdCalls([
    "libzstd.so.1", "libzstd.so", "libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib",
    "/usr/local/lib/libzstd.1.dylib",
  ])

  /// - Parameter names: of the library, the first that is there.
  init?(_ names: [String]) {
    for name in names {
      guard let library = SharedLibrary(name),
        let create = library("ZSTD_createDStream", as: forensics_zstd_create.self),
        let free = library("ZSTD_freeDStream", as: forensics_zstd_free.self),
        let decompress = library("ZSTD_decompressStream", as: forensics_zstd_decompress.self),
        let isError = library("ZSTD_isError", as: forensics_zstd_is_error.self),
        let errorCode = library("ZSTD_getErrorCode", as: forensics_zstd_error_code.self),
        let setParameter = library("ZSTD_DCtx_setParameter", as: forensics_zstd_set_parameter.self)
      else { continue }
      (self.create, self.free, self.decompress) = (create, free, decompress)
      (self.isError, self.errorCode, self.setParameter) = (isError, errorCode, setParameter)
      return
    }
    return nil
  }
}
