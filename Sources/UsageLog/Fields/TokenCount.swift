/// The most tokens that one call is believed to have used.
let tokensOfOneCall: Int64 = 1_000_000_000

/// The count that a record holds; nil where it holds none.
///
/// - Throws: why a text is no count; beyond `limit` it is damage, not a count.
func tokenCount(
  _ written: Text?, _ field: Field, upTo limit: Int64 = tokensOfOneCall
) throws(RejectionReason) -> Int64? {
  guard let written = written?.trimmed, !written.isEmpty else { return nil }
  guard let value = wholeNumber(written) else { throw fault(of: written, field, limit) }
  if value < 0 { throw .negativeCount(field) }
  if value > limit { throw .absurdCount(field) }
  return value
}

private func fault(of written: Text, _ field: Field, _ limit: Int64) -> RejectionReason {
  guard isNumber(written) else { return .notACount(field) }
  if written[0] == UInt8(ascii: "-") { return .negativeCount(field) }
  guard let rounded = wholeUnits(written, scale: 0) else { return .absurdCount(field) }
  return rounded > limit ? .absurdCount(field) : .notACount(field)
}

/// Whether it is a decimal number of any size.
private func isNumber(_ text: Text) -> Bool {
  text.bytes.allSatisfy { isDigit($0) || $0 < 0x30 || $0 | 0x20 == UInt8(ascii: "e") }
    && Double(text.string) != nil
}
