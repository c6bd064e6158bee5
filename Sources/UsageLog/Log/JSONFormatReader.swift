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

    init<Format: JSONLogFormat>(_ type: Format.Type, options: ReadingOptions) {
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

  init(_ format: any JSONLogFormat.Type, options: ReadingOptions) {
    own = Reading(format, options: options)
    last = own
    self.options = options
  }

  /// The records inside a value that packs many of them; nil where the value itself is the record.
  func records(in value: JSONValue) -> [JSONValue]? {
    if let records = own.records(value) { return records }
    guard value.isObject, value["resourceSpans"] != nil || value["resourceLogs"] != nil else {
      return nil
    }
    return reading(of: value)?.records(value)
  }

  func read(_ value: JSONValue, fileTime: Int64, into output: inout RecordOutput) {
    own.read(value, fileTime, &output)
    last = own
    if case .skipped = output.outcome, value.isObject, !own.recognises(value),
      let other = reading(of: value)
    {
      other.read(value, fileTime, &output)
      last = other
    }
  }

  /// A record goes on behind the value read last.
  var isOpen: Bool { last.isOpen() }

  func finish(fileTime: Int64, into output: inout RecordOutput) { last.finish(fileTime, &output) }

  /// Another format that knows the value.
  private func reading(of value: JSONValue) -> Reading? {
    guard let format = LogFormats.recognise(value), format.name != own.name else { return nil }
    if let known = others[format.name] { return known }
    let reading = Reading(format, options: options)
    others[format.name] = reading
    return reading
  }
}
