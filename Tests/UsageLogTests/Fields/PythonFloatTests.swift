import Testing

@testable import UsageLog

struct PythonFloatTests {
  @Test func `hundreds of floats print as Python prints them`() throws {
    let printed = PythonFloats.printed.split { $0.isWhitespace }.map(String.init)
    #expect(printed.count == 350)
    for text in printed {
      let value = try #require(Double(text))
      #expect(PythonFloat.repr(value) == text)
    }
  }

  @Test func `not a number prints as json dumps prints it`() {
    #expect(PythonFloat.repr(.nan) == "NaN")
  }
}
