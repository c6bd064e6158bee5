/// What a decimal text is as a whole number of 10⁻ˢᶜᵃˡᵉ units, rounded half-even; nil if it is no
/// number or too large.
///
/// Exact: no binary floating point.
///
/// `wholeUnits("0.0123", scale: 9)` is 12,300,000 (nano-dollars of $0.0123).
package func wholeUnits(_ text: Text, scale: Int) -> Int64? {
  let text = text.trimmed
  var at = 0
  var negative = false
  if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
    negative = text[at] == UInt8(ascii: "-")
    at += 1
  }
  var digits: Int128 = 0
  var fraction = 0
  var sawDigit = false
  var sawPoint = false
  var lost = false  // non-zero digits behind the 30th, which can only break a tie
  while at < text.count {
    let byte = text[at]
    if isDigit(byte) {
      sawDigit = true
      if digits < 1_000_000_000_000_000_000_000_000_000_000 {
        digits = digits * 10 + Int128(byte - 0x30)
        if sawPoint { fraction += 1 }
      } else {
        if byte != 0x30 { lost = true }
        if !sawPoint { fraction -= 1 }
      }
    } else if byte == UInt8(ascii: "."), !sawPoint {
      sawPoint = true
    } else {
      break
    }
    at += 1
  }
  guard sawDigit else { return nil }
  var exponent = 0
  if at < text.count {
    guard text[at] | 0x20 == UInt8(ascii: "e"),
      let written = plainInteger(text.dropFirst(at + 1)), abs(written) < 10_000
    else { return nil }
    exponent = Int(written)
  }
  guard var value = shifted(digits, by: exponent + scale - fraction, lost: lost) else { return nil }
  if negative { value = -value }
  return Int64(exactly: value)
}

/// The whole number that a count is written as: `12`, `12.0`, `1.2e3`; nil for `3.5` or what is no number.
package func wholeNumber(_ text: Text) -> Int64? {
  if let plain = plainInteger(text) { return plain }
  // Three noughts behind a point are a thousand in half of Europe: no count to guess at.
  if text.count > 4, text[text.count - 4] == UInt8(ascii: "."),
    text.dropFirst(text.count - 3) == "000"
  {
    return nil
  }
  guard let billionths = wholeUnits(text, scale: 9), billionths % 1_000_000_000 == 0 else {
    return nil
  }
  return billionths / 1_000_000_000
}

/// Digits with a sign, nothing else.
package func plainInteger(_ text: Text) -> Int64? {
  var at = 0
  var negative = false
  if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
    negative = text[at] == UInt8(ascii: "-")
    at += 1
  }
  guard at < text.count, text.count - at <= 18 else { return nil }
  var value: Int64 = 0
  while at < text.count {
    guard isDigit(text[at]) else { return nil }
    value = value &* 10 &+ Int64(text[at] - 0x30)
    at += 1
  }
  return negative ? -value : value
}

/// `digits` times ten to the `places`, rounded half-even where places are dropped.
private func shifted(_ digits: Int128, by places: Int, lost: Bool) -> Int128? {
  if digits == 0 { return 0 }
  if places >= 0 {
    var value = digits
    for _ in 0..<places {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }
  if places < -38 { return 0 }
  var divisor: Int128 = 1
  for _ in 0..<(-places) {
    let (product, overflow) = divisor.multipliedReportingOverflow(by: 10)
    if overflow { return 0 }
    divisor = product
  }
  let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: divisor)
  let rest = divisor - remainder
  if remainder > rest || (remainder == rest && (lost || quotient % 2 == 1)) { return quotient + 1 }
  return quotient
}
