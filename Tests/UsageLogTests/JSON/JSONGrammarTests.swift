import Testing

@testable import UsageLog

/// RFC 8259 to the letter.
struct JSONGrammarTests {
  @Test(arguments: [
    "0", "-0", "12", "-12", "0.5", "1.25e10", "1E5", "1e+5", "1e-05", "0e0", "1e400",
    "123456789012345678901234567890",
  ])
  func `a number by the grammar is accepted as it was written`(number: String) throws {
    #expect(try withJSON(number) { $0.isNumber ? $0.text?.string : nil } == number)
    #expect(try withJSON("[\(number)]") { $0.children.first { _ in true }?.text?.string } == number)
  }

  @Test(arguments: [
    "01", "-01", "00", "1.", "1.e5", ".5", "-", "--1", "+1", "1e", "1e+", "1.5e-", "0x10", "1_000",
    "NaN", "Infinity", "-Infinity", "1 2", "1.2.3", "1e5.5", "0.", "１",
  ])
  func `a number by no grammar is refused`(number: String) {
    #expect(throws: JSONFault.self) { try withJSON(number) { _ in } }
    #expect(throws: JSONFault.self) { try withJSON("{\"input_tokens\":\(number)}") { _ in } }
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""\ud83d\udce6\uD83D\uDE9A""#, "📦🚚"), (#""\u0000""#, "\0"), (#""\uffff""#, "\u{FFFF}"),
    (#""\ud83d""#, "\u{FFFD}"), (#""\udce6\ud83d""#, "\u{FFFD}\u{FFFD}"),
    (#""\ud83dA""#, "\u{FFFD}A"), (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
    (#""\udbff\udfff""#, "\u{10FFFF}"), ("\"\u{7F}\u{80}\u{2028}\"", "\u{7F}\u{80}\u{2028}"),
  ])
  func `escapes are resolved, a lone surrogate to the replacement character`(
    json: String, meant: String
  ) throws {
    #expect(try withJSON(json) { $0.text?.string } == meant)
    #expect(try withJSON("{\(json):1}") { Array($0.children)[0].key.string } == meant)
  }

  @Test(arguments: [
    #""\x41""#, #""\a""#, #""\'""#, #""\u12""#, #""\u12g4""#, #""\U0041""#, #""\u 041""#, #""\"#,
    "\"\\\n\"", "\"a\nb\"", "\"tab\there\"", "\"\u{1F}\"", "\"\0\"", "'single'", "\"open",
    "\"\\u00",
  ])
  func `a string with a malformed escape or a bare control character is refused`(json: String) {
    #expect(throws: JSONFault.self) { try withJSON(json) { _ in } }
    #expect(throws: JSONFault.self) { try withJSON("{\(json):1}") { _ in } }
  }

  @Test(
    arguments: [
      [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0xAF],
      [0xF0, 0x8F, 0xBF, 0xBF],  // overlong
      [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],  // surrogates
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xFE],  // beyond Unicode
      [0x80], [0xBF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x93], [0xC3, 0x28], [0xE2, 0x28, 0xA1],
      [0xE2, 0x82, 0x28], [0xF0, 0x28, 0x8C, 0xBC], [0xF0, 0x9F, 0x93, 0x28], [0xC3, 0xC3, 0xA9],
    ] as [[UInt8]])
  func `invalid UTF-8 is refused wherever in a string it stands`(bytes: [UInt8]) {
    for before in 0..<10 {
      for behind in [0, 1, 9] {
        let filler = { (count: Int) in Array(repeating: UInt8(ascii: "a"), count: count) }
        let document = [0x22] + filler(before) + bytes + filler(behind) + [0x22, 0x20, 0x20, 0x20]
        #expect(throws: JSONFault.self) { try withJSON(document) { _ in } }
      }
    }
  }

  @Test(arguments: [
    "", " ", "\n", "{", "}", "[", "]", "{]", "[}", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}",
    "{\"a\":1,}", "{,}", "{1:2}", "{a:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "tru", "TRUE", "nul",
    "nulll", "truefalse", "[true false]", "{}{}", "[]x", "/**/1", "1//", "\u{FEFF}1", "\u{A0}1",
    "\u{B}1", "[1]]", "\0",
  ])
  func `what is no document is refused`(text: String) {
    #expect(throws: JSONFault.self) { try withJSON(text) { _ in } }
  }
}
