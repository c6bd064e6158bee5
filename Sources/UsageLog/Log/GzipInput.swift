import CompressionHeaders
import SharedLibrary

/// What comes out of gzip data, concatenated members included.
///
/// Uses the system's zlib, found when the first .gz is read: it is on every machine, its headers are not.
/// Source: RFC 1952; zlib.h for the calls and their codes.
final class GzipInput: ByteInput {
  private let source: any ByteInput
  private let zlib: ZlibCalls
  private let stream: UnsafeMutablePointer<forensics_z_stream>
  private let compressed: UnsafeMutablePointer<UInt8>
  private static let room = 256 * 1024
  private var sourceEnded = false
  private var memberEnded = false

  init(_ source: any ByteInput) throws(InputError) {
    guard let zlib = ZlibCalls.system else { throw Self.missing("zlib (libz)") }
    self.source = source
    self.zlib = zlib
    compressed = .allocate(capacity: Self.room)
    stream = .allocate(capacity: 1)
    stream.initialize(to: forensics_z_stream())
    // 15 bits of window, plus 16: expect a gzip header.
    guard zlib.begin(stream, 15 + 16) == 0 else { throw Self.missing("a working zlib") }
  }

  private static func missing(_ library: String) -> InputError {
    .noDecompressor(library, ending: "gz", tool: "gzip")
  }

  deinit {
    _ = zlib.end(stream)
    stream.deallocate()
    compressed.deallocate()
  }

  func read(into buffer: UnsafeMutablePointer<UInt8>, capacity: Int) throws(InputError) -> Int {
    stream.pointee.next_out = buffer
    stream.pointee.avail_out = UInt32(capacity)
    while stream.pointee.avail_out == UInt32(capacity) {
      if stream.pointee.avail_in == 0, !sourceEnded {
        let count = try source.read(into: compressed, capacity: Self.room)
        sourceEnded = count == 0
        stream.pointee.next_in = UnsafePointer(compressed)
        stream.pointee.avail_in = UInt32(count)
      }
      if stream.pointee.avail_in == 0, sourceEnded {
        if memberEnded { return 0 }
        throw .corrupt("it ends in the middle")
      }
      if memberEnded {
        // Behind a member comes another one, or padding.
        if stream.pointee.next_in?.pointee != 0x1F { return 0 }
        _ = zlib.reset(stream)
        memberEnded = false
      }
      switch zlib.step(stream, 0) {
      case 0: break
      case 1: memberEnded = true
      case -5 where stream.pointee.avail_in == 0: break
      default:
        // What came out before the damage is handed out first; the next step fails again.
        if stream.pointee.avail_out == UInt32(capacity) { throw .corrupt("not what gzip writes") }
      }
    }
    return capacity - Int(stream.pointee.avail_out)
  }
}

/// zlib's entry points, looked up once.
private struct ZlibCalls: @unchecked Sendable {
  let initialize: forensics_inflate_init2
  let inflate: forensics_inflate
  let finish: forensics_inflate_end
  let restart: forensics_inflate_reset

  static let system: ZlibCalls? = {
    for name in ["libz.so.1", "libz.so", "libz.1.dylib", "libz.dylib"] {
      guard let library = SharedLibrary(name),
        let initialize = library("inflateInit2_", as: forensics_inflate_init2.self),
        let inflate = library("inflate", as: forensics_inflate.self),
        let finish = library("inflateEnd", as: forensics_inflate_end.self),
        let restart = library("inflateReset", as: forensics_inflate_reset.self)
      else { continue }
      return ZlibCalls(
        initialize: initialize, inflate: inflate, finish: finish, restart: restart)
    }
    return nil
  }()

  typealias Stream = UnsafeMutablePointer<forensics_z_stream>

  func begin(_ stream: Stream, _ windowBits: Int32) -> Int32 {
    initialize(stream, windowBits, "1.2.11", Int32(MemoryLayout<forensics_z_stream>.size))
  }
  func step(_ stream: Stream, _ flush: Int32) -> Int32 { inflate(stream, flush) }
  func end(_ stream: Stream) -> Int32 { finish(stream) }
  func reset(_ stream: Stream) -> Int32 { restart(stream) }
}
