import Testing

@testable import UsageLog

/// The hash lies in databases for years: it may never come out differently.
struct ContentHashTests {
  private let bytes = (0..<101).map { UInt8((7 * $0 + 13) % 256) }

  @Test(arguments: [
    (UInt64(0), XXH64Vectors.seedZero),
    (UInt64(0x9E37_79B9_7F4A_7C15), XXH64Vectors.seeded),
  ])
  func `every length up to 100 hashes as XXH64`(seed: UInt64, vectors: String) {
    let expected = vectors.split { $0.isWhitespace }.map { UInt64($0, radix: 16) }
    #expect(expected.count == 101)
    for count in 0...100 {
      let hash = bytes[..<count].withUnsafeBufferPointer { contentHash($0, seed: seed) }
      #expect(hash == expected[count], "\(count) bytes")
    }
  }

  @Test func `bytes hash the same wherever they lie in memory`() {
    for shift in 0..<9 {
      let moved = Array(repeating: 0, count: shift) + bytes
      let hash = moved[shift...].withUnsafeBufferPointer { contentHash($0) }
      #expect(hash == bytes.withUnsafeBufferPointer { contentHash($0) })
    }
  }

  /// Made with Python: `xxhash.xxh64_hexdigest("Brisk Parcel 📦".encode())`.
  @Test func `a string hashes as its UTF-8`() {
    #expect(contentHash("Brisk Parcel 📦") == 0x2b51_16a9_5217_7d04)
    #expect(contentHash("") == 0xef46_db37_51d8_e999)
  }
}
