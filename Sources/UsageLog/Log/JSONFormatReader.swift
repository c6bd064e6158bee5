/// A JSON format at work on one log.
///
/// A log may hold records of several formats (a collector's file, a pipe of everything): what its own format
/// does not know is offered to the others.
final class JSONFormatReader {
  /// Opens the existential once, so that the format's own code runs on each record.
  private struct Reading {
    let name: String
    let recognises: (JSONValue) -> Bool
    let records: (JSONValue) -> [JSONValue]?
    let read: (JSONValue, Int64, inout RecordOutput) -> Void
    let finish: (Int64, inout RecordOutput) -> Void
    let isOpen: () -> Bool
    let mapped: MappedValues?

    init<Format: JSONLogFormat>(_ type: Format.Type, options: ReadingOptions) {
      let options = options.reading(type)
      mapped = options.mappedValues
      var format = type.init(options: options)
      name = type.name
      recognises = { type.recognises($0) }
      records = { format.records(in: $0) }
      read = { value, fileTime, output in
        format.read(value, fileTime: fileTime, into: &output)
      }
      finish = { fileTime, output in format.finish(fileTime: fileTime, into: &output) }
      isOpen = { format.isOpen }
    }
  }

  private let own: Reading
  private let options: ReadingOptions
  private var others: [String: Reading] = [:]
  /// The format of the value read last.
  private var last: Reading
  /// Of the record read now, for the user's mappings.
  private let surroundings: Surroundings?

  init(_ format: any JSONLogFormat.Type, options: ReadingOptions) {
    own = Reading(format, options: options)
    last = own
    self.options = options
    surroundings = options.mappings.isEmpty ? nil : Surroundings()
  }

  /// The records inside a value that packs many of them; nil where the value itself is the record.
  func records(in value: JSONValue) -> [JSONValue]? {
    let records = packed(in: value)
    surroundings?.begin(records == nil ? nil : value)
    return records
  }

  private func packed(in value: JSONValue) -> [JSONValue]? {
    if let records = own.records(value) { return records }
    guard value.isObject,
      value["resourceSpans"] != nil || value["resourceLogs"] != nil || value["has_more"] != nil
    else { return nil }
    return reading(of: value)?.records(value)
  }

  func read(_ value: JSONValue, fileTime: Int64, into output: inout RecordOutput) {
    read(value, as: own, fileTime: fileTime, into: &output)
    if case .skipped = output.outcome, value.isObject, !own.recognises(value),
      let other = reading(of: value)
    {
      read(value, as: other, fileTime: fileTime, into: &output)
    }
  }

  private func read(
    _ value: JSONValue, as reading: Reading, fileTime: Int64, into output: inout RecordOutput
  ) {
    last = reading
    guard let mapped = reading.mapped else { return reading.read(value, fileTime, &output) }
    mapped.begin(value, in: surroundings, goesOn: reading.isOpen())
    reading.read(value, fileTime, &output)
    if output.outcome == .call { mapped.meet() }
    if output.outcome == .open {
      mapped.keep()
    } else if reading.isOpen() {
      mapped.beginNext(value, in: surroundings)
    }
  }

  /// A record goes on behind the value read last.
  var isOpen: Bool { last.isOpen() }

  func finish(fileTime: Int64, into output: inout RecordOutput) {
    last.finish(fileTime, &output)
    if output.outcome == .call { last.mapped?.meet() }
  }

  /// Another format that knows the value.
  private func reading(of value: JSONValue) -> Reading? {
    guard let format = LogFormats.recognise(value, options), format.name != own.name else {
      return nil
    }
    if let known = others[format.name] { return known }
    let reading = Reading(format, options: options)
    others[format.name] = reading
    return reading
  }
}
