import CompressionHeaders
import Foundation

/// The members of a zip file, enough of it to look into a workbook.
///
/// Source: PKWARE, APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
struct ZipArchive {
  private(set) var members: [String: String] = [:]
  private(set) var names: [String] = []

  init?(_ bytes: [UInt8]) {
    func number(_ at: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }
    guard let end = (0...(bytes.count - 22)).last(where: { number($0, 4) == 0x0605_4B50 }) else {
      return nil
    }
    var entry = number(end + 16, 4)
    for _ in 0..<number(end + 10, 2) {
      guard number(entry, 4) == 0x0201_4B50 else { return nil }
      let nameLength = number(entry + 28, 2)
      let name = String(decoding: bytes[entry + 46..<entry + 46 + nameLength], as: UTF8.self)
      let local = number(entry + 42, 4)
      let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
      let packed = Array(bytes[start..<start + number(entry + 20, 4)])
      let isDeflated = number(entry + 10, 2) == 8
      guard let plain = isDeflated ? Self.inflate(packed, to: number(entry + 24, 4)) : packed else {
        return nil
      }
      members[name] = String(decoding: plain, as: UTF8.self)
      names.append(name)
      entry += 46 + nameLength + number(entry + 30, 2) + number(entry + 32, 2)
    }
  }

  private static func inflate(_ packed: [UInt8], to size: Int) -> [UInt8]? {
    guard let zlib = dlopen("libz.so.1", RTLD_NOW) ?? dlopen("libz.dylib", RTLD_NOW),
      let begin = dlsym(zlib, "inflateInit2_"), let step = dlsym(zlib, "inflate"),
      let end = dlsym(zlib, "inflateEnd")
    else { return nil }
    var (input, output) = (packed, [UInt8](repeating: 0, count: size))
    var stream = forensics_z_stream()
    // Minus 15: no header around the deflated data.
    guard
      unsafeBitCast(begin, to: forensics_inflate_init2.self)(
        &stream, -15, "1.2.11", Int32(MemoryLayout<forensics_z_stream>.size)) == 0
    else { return nil }
    let code = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = UnsafePointer(input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return unsafeBitCast(step, to: forensics_inflate.self)(&stream, 4)
      }
    }
    _ = unsafeBitCast(end, to: forensics_inflate_end.self)(&stream)
    // 1 is "the end of the stream".
    return code == 1 || size == 0 ? output : nil
  }
}
