/// Why a record could not be taken.
///
/// Wording says what is wrong and never what the record held.
package enum RejectionReason: Error, Equatable, Sendable {
  case notJSON(JSONFault)
  case truncated
  case tooLong(limit: Int)
  case badCSV(String)
  case missingTime
  case unreadableTime
  case timeOutOfRange
  case notACount(Field)
  case negativeCount(Field)
  case absurdCount(Field)
  case duplicateKey(Field)
  case missingBucketBounds
  case missingDay
  case badRequestCount
  case unreadableAmount

  package var text: String {
    switch self {
    case .notJSON(let fault): "not valid JSON: \(fault.text)"
    case .truncated: "the record is cut off"
    case .tooLong(let limit): "longer than \(limit / 1_048_576) MiB"
    case .badCSV(let what): "not a valid row: \(what)"
    case .missingTime:
      "no time: none of occurred_at, timestamp, ts, created_at … "
        + "(name its column with --map COLUMN=occurred_at, or give one with --set occurred_at=…)"
    case .unreadableTime: "occurred_at is not a time this reads (RFC 3339 or an epoch)"
    case .timeOutOfRange: "occurred_at lies before 2010 or after 2099"
    case .notACount(let field): "\(field.rawValue) is not a whole number"
    case .negativeCount(let field): "\(field.rawValue) is negative"
    case .absurdCount(let field): "\(field.rawValue) is beyond anything one call can use"
    case .duplicateKey(let field): "two different values for \(field.rawValue)"
    case .missingBucketBounds: "a bucket without a starting_at before its ending_at"
    case .missingDay: "a bucket without a readable day (date, usage_date_utc)"
    case .badRequestCount: "requests is not a whole number, or beyond all measure"
    case .unreadableAmount: "amount is not a decimal number"
    }
  }
}

extension JSONFault {
  package var text: String {
    switch self {
    case .truncated: "it ends too early"
    case .unexpected(let at): "unexpected character at byte \(at + 1)"
    case .badNumber(let at): "malformed number at byte \(at + 1)"
    case .badEscape(let at): "malformed escape at byte \(at + 1)"
    case .controlCharacter(let at): "control character inside a string at byte \(at + 1)"
    case .invalidUTF8(let at): "invalid UTF-8 at byte \(at + 1)"
    case .tooDeep: "nested deeper than \(JSONReader.maximumDepth) levels"
    }
  }
}
