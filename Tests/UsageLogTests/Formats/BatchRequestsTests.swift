import Testing

@testable import UsageLog

/// Files of submitted batch requests (`--requests`).
struct BatchRequestsTests {
  private func read(_ text: String, portions: [Int] = [100_000]) throws -> BatchRequests {
    var requests = BatchRequests()
    var file = BatchRequestsFile(TrickleInput(Array(text.utf8), portions: portions))
    try file.read(into: &requests)
    return requests
  }

  private func line(_ id: String, _ limit: Int) -> String {
    #"{"custom_id":"\#(id)","params":{"max_tokens":\#(limit),"messages":[]}}"#
  }

  @Test(arguments: [[100_000], [1], [7, 30]])
  func `requests stand one a line, pretty-printed or in a list`(portions: [Int]) throws {
    for text in [
      line("a", 1) + "\n\r\n" + line("b", 2) + "\n", "[\(line("a", 1)),\n\(line("b", 2))]",
      "\u{FEFF}" + line("a", 1).replacing(",", with: ",\n  ") + line("b", 2),
      #"{"requests":[\#(line("a", 1)),\#(line("b", 2))]}"#,
    ] {
      let requests = try read(text, portions: portions)
      #expect(borrowed("a") { requests[$0]?.maxTokens } == 1)
      #expect(borrowed("b") { requests[$0]?.maxTokens } == 2)
      #expect(borrowed("c") { requests[$0] } == nil)
    }
  }

  @Test func `an id that two batches used for different requests tells nothing`() throws {
    let requests = try read([line("a", 1), line("b", 2), line("a", 3), line("b", 2)].joined())
    #expect(borrowed("a") { requests[$0] } == nil)
    #expect(borrowed("b") { requests[$0]?.maxTokens } == 2)
  }

  @Test func `a broken line is named`() throws {
    #expect {
      try read(line("a", 1) + "\n\n{\"custom_id\":\"b\",secret}\n")
    } throws: { error in
      "\(error)".hasPrefix("line 3: not valid JSON") && !"\(error)".contains("secret")
    }
    #expect(throws: BatchRequestsFile.Fault(line: 2, what: "not valid JSON: it ends too early")) {
      try read(line("a", 1) + "\n" + line("b", 1).dropLast(3))
    }
  }

  @Test func `what is no request is named`() throws {
    #expect(
      throws: BatchRequestsFile.Fault(line: 1, what: "no batch request ({custom_id, params})")
    ) {
      try read(#"{"custom_id":"a","result":{"type":"expired"}}"#)
    }
  }

  @Test func `a file without anything is no requests`() throws {
    #expect(try read("\n \n").isEmpty)
  }

  @Test func `a user that is content is not kept`() throws {
    let requests = try read(
      #"{"custom_id":"a","params":{"metadata":{"user_id":"\#(String(repeating: "x", count: 300))"}}}"#
    )
    #expect(borrowed("a") { requests[$0] } == BatchRequests.Request())
  }
}
