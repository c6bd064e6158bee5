import Testing

@testable import UsageLog

struct FieldNamesTests {
  @Test(arguments: Spelling.all)
  func `every spelling lands in its field, however its words are joined`(spelling: Spelling) throws
  {
    let (written, lands, told) = spelling.field.sample
    for name in spelling.variants {
      let members = [(name: name, value: written)] + spelling.companions
      let json = "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
      #expect(try call(json)[lands] == told, "\(name)")
    }
  }

  @Test(arguments: Spelling.all)
  func `every spelling names a column too`(spelling: Spelling) throws {
    let (written, lands, told) = spelling.field.sample
    let members = [(name: spelling.name, value: written)] + spelling.companions
    let csv =
      members.map(\.name).joined(separator: ",") + "\n"
      + members.map(\.value).joined(separator: ",")
    let records = try readLog(csv, forced: "application-csv")
    #expect(records.count == 1)
    #expect(records.first?.calls.first?[lands] == told)
  }

  @Test func `no spelling means two fields`() {
    let names = Spelling.all.map { normalized($0.name.utf8) }
    #expect(Set(names).count == names.count)
  }

  @Test func `every field has its own name among its spellings`() {
    for field in Field.allCases where field != .apiKey {
      let names = FieldNames.aliases.first { $0.field == field }?.names.split(separator: " ") ?? []
      #expect(names.contains { $0 == field.rawValue }, "\(field)")
      #expect(Field(named: field.rawValue) == field)
    }
  }

  @Test func `a key called api_key may be the secret itself and is not read`() throws {
    #expect(try call(row(#""output_tokens":87,"api_key":"sk-ant-…""#))[.apiKey] == nil)
    #expect(Field(named: "api_key") == .apiKey)
  }

  @Test func `users may name a field by any of its spellings`() {
    #expect(Field(named: "customer") == .tenantID)
    #expect(Field(named: "gitSha") == .deploySHA)
    #expect(Field(named: "cost") == .costDollars)
    #expect(Field(named: "colour") == nil)
  }

  @Test func `a key that means nothing is passed over`() throws {
    let told = try call(row(#""output_tokens":87,"colour":"red","tokens":9,"x":{"model":"y"}"#))
    #expect(told.usage == "0/0/0/87")
    #expect(told[.model] == "claude-opus-5-5")
  }

  @Test func `thousands of keys that mean nothing do not crowd out the others`() throws {
    let noise = (0..<3_000).map { "\"ticket-\($0)\":\($0)" }.joined(separator: ",")
    let told = try call(row(noise + #","output_tokens":87,"git_sha":"3f9a1c7e""#))
    #expect(told.usage == "0/0/0/87")
    #expect(told[.deploySHA] == "3f9a1c7e")
  }
}
