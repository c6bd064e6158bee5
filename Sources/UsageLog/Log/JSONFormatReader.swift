/// A JSON format at work on one log.
///
/// A log may hold records of several formats (a collector's file, a pipe of everything): what its own format
/// does not know is offered to the others, and what none of them knows may hold a record of theirs inside
/// (see `Wrapping`).
final class JSONFormatReader {
  /// What a value of the log came to.
  enum Taken {
    case told
    /// It completes a record that started there.
    case toldFrom(Place)
    /// A part of a record that goes on in later values.
    case part
    /// Records to be taken one by one; `from` is where the first piece of their line stands.
    case packed([Enveloped], from: Place?)
  }

  /// Opens the existential once, so that the format's own code runs on each record.
  final class Reading {
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
  private let envelope = Envelope()
  private let fileTime: Int64
  private let isApplication: Bool
  private var others: [String: Reading] = [:]
  /// Of the record read now, for the user's mappings.
  private let surroundings: Surroundings?
  let embedded = EmbeddedJSON()
  /// The format whose record goes on behind the value read last, and where that record started.
  private var open: (reading: Reading, place: Place)?
  var partials = PartialLines()

  init(_ format: any JSONLogFormat.Type, fileTime: Int64, options: ReadingOptions) {
    var options = options
    options.envelope = envelope
    self.options = options
    self.fileTime = fileTime
    surroundings = options.mappings.isEmpty ? nil : Surroundings()
    isApplication = format == ApplicationJSON.self
    own = Reading(format, options: options)
  }

  /// Forgets what was found inside the value before.
  func begin() {
    embedded.begin()
    surroundings?.begin(nil)
  }

  /// Reads one value of the log, or of a value that packs many.
  ///
  /// - Parameters:
  ///   - time: when its container was logged.
  ///   - unpacker: the format that took it out of a larger value.
  func take(
    _ value: JSONValue, time: Text?, at place: Place, by unpacker: Reading? = nil,
    into output: inout RecordOutput
  ) -> Taken {
    envelope.time = time
    if let unpacker {
      read(value, as: unpacker, into: &output)
      return settle(unpacker, at: place, &output)
    }
    if let open, open.reading !== own {
      // What completes an open record may look like a record of the log's own.
      read(value, as: open.reading, into: &output)
      if case .skipped = output.outcome {} else { return settle(open.reading, at: place, &output) }
    }
    if let records = own.records(value) {
      return packed(records, in: value, by: own, time: time)
    }
    read(value, as: own, into: &output)
    switch output.outcome {
    case .call, .buckets:
      return open == nil && !own.isOpen() ? .told : settle(own, at: place, &output)
    case .open: return settle(own, at: place, &output)
    case .skipped, .rejected: return takeOtherwise(value, time: time, at: place, into: &output)
    }
  }

  private func packed(
    _ records: [JSONValue], in value: JSONValue, by reading: Reading, time: Text?
  ) -> Taken {
    surroundings?.begin(value)
    return .packed(records.map { .record($0, time: time, by: reading) }, from: nil)
  }

  /// Reads a value, with what the user mapped for that format.
  private func read(_ value: JSONValue, as reading: Reading, into output: inout RecordOutput) {
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

  /// Offers a value that the log's own format does not know to the others, then what is inside it.
  private func takeOtherwise(
    _ value: JSONValue, time: Text?, at place: Place, into output: inout RecordOutput
  ) -> Taken {
    guard value.isObject || value.isString else { return .told }
    let verdict = output.outcome
    if value.isObject {
      if let other = specific(value) {
        if let records = other.records(value) {
          return packed(records, in: value, by: other, time: time)
        }
        read(value, as: other, into: &output)
        return settle(other, at: place, &output)
      }
      if case .rejected = verdict { return settle(own, at: place, &output) }
      if !isApplication {
        if own.recognises(value) { return settle(own, at: place, &output) }
        let application = reading(ApplicationJSON.self)
        read(value, as: application, into: &output)
        if case .skipped = output.outcome {} else { return .told }
      }
    }
    let around = surroundings?.root
    surroundings?.begin(value)
    if let taken = unwrap(value, time: time, at: place, into: &output) { return taken }
    surroundings?.begin(around)
    output.clear()
    output.outcome = verdict
    return settle(own, at: place, &output)
  }

  /// What a reading's verdict means for the record that is open.
  private func settle(
    _ reading: Reading, at place: Place, _ output: inout RecordOutput
  ) -> Taken {
    let isOpen = reading.isOpen()
    if case .open = output.outcome {
      if !isOpen {
        output.outcome = .skipped("part of a record whose start is missing")
        return .told
      }
      if open == nil { open = (reading, place) }
      return .part
    }
    guard let began = open, began.reading === reading else {
      // A record may be told and the next one begun by the same value.
      if isOpen { open = (reading, place) }
      return .told
    }
    if case .skipped = output.outcome, isOpen { return .told }
    open = isOpen ? (reading, place) : nil
    return .toldFrom(began.place)
  }

  /// Another format, known by keys of its own, that knows the value.
  private func specific(_ value: JSONValue) -> Reading? {
    for format in LogFormats.specific where format.name != own.name {
      guard format.recognises(value) else { continue }
      return !isApplication && own.recognises(value) ? nil : reading(format)
    }
    return nil
  }

  private func reading(_ format: any JSONLogFormat.Type) -> Reading {
    if let known = others[format.name] { return known }
    let reading = Reading(format, options: options)
    others[format.name] = reading
    return reading
  }
}

// MARK: - What is not whole yet

extension JSONFormatReader {
  /// A record is not whole yet.
  var isWaiting: Bool { open != nil || !partials.isEmpty }

  /// Where the first of them started.
  var earliest: Place? {
    guard isWaiting else { return nil }
    let places = [open?.place] + partials.lines.map { $0.line.place }
    return places.compactMap { $0 }.min { $0.offset < $1.offset }
  }

  /// Tells the record that started first with what is known of it: nothing follows, or too much came between.
  func end(into output: inout RecordOutput) -> Taken {
    output.clear()
    if let stream = partials.first, let line = partials[stream],
      line.place.offset <= open?.place.offset ?? .max
    {
      partials[stream] = nil
      let found = records(in: line)
      return tell(found, Text.empty, from: line.place, into: &output)
    }
    guard let open else { return .told }
    self.open = nil
    envelope.time = nil
    open.reading.finish(fileTime, &output)
    if output.outcome == .call { open.reading.mapped?.meet() }
    return .toldFrom(open.place)
  }

  /// Leaves what is not whole to the next run.
  func forget() {
    open = nil
    partials.removeAll()
  }
}
