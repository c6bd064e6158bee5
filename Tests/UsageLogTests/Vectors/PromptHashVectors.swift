/// JSON texts and the hash under which the articles' wrapper stores them.
///
/// Made with Python 3.11:
/// `hashlib.sha256(json.dumps(json.loads(text), sort_keys=True).encode()).hexdigest()[:16]`
enum PromptHashVectors {
  static let all: [(text: String, hash: String)] = [
    (#"[{"role":"user","content":"Where is my parcel?"}]"#, "371b2ceb3a7f133a"),
    (#"[]"#, "4f53cda18c2baa0c"),
    (#"{}"#, "44136fa355b3678a"),
    (#""Where is my parcel?""#, "8d3c38f887a4817d"),
    (#"[{"role":"user","content":"Write tonight's digest of open tickets."}]"#, "80c98f8523fd1c61"),
    (
      #"[{"role":"user","content":[{"type":"text","cache_control":{"ttl":"1h","type":"e"}}]}]"#,
      "3c2757f93b32319e"
    ),
    (#"[{"role":"user","content":"Wo ist mein Paket? Größe: 3 m²"}]"#, "9d9f4f744beb9968"),
    (#"[{"role":"user","content":"荷物はどこですか"}]"#, "9889989259473b78"),
    (#"[{"role":"user","content":"Thanks! 📦🚚"}]"#, "192377ae6ee2d1cd"),
    (#"[{"role":"user","content":"\ud83d\udce6"}]"#, "3eeda78a1e9c4cb3"),
    (#"[{"role":"user","content":"\ud83d"}]"#, "a09fd54b8f0c7d95"),
    (#"[{"role":"user","content":"\udce6\ud83d x \ud83d\u0041"}]"#, "1c9344d1096bef25"),
    (
      #"[{"role":"user","content":"tab\tline\nreturn\rquote\"back\\slash\/bell\u0007\b\f\u0000"}]"#,
      "5f3d3501c73c23b2"
    ),
    (
      "[{\"role\":\"user\",\"content\":\"\u{7f} and \\u007f, \\u0080, \\u2028\\u2029\"}]",
      "a70c6c2bc1987989"
    ),
    (#"[{"role":"user","content":"path /a/b and \/a\/b"}]"#, "cc8e3ced4810b80d"),
    (#"[1.0,-1.0,1e16,1e-5,0.1,1e22,123456789012345680.0,-0.0,5e-324]"#, "e0cc13a785fe6671"),
    (
      #"[0,-0,1,-1,9007199254740993,123456789012345678901234567890,-99999999999999999999]"#,
      "5c6d512f6c456cc5"
    ),
    (#"[1E5,1e5,1e+5,1e05,1.50,100e-2,2.5E-3,1e400,-1e400,1e-400,-1e-400]"#, "b4d457f72972ce93"),
    (
      #"[0.0001,0.00001,9999999999999998.0,1e15,12345678901234567.0,3.0e0,0e0,-0e5]"#,
      "266568d9bb3d25df"
    ),
    (#"[true,false,null,[],{},[[]],[{}],{"a":[]}]"#, "13d1d1bca9824423"),
    (#"{"b":1,"a":2,"B":3,"A":4,"_":5,"":6,"aa":7,"a b":8}"#, "54cab82b1f509307"),
    (#"{"z":{"y":{"x":1,"w":2},"v":3},"a":{"c":1,"b":2}}"#, "8081f3144f9f2b46"),
    (#"{"a":1,"a":2}"#, "e5a9d5b0300e0f50"),
    (#"{"a":1,"b":0,"a":{"d":1,"c":2,"d":3}}"#, "67c8f1cb81e5a8ff"),
    (#"{"a":1,"\u0061":2}"#, "e5a9d5b0300e0f50"),
    (#"{"é":1,"e":2,"z":3,"Z":4,"ß":5}"#, "7b1fc86ebe7fab9b"),
    (#"{"\uffff":1,"\ud83d\udce6":2,"𐀀":3,"\ue000":4,"z":5}"#, "d42cd0f2a254d534"),
    (#"{"\ud800":1,"\udfff":2,"\ud800":3,"\ufffd":4}"#, "2487c2e561a158d0"),
    (#"{"\ud83d":1,"\ud83d\udce6":2,"\ud83e":3,"\uffee":4}"#, "b296c1eb29c55f01"),
    (#"{"a\nb":1,"a b":2,"a\"b":3,"a\\b":4,"a/b":5,"a\/b":6}"#, "a36479200a9e3f58"),
    (" \t[ 1 ,\r\n { \"a\" : [ ] , \"b\" : { } } ] ", "4306de414b58928b"),
    (#"[{"content":"x","role":"user","extra":{"n":1.10,"m":-0}}]"#, "32130acab66f0629"),
    (#"[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"#, "8f671d348011b24a"),
    (
      #"[{"role":"user","content":"pppppppppppppppppppppppppppppppppppppppppppppppppp"}]"#,
      "57a0f1f8a41c8002"
    ),
    ("[\"\u{e9}\u{301}\",\"\u{e9}\",\"\\u0065\\u0301\"]", "908ed541f3113a18"),
    ("[\"\u{a0}\u{200b}\u{feff}\u{10ffff}\"]", "92dfada6309b5850"),
  ]
}
