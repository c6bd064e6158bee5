/// The JSON objects in a text that was itself inside a record: a log line in a string.
struct TextRecords {
  var records: [Enveloped] = []
  /// What is wrong with the first object that could not be read.
  var fault: JSONFault?

  /// - Parameter time: when the text was logged, for the records that say nothing better.
  init(_ text: Text, time: Text?, _ embedded: EmbeddedJSON) {
    guard text.bytes.contains(UInt8(ascii: "{")) else { return }
    let text = embedded.keep(text)
    var at = 0
    while at < text.count {
      if isASCIISpace(text[at]) || text[at] == 0 || text[at] == UInt8(ascii: ",")
        || text[at] == UInt8(ascii: "[") || text[at] == UInt8(ascii: "]")
      {
        at += 1
        continue
      }
      let rest = text.dropFirst(at)
      let line = rest.prefix(rest.bytes.firstIndex(of: 0x0A) ?? rest.count)
      var candidate = LinePrefix.objectStart(line)
      let lineEnd = at + line.count
      while let start = candidate {
        var end = at + start
        do throws(JSONFault) {
          let record = try embedded.read(text, at: &end)
          records.append(.record(record, time: LinePrefix.time(in: line.prefix(start)) ?? time))
          at = end
          break
        } catch {
          fault = fault ?? error
          candidate = LinePrefix.nextStart(line, behind: start)
        }
      }
      if candidate == nil { at = lineEnd }
    }
  }
}
