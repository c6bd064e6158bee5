import Testing

@testable import UsageLog

/// A format whose call begins in one value and ends in another.
private struct TwoPartFormat: JSONLogFormat {
  static let name = "two-part"
  static let summary = ""
  private let fields: CallFields
  private(set) var isOpen = false

  init(options: ReadingOptions) { fields = CallFields(options: options) }

  static func recognises(_ record: JSONValue) -> Bool { record["part"] != nil }

  func records(in value: JSONValue) -> [JSONValue]? {
    if let parts = value["parts"] { return Array(parts.children) }
    return value["batches"].map { $0.children.flatMap { $0["spans"]?.children.map { $0 } ?? [] } }
  }

  mutating func read(_ record: JSONValue, fileTime: Int64, into output: inout RecordOutput) {
    output.clear()
    let isFirst = record["part"]?.text?.string == "first"
    if isFirst, !isOpen {
      isOpen = true
      output.outcome = .open
      return
    }
    isOpen = isFirst
    tell(fileTime, into: &output)
  }

  mutating func finish(fileTime: Int64, into output: inout RecordOutput) {
    isOpen = false
    output.clear()
    tell(fileTime, into: &output)
  }

  private func tell(_ fileTime: Int64, into output: inout RecordOutput) {
    fields.begin()
    guard let call = try? fields.call(fileTime: fileTime) else { return }
    output.calls.append(call)
    output.outcome = .call
  }
}

/// Mappings where a record is not one value.
struct OpenRecordMappingTests {
  private func tenants(_ values: String...) throws -> [String?] {
    var options = ReadingOptions()
    options.mappings = [
      "two-part": SourceMapping([.tenantID: FieldSource(paths: [try FieldPath("who")])])
    ]
    let reader = JSONFormatReader(TwoPartFormat.self, fileTime: fileTime, options: options)
    var output = RecordOutput()
    var tenants: [String?] = []
    func take(_ value: JSONValue, by unpacker: JSONFormatReader.Reading?) {
      let place = Place(offset: 0, line: 1)
      switch reader.take(value, time: nil, at: place, by: unpacker, into: &output) {
      case .told, .toldFrom: tenants += output.calls.map { $0.tenantID?.string }
      case .part: break
      case .packed(let records, _):
        for case .record(let record, _, let unpacker) in records { take(record, by: unpacker) }
      }
    }
    for value in values {
      // Each value lies in memory of its own, which is gone when the next one is read.
      try withJSON(value) { root in
        reader.begin()
        take(root, by: nil)
      }
    }
    if reader.isWaiting {
      _ = reader.end(into: &output)
      tenants += output.calls.map { $0.tenantID?.string }
    }
    return tenants
  }

  @Test func `what the first part holds is the call's, and what only a later one holds`() throws {
    #expect(
      try tenants(
        #"{"part":"first","who":"alder-bank"}"#, #"{"part":"last","who":"x"}"#,
        #"{"part":"first"}"#, #"{"part":"last","who":"fern-market"}"#, #"{"part":"last"}"#)
        == ["alder-bank", "fern-market", nil])
  }

  @Test func `a part that ends one call and begins the next gives its values to the next`() throws {
    #expect(
      try tenants(
        #"{"part":"first","who":"alder-bank"}"#, #"{"part":"first","who":"fern-market"}"#)
        == ["alder-bank", "fern-market"])
  }

  @Test func `records packed into a value take what stands around them`() throws {
    let parts = #"[{"part":"last"},{"part":"last","who":"fern-market"},{"part":"last"}]"#
    #expect(
      try tenants(#"{"who":"alder-bank","parts":\#(parts)}"#, #"{"part":"last"}"#)
        == ["alder-bank", "fern-market", "alder-bank", nil])
    let resource = #"{"attributes":[{"key":"who","value":{"stringValue":"cobalt-air"}}]}"#
    #expect(
      try tenants(#"{"batches":[{"resource":\#(resource),"spans":\#(parts)}]}"#)
        == ["cobalt-air", "fern-market", "cobalt-air"])
  }
}
