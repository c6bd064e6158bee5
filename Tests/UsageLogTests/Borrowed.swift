@testable import UsageLog

/// Lends a string's bytes as the `Text` of a record.
func borrowed<Result>(_ string: String, _ body: (Text) throws -> Result) rethrows -> Result {
  // One byte more, so that an empty text has an address too.
  let bytes = Array(string.utf8) + [0]
  return try bytes.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { fatalError("a buffer without an address") }
    return try body(Text(start: start, count: bytes.count - 1))
  }
}
