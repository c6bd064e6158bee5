/// Records inside the containers that log shippers and container runtimes put around them.
extension JSONFormatReader {
  /// What is inside a value that is a container; nil where it is none, or holds no JSON.
  func unwrap(
    _ value: JSONValue, time: Text?, at place: Place, into output: inout RecordOutput
  ) -> Taken? {
    if let piece = Wrapping.piece(value) {
      let isLast = piece.text.bytes.last == 0x0A
      if partials[piece.stream] != nil {
        return take(
          piece.text, of: piece.stream, isLast: isLast, time: piece.time, at: place, into: &output)
      }
      let found = TextRecords(piece.text, time: piece.time ?? time, embedded)
      if found.fault == .truncated, found.records.isEmpty, !isLast {
        return take(
          piece.text, of: piece.stream, isLast: false, time: piece.time, at: place, into: &output)
      }
      return tell(found, piece.text, from: nil, into: &output)
    }
    switch Wrapping.inside(value) {
    case .records(let records):
      return .packed(records.map { .record($0, time: Envelope.time(of: value) ?? time) }, from: nil)
    case .text(let text):
      let time = value.isObject ? Envelope.time(of: value) ?? time : time
      let found = TextRecords(text, time: time, embedded)
      return found.records.isEmpty ? nil : tell(found, text, from: nil, into: &output)
    case nil:
      return nil
    }
  }

  /// The stream's line is being put together.
  func isJoining(_ stream: Text) -> Bool { !partials.isEmpty && partials[stream.string] != nil }

  /// Adds a piece to the line of a container's stream.
  func take(
    _ piece: Text, of stream: String, isLast: Bool, time: Text?, at place: Place,
    into output: inout RecordOutput
  ) -> Taken {
    var line =
      partials[stream] ?? PartialLines.Line(place: place, time: time.map { Array($0.bytes) } ?? [])
    let isFirst = line.bytes.isEmpty
    line.bytes += piece.bytes
    if line.bytes.count > LogBuffer.recordLimit {
      partials[stream] = nil
      output.clear()
      output.outcome = .rejected(.tooLong(limit: LogBuffer.recordLimit))
      return .toldFrom(line.place)
    }
    // A piece may end its line without saying so; only one that closes a brace is worth a look.
    if isLast || piece.trimmed.bytes.last == UInt8(ascii: "}") {
      let found = records(in: line)
      if isLast || !found.records.isEmpty {
        partials[stream] = nil
        if !isFirst, found.records.isEmpty {
          // The line may never have been ended: its program was killed, and another one writes here now.
          let alone = TextRecords(piece, time: time, embedded)
          if !alone.records.isEmpty {
            return .packed([.fault(.truncated)] + alone.records, from: line.place)
          }
        }
        return tell(found, piece, from: line.place, into: &output)
      }
    }
    partials[stream] = line
    return .part
  }

  func records(in line: PartialLines.Line) -> TextRecords {
    func text(_ bytes: [UInt8]) -> Text {
      bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { embedded.keep(Text(start: $0, count: buffer.count)) }
          ?? Text.empty
      }
    }
    return TextRecords(
      text(line.bytes), time: line.time.isEmpty ? nil : text(line.time), embedded)
  }

  func tell(
    _ found: TextRecords, _ text: Text, from place: Place?, into output: inout RecordOutput
  ) -> Taken {
    guard found.records.isEmpty else {
      let faults: [Enveloped] = found.fault.map { [.fault(reason($0))] } ?? []
      return .packed(found.records + faults, from: place)
    }
    output.clear()
    if let fault = found.fault, place != nil || text.trimmed.hasPrefix("{\"") {
      output.outcome = .rejected(reason(fault))
    } else {
      output.outcome = .skipped("a line of text")
    }
    return place.map { .toldFrom($0) } ?? .told
  }

  func reason(_ fault: JSONFault) -> RejectionReason {
    fault == .truncated ? .truncated : .notJSON(fault)
  }
}
