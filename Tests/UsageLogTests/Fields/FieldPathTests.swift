import Testing

@testable import UsageLog

/// How places in a record are written, and where they lead.
struct FieldPathTests {
  @Test(
    arguments: [
      ("team", [key("team")]), ("metadata.team", [key("metadata"), key("team")]),
      ("messages[0].hash", [key("messages"), .element(0), key("hash")]),
      (#"metadata["session.id"]"#, [key("metadata"), key("session.id")]),
      (#"metadata['session.id'].x"#, [key("metadata"), key("session.id"), key("x")]),
      (#"["a]b\"c"][12][3]"#, [key(#"a]b"c"#), .element(12), .element(3)]),
      ("$.a.b", [key("a"), key("b")]), (#"$["a"]"#, [key("a")]), ("$x", [key("$x")]),
      ("Cost Center.größe", [key("Cost Center"), key("größe")]),
      ("@timestamp", [key("@timestamp")]),
    ] as [(String, [FieldPath.Step])])
  func `a path is keys and elements`(_ text: String, _ steps: [FieldPath.Step]) throws {
    #expect(try FieldPath(text).steps == steps)
  }

  @Test(
    arguments: [
      ("", 1), (".a", 1), ("a.", 3), ("a..b", 3), ("a.[0]", 3), ("a[", 3), ("a[x]", 3),
      ("a[-1]", 3), ("a[0", 4), ("a[\"b]", 3), ("a[\"b\"", 6), ("a[0]b", 5), ("a]b", 2),
      ("a\"b", 2), ("$", nil), ("a[12345678901]", 3), ("$.", 3),
    ] as [(String, Int?)])
  func `a text that is no path is refused with the place`(_ text: String, _ position: Int?) {
    var fault: FieldPath.Fault?
    do throws(FieldPath.Fault) { _ = try FieldPath(text) } catch { fault = error }
    #expect(fault?.position == position, "\(text): \(fault?.what ?? "is one")")
  }

  private static func key(_ name: String) -> FieldPath.Step { .key(Array(name.utf8)) }

  private func look(_ path: String, in json: String) throws -> String? {
    // What it finds inside texts lies in the lookup.
    let lookup = PathLookup()
    return try withJSON(json) { root in
      try withExtendedLifetime(lookup) {
        lookup.value(at: try FieldPath(path), in: root)?.text?.string
      }
    }
  }

  @Test(
    arguments: [
      ("a.b", #"{"a":{"b":"x"}}"#, "x"), ("a.b", #"{"a":{"B":"x"}}"#, nil),
      ("a.b", #"{"a.b":"x"}"#, nil), (#"["a.b"]"#, #"{"a.b":"x"}"#, "x"),
      ("a[1].b", #"{"a":[{"b":"x"},{"b":7}]}"#, "7"), ("a[2]", #"{"a":["x","y"]}"#, nil),
      ("a[0]", #"{"a":{"0":"x"}}"#, nil), ("a.0", #"{"a":{"0":"x"}}"#, "x"),
      ("a", #"{"\u0061":"\u0078"}"#, "x"), ("a", #"{"a":null}"#, nil), ("a", #"{"a":{}}"#, nil),
      ("a.b", #"{"a":"text"}"#, nil), ("a", #"["x"]"#, nil), ("[0]", #"["x"]"#, "x"),
    ] as [(String, String, String?)])
  func `a path leads to what stands there, spelled exactly`(
    _ path: String, _ json: String, _ text: String?
  ) throws {
    #expect(try look(path, in: json) == text)
  }

  @Test func `a path steps through JSON kept as text, however often`() throws {
    let json = #"{"meta":"{\"spend\":\"{\\\"team\\\": \\\"search\\\"}\", \"n\": [1, 2]}"}"#
    #expect(try look("meta.spend.team", in: json) == "search")
    #expect(try look("meta.n[1]", in: json) == "2")
    #expect(try look("meta.spend", in: json) == #"{"team": "search"}"#)
    #expect(try look("meta.spend", in: #"{"meta":"{broken"}"#) == nil)
  }

  private let span = """
    {"name":"chat","attributes":[{"key":"team.id","value":{"stringValue":"alder-bank"}},\
    {"key":"n","value":{"intValue":"7"}},{"key":"plain","value":"x"},\
    {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"}]}}},\
    {"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}},\
    {"key":"json","value":{"stringValue":"{\\"team\\":\\"search\\"}"}}],\
    "resource":{"attributes":[{"key":"service.version","value":{"stringValue":"9f1c2ab"}}]}}
    """

  @Test(
    arguments: [
      ("team.id", "alder-bank"), ("n", "7"), ("plain", "x"), ("name", "chat"),
      ("service.version", "9f1c2ab"), (#"attributes["team.id"]"#, "alder-bank"),
      ("attributes.map.k", "v"), ("attributes.json.team", "search"), ("team", nil),
      (#"["team.id"]"#, "alder-bank"),
    ] as [(String, String?)])
  func `an attribute is found by its name`(_ path: String, _ text: String?) throws {
    #expect(try look(path, in: span) == text)
  }

  @Test func `objects around a packed record are looked at, nearest first`() throws {
    let json = """
      {"x":[{"y":1}],"packs":[{"owner":"a","list":[{"n":1},{"n":2,"deep":{"n":3}}]},\
      {"owner":"b","list":[{"n":4}]}]}
      """
    try withJSON(json) { root in
      let surroundings = Surroundings()
      surroundings.begin(root)
      let packs = Array(try #require(root["packs"]).children)
      var told: [String] = []
      for pack in packs {
        for record in try #require(pack["list"]).children {
          let around = surroundings.objects(around: record)
          told.append(around.map { $0["owner"]?.text?.string ?? "root" }.joined(separator: " "))
        }
      }
      #expect(told == ["a root", "a root", "b root"])
      #expect(surroundings.objects(around: root).isEmpty)
      surroundings.begin(nil)
      #expect(surroundings.objects(around: packs[0]).isEmpty)
    }
  }

  @Test func `what was text inside the value has all of it around`() throws {
    try withJSON(#"{"group":"g","message":"{\"n\":1}"}"#) { root in
      let embedded = EmbeddedJSON()
      let record = try #require(embedded.value(root["message"]))
      let surroundings = Surroundings()
      surroundings.begin(root)
      #expect(surroundings.objects(around: record).map { $0["group"]?.text?.string } == ["g"])
    }
  }
}
