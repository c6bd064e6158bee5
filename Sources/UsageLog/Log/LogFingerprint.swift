/// How a log is known again: by the first and the last bytes that were read of it.
package struct LogFingerprint: Equatable, Sendable {
  /// Bytes at either end that are looked at.
  package static let span = 4096

  package var headBytes: Int
  package var headHash: UInt64
  package var tailBytes: Int
  package var tailHash: UInt64

  init(head: ArraySlice<UInt8>, tail: UnsafeBufferPointer<UInt8>) {
    headBytes = head.count
    headHash = head.withUnsafeBufferPointer { contentHash($0) }
    tailBytes = tail.count
    tailHash = contentHash(tail)
  }

  package init(headBytes: Int, headHash: UInt64, tailBytes: Int, tailHash: UInt64) {
    self.headBytes = headBytes
    self.headHash = headHash
    self.tailBytes = tailBytes
    self.tailHash = tailHash
  }
}
