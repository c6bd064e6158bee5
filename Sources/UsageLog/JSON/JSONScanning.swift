/// Moves from an opening quote behind the closing one.
///
/// - Returns: whether the string holds a backslash.
@inline(__always)
func scanString(
  _ bytes: UnsafePointer<UInt8>, _ end: Int, _ at: inout Int
) throws(JSONFault) -> Bool {
  var escaped = false
  at += 1
  while true {
    // Eight bytes at once: stop where one is a quote, a backslash, a control or not ASCII.
    while at + 8 <= end {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self))
      let special =
        (word | zeroBytes(word ^ 0x2222_2222_2222_2222) | zeroBytes(word ^ 0x5C5C_5C5C_5C5C_5C5C)
          | ((word &- 0x2020_2020_2020_2020) & ~word)) & 0x8080_8080_8080_8080
      if special == 0 {
        at += 8
      } else {
        at += special.trailingZeroBitCount >> 3
        break
      }
    }
    guard at < end else { throw .truncated }
    let byte = bytes[at]
    if byte == UInt8(ascii: "\"") {
      at += 1
      return escaped
    } else if byte == UInt8(ascii: "\\") {
      escaped = true
      try scanEscape(bytes, end, &at)
    } else if byte < 0x20 {
      throw .controlCharacter(at: at)
    } else if byte >= 0x80 {
      at += try utf8Length(bytes, end, at)
    } else {
      at += 1
    }
  }
}

/// High bits of the bytes that are zero (and perhaps of some above the first of them).
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word
}

private func scanEscape(
  _ bytes: UnsafePointer<UInt8>, _ end: Int, _ at: inout Int
) throws(JSONFault) {
  guard at + 1 < end else { throw .truncated }
  switch bytes[at + 1] {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
    UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
    at += 2
  case UInt8(ascii: "u"):
    for offset in 2..<6 {
      guard at + offset < end else { throw .truncated }
      guard JSONEscape.hexDigit(bytes[at + offset]) != nil else { throw .badEscape(at: at) }
    }
    at += 6
  default:
    throw .badEscape(at: at)
  }
}

/// Length of the UTF-8 sequence at `at`, refusing overlong forms, surrogates and what is cut off.
func utf8Length(_ bytes: UnsafePointer<UInt8>, _ end: Int, _ at: Int) throws(JSONFault) -> Int {
  let first = bytes[at]
  let length: Int
  var lowest: UInt8 = 0x80
  var highest: UInt8 = 0xBF
  switch first {
  case 0xC2...0xDF: length = 2
  case 0xE0: (length, lowest) = (3, 0xA0)
  case 0xE1...0xEC, 0xEE...0xEF: length = 3
  case 0xED: (length, highest) = (3, 0x9F)
  case 0xF0: (length, lowest) = (4, 0x90)
  case 0xF1...0xF3: length = 4
  case 0xF4: (length, highest) = (4, 0x8F)
  default: throw .invalidUTF8(at: at)
  }
  guard at + length <= end else { throw .truncated }
  guard bytes[at + 1] >= lowest, bytes[at + 1] <= highest else { throw .invalidUTF8(at: at) }
  for offset in 2..<max(length, 2) where bytes[at + offset] & 0xC0 != 0x80 {
    throw .invalidUTF8(at: at)
  }
  return length
}

/// Moves behind a number of RFC 8259 section 6.
@inline(__always)
func scanNumber(
  _ bytes: UnsafePointer<UInt8>, _ end: Int, _ at: inout Int
) throws(JSONFault) {
  let start = at
  if bytes[at] == UInt8(ascii: "-") { at += 1 }
  guard at < end else { throw .truncated }
  guard isDigit(bytes[at]) else {
    throw at == start ? .unexpected(at: start) : .badNumber(at: start)
  }
  if bytes[at] == UInt8(ascii: "0") {
    at += 1
    if at < end, isDigit(bytes[at]) { throw .badNumber(at: start) }
  } else {
    skipDigits(bytes, end, &at)
  }
  if at < end, bytes[at] == UInt8(ascii: ".") {
    at += 1
    guard at < end, isDigit(bytes[at]) else { throw .badNumber(at: start) }
    skipDigits(bytes, end, &at)
  }
  if at < end, bytes[at] | 0x20 == UInt8(ascii: "e") {
    at += 1
    if at < end, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
    guard at < end, isDigit(bytes[at]) else { throw .badNumber(at: start) }
    skipDigits(bytes, end, &at)
  }
}

@inline(__always)
private func skipDigits(_ bytes: UnsafePointer<UInt8>, _ end: Int, _ at: inout Int) {
  while at < end, isDigit(bytes[at]) { at += 1 }
}
