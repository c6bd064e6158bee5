/// A count of a whole bucket, bounded so that many of them can be added.
func bucketCount(_ value: JSONValue?, _ field: Field) throws(RejectionReason) -> Int64? {
  try tokenCount(value?.text, field, upTo: largestBucketCount)
}

/// How many requests a bucket tells of.
func bucketRequests(_ value: JSONValue?) throws(RejectionReason) -> Int64? {
  guard let written = value?.text?.trimmed, !written.isEmpty else { return nil }
  guard let count = wholeNumber(written), (0...largestBucketCount).contains(count) else {
    throw .badRequestCount
  }
  return count
}

let largestBucketCount: Int64 = 1_000_000_000_000_000

/// A key as a note may name it; what is no plain word stays unnamed.
func noted(_ key: Text) -> String {
  isPlainKey(key) ? key.string : "something"
}

/// Letters, digits, `_`, `.` and `-`, forty at most.
func isPlainKey(_ key: Text) -> Bool {
  (1...40).contains(key.count)
    && key.bytes.allSatisfy { byte in
      isDigit(byte) || lowercased(byte) &- 0x61 < 26 || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}

extension RecordOutput {
  /// Says what became of a record whose parts are buckets or rejects.
  mutating func settleRows(orElse nothing: String) {
    if !buckets.isEmpty {
      outcome = .buckets
    } else if !rejectedRows.isEmpty {
      outcome = .rejected(rejectedRows.removeFirst().reason)
    } else {
      outcome = .skipped(nothing)
    }
  }
}
