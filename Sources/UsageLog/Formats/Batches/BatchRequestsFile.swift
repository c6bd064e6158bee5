/// The file that was submitted as batches: `{custom_id, params}`, one a line, or a `requests` list of them.
///
/// Read value by value, so that a file of any size takes only what is kept of it.
package struct BatchRequestsFile {
  /// Why a file of requests cannot be used.
  package struct Fault: Error, Equatable, CustomStringConvertible {
    package var line: Int64
    package var what: String

    package var description: String { "line \(line): \(what)" }
  }

  private let buffer: LogBuffer
  private var promptHash = PromptHash()

  package init(_ input: any ByteInput) { buffer = LogBuffer(input) }

  /// - Throws: `Fault` for a line that holds no request, `InputError` if the input cannot be read.
  package mutating func read(into requests: inout BatchRequests) throws {
    let reader = JSONReader()
    try skipByteOrderMark()
    while try skipToValue() {
      let line = buffer.line
      let (value, length) = try nextValue(reader)
      guard take(value, into: &requests) else {
        throw Fault(line: line, what: "no batch request ({custom_id, params})")
      }
      buffer.skip(length)
    }
  }

  private func nextValue(_ reader: JSONReader) throws -> (value: JSONValue, length: Int) {
    while true {
      var end = 0
      do {
        let value = try reader.read(buffer.bytes, count: buffer.count, at: &end)
        return (value, end)
      } catch {
        let knewTheEnd = buffer.isAtEnd
        if error == .truncated, try buffer.fill() || buffer.isAtEnd != knewTheEnd { continue }
        let isTooLong = error == .truncated && !buffer.isAtEnd
        let reason: RejectionReason =
          isTooLong ? .tooLong(limit: LogBuffer.recordLimit) : .notJSON(error)
        throw Fault(line: buffer.line, what: reason.text)
      }
    }
  }

  private func skipByteOrderMark() throws(InputError) {
    while buffer.count < 3 { if try !buffer.fill() { return } }
    let bytes = buffer.bytes
    if bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { buffer.skip(3, lines: 0) }
  }

  /// Moves to the next value: past white space, and what stands between the elements of a list.
  private func skipToValue() throws(InputError) -> Bool {
    while true {
      var at = 0
      while at < buffer.count, isBetween(buffer.bytes[at]) { at += 1 }
      buffer.skip(at)
      if buffer.count > 0 { return true }
      if try !buffer.fill() { return false }
    }
  }

  private func isBetween(_ byte: UInt8) -> Bool {
    isASCIISpace(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "]")
  }

  private mutating func take(_ value: JSONValue, into requests: inout BatchRequests) -> Bool {
    if let list = value["requests"], list.isArray {
      return list.children.allSatisfy { add($0, to: &requests) }
    }
    return add(value, to: &requests)
  }

  private mutating func add(_ value: JSONValue, to requests: inout BatchRequests) -> Bool {
    guard let id = value["custom_id"]?.text, let params = value["params"], params.isObject else {
      return false
    }
    let user = params["metadata"]?["user_id"]?.text
    requests.add(
      BatchRequests.Request(
        prompt: params["messages"].map { promptHash.hash($0) },
        maxTokens: params["max_tokens"]?.text.flatMap { wholeNumber($0) },
        userID: user?.named(upTo: Text.longestID)?.string),
      as: id.string)
    return true
  }
}
