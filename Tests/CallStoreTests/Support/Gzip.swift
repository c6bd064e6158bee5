import Foundation

extension Desk {
  /// Writes a log as a .gz of stored blocks, made here so that no tool is needed.
  ///
  /// - Parameter cutting: bytes missing at its end.
  func write(_ name: String, gzipped lines: [String], cutting: Int = 0) throws {
    let content = Array(lines.map { $0 + "\n" }.joined().utf8)
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = content[...]
    while !rest.isEmpty {
      let block = rest.prefix(60_000)
      rest = rest.dropFirst(60_000)
      let length = UInt16(block.count)
      bytes += [rest.isEmpty ? 1 : 0] + little(length) + little(~length) + block
    }
    bytes += little(checksum(content)) + little(UInt32(content.count))
    try Data(bytes.dropLast(cutting)).write(to: folder.appendingPathComponent(name))
  }

  private func little(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// CRC-32 as gzip has it (RFC 1952).
  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
