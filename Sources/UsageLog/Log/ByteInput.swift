#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes in order: a file, standard input, or what comes out of a decompressor.
package protocol ByteInput: AnyObject {
  /// Fills up to `capacity` bytes; 0 at the end.
  func read(into buffer: UnsafeMutablePointer<UInt8>, capacity: Int) throws(InputError) -> Int
}

/// Why a log could not be opened or read on.
package enum InputError: Error, Equatable, CustomStringConvertible {
  case cannotOpen(String, errno: Int32)
  case cannotRead(errno: Int32)
  case isDirectory(String)
  /// The library that would read files with this ending; `tool` reads them, too.
  case noDecompressor(String, ending: String, tool: String)
  case windowTooLarge
  case corrupt(String)

  package var description: String {
    switch self {
    case .cannotOpen(let path, let code):
      "cannot open '\(path)': \(String(cString: strerror(code)))"
    case .cannotRead(let code): "cannot read on: \(String(cString: strerror(code)))"
    case .isDirectory(let path): "'\(path)' is a folder"
    case .noDecompressor(let library, let ending, let tool):
      "reading .\(ending) needs \(library), which is not on this machine; "
        + "install it, or pipe: \(tool) -dc FILE | forensics import -"
    case .windowTooLarge:
      "it needs more than 128 MiB to decompress (zstd --long); "
        + "pipe it: zstd -dc --long=31 FILE | forensics import -"
    case .corrupt(let what): "the compressed data is damaged: \(what)"
    }
  }
}

/// A file or standard input, read with the system's own calls.
package final class FileInput: ByteInput {
  private let descriptor: Int32
  private let closes: Bool
  /// Bytes of the file in front of what is read next; of a compressed file, its compressed bytes.
  package private(set) var position: Int64 = 0

  package init(path: String) throws(InputError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path, errno: errno) }
    closes = true
  }

  /// - Parameter descriptor: open for reading; it is left open.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
    closes = false
  }

  deinit { if closes { close(descriptor) } }

  package func read(
    into buffer: UnsafeMutablePointer<UInt8>, capacity: Int
  ) throws(InputError) -> Int {
    while true {
      #if canImport(Darwin)
        let count = Darwin.read(descriptor, buffer, capacity)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, buffer, capacity)
      #else
        let count = Glibc.read(descriptor, buffer, capacity)
      #endif
      if count >= 0 {
        position += Int64(count)
        return count
      }
      if errno != EINTR { throw .cannotRead(errno: errno) }
    }
  }

  /// Moves to an absolute position; false where the input cannot seek.
  package func seek(to offset: Int64) -> Bool {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { return false }
    position = offset
    return true
  }
}

/// Bytes in memory, for tests and for what was read ahead.
package final class MemoryInput: ByteInput {
  private let bytes: [UInt8]
  private var position = 0
  private let rest: (any ByteInput)?

  /// - Parameter rest: read on after the bytes.
  package init(_ bytes: [UInt8], then rest: (any ByteInput)? = nil) {
    self.bytes = bytes
    self.rest = rest
  }

  package func read(
    into buffer: UnsafeMutablePointer<UInt8>, capacity: Int
  ) throws(InputError) -> Int {
    let count = min(capacity, bytes.count - position)
    guard count > 0 else { return try rest?.read(into: buffer, capacity: capacity) ?? 0 }
    bytes.withUnsafeBufferPointer { source in
      for index in 0..<count { buffer[index] = source[position + index] }
    }
    position += count
    return count
  }
}

/// Looks at the first bytes and puts a decompressor in front where they need one.
package func decompressed(_ input: any ByteInput) throws(InputError) -> (
  input: any ByteInput, isCompressed: Bool
) {
  var head: [UInt8] = []
  let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 4)
  defer { room.deallocate() }
  while head.count < 4 {
    let count = try input.read(into: room, capacity: 4 - head.count)
    if count == 0 { break }
    head += UnsafeBufferPointer(start: room, count: count)
  }
  let whole = MemoryInput(head, then: input)
  if head.starts(with: [0x1F, 0x8B]) { return (try GzipInput(whole), true) }
  if ZstdInput.isFrame(head) { return (try ZstdInput(whole), true) }
  return (whole, false)
}
