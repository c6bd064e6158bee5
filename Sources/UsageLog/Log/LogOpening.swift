/// Why a log as a whole cannot be read.
package enum LogError: Error, Equatable, CustomStringConvertible {
  case unknownFormat
  case unknownFormatName(String)

  package var description: String {
    switch self {
    case .unknownFormat:
      "matches none of the known formats (\(Self.known)). Name one with --from, or the columns with --map."
    case .unknownFormatName(let name): "no log format is called '\(name)'; known are \(Self.known)"
    }
  }

  private static var known: String { LogFormats.all.map { $0.name }.joined(separator: ", ") }
}

/// The first look at a log: what format it is, and how its records are read from then on.
struct LogOpening {
  typealias ReadValue = (JSONValue, Int64, inout RecordOutput) -> Void
  typealias ReadRow = (DelimitedRow, Int64, inout RecordOutput) -> Void

  enum Records {
    case nothing
    case json(JSONReader, ReadValue)
    case delimited(DelimitedReader, ReadRow)
  }

  let buffer: LogBuffer
  let options: ReadingOptions
  private(set) var formatName = ""
  private(set) var header = ""

  init(buffer: LogBuffer, options: ReadingOptions) {
    self.buffer = buffer
    self.options = options
  }

  /// Goes on with a log that was read before.
  mutating func resume(_ earlier: LogReader.Resumption, passed: Int) throws -> Records {
    while buffer.count < passed { if try !buffer.fill() { break } }
    buffer.skip(min(passed, buffer.count), lines: 0)
    guard let format = LogFormats.named(earlier.format) else {
      throw LogError.unknownFormatName(earlier.format)
    }
    if let format = format as? any JSONLogFormat.Type { return json(format) }
    guard let format = format as? any DelimitedLogFormat.Type else { return .nothing }
    header = earlier.header
    // Without a header the next row shows the columns as well as the first did.
    guard !header.isEmpty else { return try rows(format) ?? .nothing }
    let names = Array(header.utf8)
    return names.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return .nothing }
      for delimiting in Delimiting.all {
        let reader = DelimitedReader(delimiting)
        guard case .row(let first, _) = reader.read(base, count: bytes.count, isLast: true),
          first.fields.count > 1
        else { continue }
        return delimited(format, delimiting, first: first).0
      }
      return .nothing
    }
  }

  /// Looks at the first records without taking them.
  mutating func recognise(forced: String?) throws -> Records {
    while buffer.count < 65536 { if try !buffer.fill() { break } }
    skipByteOrderMark()
    let forcedFormat = try forced.map { name in
      guard let format = LogFormats.named(name) else { throw LogError.unknownFormatName(name) }
      return format
    }
    guard let start = firstByte() else { return .nothing }
    if let format = forcedFormat as? any JSONLogFormat.Type { return json(format) }
    if let format = forcedFormat as? any DelimitedLogFormat.Type {
      return try rows(format) ?? .nothing
    }
    let startsAsJSON =
      buffer.bytes[start] == UInt8(ascii: "{") || buffer.bytes[start] == UInt8(ascii: "[")
    if !startsAsJSON, let rows = try rows(nil) { return rows }
    if let format = try jsonFormat(mayBeBroken: startsAsJSON) { return json(format) }
    throw LogError.unknownFormat
  }

  private func skipByteOrderMark() {
    let bytes = buffer.bytes
    if buffer.offset == 0, buffer.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      buffer.skip(3, lines: 0)
    }
  }

  private func firstByte() -> Int? {
    (0..<buffer.count).first { !isASCIISpace(buffer.bytes[$0]) && buffer.bytes[$0] != 0 }
  }

  // MARK: - JSON

  private mutating func json(_ format: any JSONLogFormat.Type) -> Records {
    formatName = format.name
    return .json(JSONReader(), reading(format))
  }

  /// Opens the existential once, so that the format's own code runs on each record.
  private func reading<Format: JSONLogFormat>(_ type: Format.Type) -> ReadValue {
    var format = type.init(options: options)
    return { value, fileTime, output in format.read(value, fileTime: fileTime, into: &output) }
  }

  /// The format of the first value that is of a known one, within what the buffer holds.
  ///
  /// - Parameter mayBeBroken: a log that starts like JSON but holds no whole value yet is taken for an
  ///   application's, so that its lines are counted as rejects.
  private func jsonFormat(mayBeBroken: Bool) throws(InputError) -> (any JSONLogFormat.Type)? {
    let reader = JSONReader()
    var sawValue = false
    var at = 0
    while let start = valueStart(from: at) {
      var end = start
      do throws(JSONFault) {
        let value = try reader.read(buffer.bytes, count: buffer.count, at: &end)
        sawValue = true
        if let format = LogFormats.recognise(value) { return format }
        at = end
      } catch {
        // The first value may be larger than the buffer is yet.
        if error == .truncated, !sawValue, try buffer.fill() { continue }
        guard let next = buffer.lineBreak(from: start) else { break }
        at = next + 1
      }
    }
    return mayBeBroken && !sawValue ? ApplicationJSON.self : nil
  }

  private func valueStart(from position: Int) -> Int? {
    (position..<max(position, buffer.count)).first { buffer.bytes[$0] == UInt8(ascii: "{") }
  }

  // MARK: - Rows

  /// The first row under each way of delimiting, until a format knows it.
  private mutating func rows(_ forced: (any DelimitedLogFormat.Type)?) throws -> Records? {
    for delimiting in Delimiting.all {
      let reader = DelimitedReader(delimiting)
      guard
        case .row(let first, let length) = reader.read(
          buffer.bytes, count: buffer.count, isLast: buffer.isAtEnd)
      else { continue }
      let isForced = forced != nil && first.fields.count > 1
      let mapped = !options.mapped.isEmpty && namesMappedColumn(first)
      guard
        let format = forced != nil
          ? (isForced ? forced : nil)
          : LogFormats.recognise(first: first, second: nil)
            ?? (mapped ? ApplicationCSV.self : nil)
      else { continue }
      let (records, firstIsRecord) = delimited(format, delimiting, first: first)
      if !firstIsRecord {
        header = String(
          decoding: UnsafeBufferPointer(start: buffer.bytes, count: length), as: UTF8.self)
        buffer.skip(length)
      }
      return records
    }
    return nil
  }

  private func namesMappedColumn(_ row: DelimitedRow) -> Bool {
    row.fields.contains { options.mapped[$0.trimmed.string] != nil }
  }

  private mutating func delimited(
    _ format: any DelimitedLogFormat.Type, _ delimiting: Delimiting, first: DelimitedRow
  ) -> (Records, firstIsRecord: Bool) {
    formatName = format.name
    let (read, firstIsRecord) = reading(format, first: first)
    return (.delimited(DelimitedReader(delimiting), read), firstIsRecord)
  }

  private func reading<Format: DelimitedLogFormat>(
    _ type: Format.Type, first: DelimitedRow
  ) -> (ReadRow, firstIsRecord: Bool) {
    var format = type.init(options: options)
    let firstIsRecord = format.begin(with: first)
    return (
      { row, fileTime, output in format.read(row, fileTime: fileTime, into: &output) },
      firstIsRecord
    )
  }
}
