/// The first look at a log: what format it is, and how its records are read from then on.
struct LogOpening {
  typealias ReadRow = (DelimitedRow, inout RecordOutput) -> Void

  enum Records {
    case nothing
    case json(JSONReader, JSONFormatReader)
    case delimited(DelimitedReader, ReadRow)
  }

  let buffer: LogBuffer
  let fileTime: Int64
  let options: ReadingOptions
  /// More may be appended to the log, to its first line too.
  let mayGrow: Bool
  private(set) var formatName = ""
  private(set) var header = ""

  init(buffer: LogBuffer, fileTime: Int64, options: ReadingOptions, mayGrow: Bool) {
    self.buffer = buffer
    self.fileTime = fileTime
    self.options = options
    self.mayGrow = mayGrow
  }

  /// Goes on with a log that was read before.
  mutating func resume(_ earlier: LogReader.Resumption, passed: Int) throws -> Records {
    try lookAhead(passed)
    buffer.skip(min(passed, buffer.count), lines: 0)
    guard let format = LogFormats.named(earlier.format) else {
      throw LogError.unknownFormatName(earlier.format)
    }
    if let format = format as? any JSONLogFormat.Type { return json(format) }
    guard let format = format as? any DelimitedLogFormat.Type else { return .nothing }
    formatName = earlier.format
    header = earlier.header
    var names = earlier.header
    return try names.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return .nothing }
      let first = Text(start: start, count: bytes.count)
      guard let cut = FirstRow.cut(first, isLast: true, as: format, options: options) else {
        return .nothing
      }
      return try open(cut, first, isLast: true) ?? .nothing
    }
  }

  /// Looks at the first records without taking them.
  mutating func recognise(forced: String?) throws -> Records {
    try lookAhead(65536)
    if let name = WideText.encoding(of: Text(start: buffer.bytes, count: buffer.count)) {
      throw LogError.encoding(name)
    }
    if BinaryTelemetry.recognises(Text(start: buffer.bytes, count: buffer.count)) {
      throw LogError.protobuf
    }
    skipByteOrderMark()
    skipEmptyLines()
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
    var sighting = Sighting(buffer)
    if let format = try jsonFormat(mayBeBroken: startsAsJSON, &sighting) { return json(format) }
    throw LogError.ofNoKnownFormat(sighting)
  }

  /// Fills the window for a first look.
  ///
  /// Where the input breaks off behind some bytes, those are read first; reading on throws again.
  private func lookAhead(_ count: Int) throws(InputError) {
    do {
      while buffer.count < count { if try !buffer.fill() { return } }
    } catch {
      if buffer.count == 0 { throw error }
    }
  }

  private func skipByteOrderMark() {
    let bytes = buffer.bytes
    if buffer.offset == 0, buffer.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      buffer.skip(3, lines: 0)
    }
  }

  private func skipEmptyLines() {
    let breaks = (0..<buffer.count).prefix { buffer.bytes[$0] == 0x0A || buffer.bytes[$0] == 0x0D }
    buffer.skip(breaks.count)
  }

  private func firstByte() -> Int? {
    (0..<buffer.count).first { !isASCIISpace(buffer.bytes[$0]) && buffer.bytes[$0] != 0 }
  }

  // MARK: - JSON

  private mutating func json(_ format: any JSONLogFormat.Type) -> Records {
    formatName = format.name
    return .json(
      JSONReader(), JSONFormatReader(format, fileTime: fileTime, options: options))
  }

  /// How far a log is searched for a record that is known: so many bytes, and so many values.
  private static let horizon = (bytes: 1_048_576, values: 200)

  /// The format of the first value that is of a known one.
  ///
  /// - Parameter mayBeBroken: a log that starts like JSON but holds no whole value yet is taken for an
  ///   application's, so that its lines are counted as rejects.
  private func jsonFormat(
    mayBeBroken: Bool, _ sighting: inout Sighting
  ) throws(InputError) -> (any JSONLogFormat.Type)? {
    let reader = JSONReader()
    var probe = FormatProbe(options: options)
    var values = 0
    var at = 0
    while true {
      guard let start = try valueStart(from: at) else { break }
      if start > Self.horizon.bytes, values > Self.horizon.values { break }
      var end = start
      do throws(JSONFault) {
        let value = try reader.read(buffer.bytes, count: buffer.count, at: &end)
        values += 1
        if let format = probe.format(of: value) { return format }
        sighting.note(value)
        at = end
      } catch {
        // A value may be larger than the window is yet.
        if error == .truncated, try buffer.fill() { continue }
        if error != .truncated, isASCIILetter(buffer.bytes[start + 1]) {
          // Braces in a text before the object.
          at = start + 1
          continue
        }
        guard let next = buffer.lineBreak(from: start) else { break }
        at = next + 1
      }
    }
    let mayHold = mayBeBroken && values == 0 || probe.sawPart || startsInParts
    return mayHold ? ApplicationJSON.self : nil
  }

  /// Whether a container runtime cut a line that holds an object among the first lines.
  private var startsInParts: Bool {
    var at = 0
    for _ in 0..<Self.horizon.values where at < buffer.count {
      let end = buffer.lineBreak(from: at) ?? buffer.count
      let line = Text(start: buffer.bytes + at, count: end - at)
      if let cut = LinePrefix.containerLine(line), cut.isPartial,
        cut.content.bytes.contains(UInt8(ascii: "{"))
      {
        return true
      }
      at = end + 1
    }
    return false
  }

  private func isASCIILetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  /// Where the next object starts, or a string that may hold one, within what is searched.
  private func valueStart(from position: Int) throws(InputError) -> Int? {
    var at = position
    var startsLine = at == 0 || buffer.bytes[at - 1] == 0x0A
    while true {
      guard at < buffer.count else {
        if at < 4 * Self.horizon.bytes, try buffer.fill() { continue }
        return nil
      }
      switch buffer.bytes[at] {
      case UInt8(ascii: "{"): return at
      case UInt8(ascii: "\"") where startsLine: return at
      case 0x0A: startsLine = true
      case 0x09, 0x0D, 0x20, UInt8(ascii: "["), UInt8(ascii: ","): break
      default: startsLine = false
      }
      at += 1
    }
  }

  // MARK: - Rows

  private mutating func rows(_ forced: (any DelimitedLogFormat.Type)?) throws(LogError) -> Records?
  {
    let first = Text(start: buffer.bytes, count: buffer.count)
    let isLast = buffer.isAtEnd
    guard
      let cut = forced.map({ FirstRow.cut(first, isLast: isLast, as: $0, options: options) })
        ?? FirstRow.known(first, isLast: isLast, options: options)
    else { return nil }
    if cut.format.hasHeader, mayGoOn(behind: cut.length) { return .nothing }
    guard let records = try open(cut, first, isLast: isLast) else { return nil }
    if cut.format.hasHeader {
      header = first.prefix(cut.length).string
      buffer.skip(cut.length)
    } else {
      // Nothing of a record is kept, only how many columns there are.
      let delimiter = Character(UnicodeScalar(cut.delimiting.delimiter))
      header = String(repeating: delimiter, count: cut.fields - 1) + "\n"
    }
    return records
  }

  private mutating func open(
    _ cut: FirstRow, _ bytes: Text, isLast: Bool
  ) throws(LogError) -> Records? {
    let reader = DelimitedReader(cut.delimiting)
    guard case .row(let row, _) = reader.read(bytes.start, count: bytes.count, isLast: isLast)
    else { return nil }
    let read = try reading(cut.format, first: row)
    formatName = cut.format.name
    return .delimited(reader, read)
  }

  private func reading<Format: DelimitedLogFormat>(
    _ type: Format.Type, first: DelimitedRow
  ) throws(LogError) -> ReadRow {
    let options = self.options.reading(type)
    let mapped = options.mappedValues
    mapped?.name(type.columns(of: first))
    var format = type.init(options: options)
    try format.begin(with: first)
    guard let mapped else { return { row, output in format.read(row, into: &output) } }
    return { row, output in
      mapped.begin(row)
      format.read(row, into: &output)
      if output.outcome == .call { mapped.meet() }
    }
  }

  /// The row ends with a log that may grow, and without a line break: a header may lack columns yet.
  private func mayGoOn(behind length: Int) -> Bool {
    mayGrow && buffer.isAtEnd && length == buffer.count && buffer.bytes[length - 1] != 0x0A
  }
}
