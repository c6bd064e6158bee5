import Testing

@testable import UsageLog

/// What the reader hands out, and that nothing makes it read where it must not.
struct JSONReaderTests {
  private let call = """
    {"occurred_at":"2026-11-09T08:00:00.000Z","tenant":"brisk-parcel","näme":"Größe \\ud83d\\udce6 📦",
     "usage":{"input_tokens":1.5e3,"cache":[true,false,null,{}],"geo":""},"ok":true}
    """

  @Test func `a document cut at any byte is truncated or refused, never read`() {
    let bytes = Array(call.utf8)
    for end in 0..<bytes.count {
      #expect(throws: JSONFault.self, "cut at \(end)") {
        try withJSON(Array(bytes[..<end])) { _ in }
      }
    }
  }

  @Test func `an ASCII document cut at any byte is only ever truncated`() {
    let bytes = Array(#"{"a":["x\n\u0041",true,false,null,{"b":{}},[]],"c":""}"#.utf8)
    for end in 0..<bytes.count {
      #expect(throws: JSONFault.truncated, "cut at \(end)") {
        try withJSON(Array(bytes[..<end])) { _ in }
      }
    }
  }

  @Test func `strings of every length around the eight-byte scan end where they end`() throws {
    let specials = ["", "\\n", "\\\"", "ü", "€", "📦", "\\\\"]
    for length in 0...40 {
      for place in Set([0, 1, length / 2, length]) where place <= length {
        for special in specials {
          let letters = (0..<length).map { String(UnicodeScalar(UInt8(0x61 + $0 % 26))) }
          let written = letters[..<place].joined() + special + letters[place...].joined()
          let json = "[\"\(written)\",\"next\"]"
          let read = try withJSON(json) { $0.children.map { $0.text?.string } }
          let plain =
            special.hasPrefix("\\") ? ["\\n": "\n", "\\\"": "\"", "\\\\": "\\"][special] : special
          let meant = letters[..<place].joined() + (plain ?? "") + letters[place...].joined()
          #expect(read == [meant, "next"])
        }
      }
    }
  }

  @Test func `every control character is refused at every place of a word`() {
    for control in 0..<0x20 as Range<UInt8> {
      for place in 0..<17 {
        var bytes = Array(repeating: UInt8(ascii: "a"), count: 17)
        bytes[place] = control
        #expect(throws: JSONFault.controlCharacter(at: place + 1)) {
          try withJSON([0x22] + bytes + [0x22]) { _ in }
        }
      }
    }
  }

  @Test(arguments: [("[", "]", "1"), ("[", "]", ""), ("{\"a\":", "}", "1"), ("{\"a\":", "}", "{}")])
  func `512 levels are read and one more is too deep`(open: String, close: String, inner: String) {
    func nested(_ levels: Int) -> String {
      // The innermost value may be a container itself.
      let own = inner == "{}" ? levels - 1 : levels
      return String(repeating: open, count: own) + inner + String(repeating: close, count: own)
    }
    #expect(throws: Never.self) { try withJSON(nested(512)) { _ in } }
    #expect(throws: JSONFault.tooDeep) { try withJSON(nested(513)) { _ in } }
    #expect(throws: JSONFault.tooDeep) { try withJSON(nested(100_000)) { _ in } }
  }

  @Test func `members and elements come in their order, containers skipped whole`() throws {
    let json = #"{"a":{"x":[1,2]},"b":[],"c":[[3],{"y":4}],"d":5}"#
    try withJSON(json) { root in
      #expect(root.children.map { $0.key.string } == ["a", "b", "c", "d"])
      #expect(root["c"]?.children.map { $0.source.string } == ["[3]", #"{"y":4}"#])
      #expect(root["b"]?.isEmptyContainer == true)
      #expect(root["a"]?.isEmptyContainer == false)
      #expect(root["x"] == nil)
      #expect(root["d"]?["x"] == nil)
      #expect(root["d"]?.children.map { $0.source.string } == [])
    }
  }

  @Test func `of equal keys the first is found`() throws {
    #expect(try withJSON(#"{"a":1,"\u0061":2}"#) { $0["a"]?.text?.string } == "1")
  }

  @Test func `a value keeps the bytes it was written with`() throws {
    let json = #"{"s":"a\"b","n":-1.50E+1,"t":true,"o":{ "k" : [ ] }}"#
    let sources = try withJSON(json) { $0.children.map { $0.source.string } }
    #expect(sources == [#""a\"b""#, "-1.50E+1", "true", #"{ "k" : [ ] }"#])
  }

  @Test func `thousands of values fit, and the reader is used again`() throws {
    let reader = JSONReader()
    for count in [3, 5_000, 2] {
      let bytes = Array("[\((0..<count).map { "\"\\u0061\($0)\"" }.joined(separator: ","))]".utf8)
      let padded = bytes + Array(repeating: 0, count: JSONReader.padding)
      try padded.withUnsafeBufferPointer { buffer in
        var at = 0
        let start = try #require(buffer.baseAddress)
        let root = try reader.read(start, count: bytes.count, at: &at)
        let texts = withExtendedLifetime(reader) { root.children.map { $0.text?.string } }
        #expect(texts == (0..<count).map { "a\($0)" })
        #expect(at == bytes.count)
      }
    }
  }

  @Test func `a fault names the place and nothing of what stood there`() {
    let secret = #"{"prompt":"my password is swordfish","n":01}"#
    #expect {
      try withJSON(secret) { _ in }
    } throws: { error in
      let text = (error as? JSONFault)?.text ?? ""
      return text == "malformed number at byte 42" && !text.contains("swordfish")
    }
  }
}
