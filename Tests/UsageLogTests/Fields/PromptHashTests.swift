import Testing

@testable import UsageLog

/// Logs that hold the prompt must join with logs that hold the wrapper's hash: digit for digit.
struct PromptHashTests {
  @Test(arguments: PromptHashVectors.all)
  func `a prompt hashes as Python hashes it`(text: String, hash: String) throws {
    let ours = try withJSON(text) { root in
      var hash = PromptHash()
      return hash.hash(root)
    }
    #expect(String(ours, radix: 16) == String(hash.drop { $0 == "0" }))
  }

  /// Made with Python 3.11: `json.dumps(json.loads(text), sort_keys=True)`.
  @Test(arguments: [
    (#"{"b":[1,2.0],"a":"ü📦"}"#, #"{"a": "\u00fc\ud83d\udce6", "b": [1, 2.0]}"#),
    (#"["\u007F\/\u001f\t",-0,-0.0,1E16]"#, #"["\u007f/\u001f\t", 0, -0.0, 1e+16]"#),
    (
      #"{"\udfff":1,"\ud800":2,"\ud83d\ude9a":3}"#,
      #"{"\ud800": 2, "\udfff": 1, "\ud83d\ude9a": 3}"#
    ),
    (#"[ ] "#, "[]"), (#"{"a":{},"":[{}]}"#, #"{"": [{}], "a": {}}"#),
  ])
  func `the hashed text is what Python prints`(text: String, printed: String) throws {
    let ours = try withJSON(text) { root in
      var hash = PromptHash()
      return hash.canonicalText(root)
    }
    #expect(ours == printed)
  }

  @Test func `one hash can be used for one prompt after the other`() throws {
    var hash = PromptHash()
    for (text, expected) in PromptHashVectors.all.prefix(6) {
      let ours = try withJSON(text) { hash.hash($0) }
      #expect(ours == UInt64(expected, radix: 16))
    }
  }

  @Test(arguments: [
    ("85bce1e35ceab3e9", UInt64(0x85bc_e1e3_5cea_b3e9)), ("0000000000000000", UInt64(0)),
    ("ffffffffffffffff", UInt64.max),
  ])
  func `sixteen lower-case hexadecimal digits are kept as a number`(text: String, number: UInt64) {
    guard case .digits(let digits) = borrowed(text, { PromptKey($0) }) else {
      Issue.record("\(text) was kept as a text")
      return
    }
    #expect(digits == number)
  }

  @Test(arguments: [
    "85BCE1E35CEAB3E9", "85bce1e35ceab3e", "85bce1e35ceab3e91", "85bce1e35ceab3eg",
    "digest-prompt-v2",
    "0x85bce1e35ceab3", "85bce1e3-5ceab3e",
  ])
  func `any other name of a prompt stays the text it was`(text: String) {
    borrowed(text) { name in
      guard case .text(let kept) = PromptKey(name) else {
        Issue.record("\(text) was taken for a number")
        return
      }
      #expect(kept.string == text)
    }
  }
}
